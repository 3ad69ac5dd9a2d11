import { wrapWords } from '../../core/text.ts';

/** Wraps text at `width` characters and keeps paragraphs. `first` and `next` are the indents. */
export function wrap(text: string, width: number, next = '', first = ''): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width, next, first))
    .join('\n');
}

function wrapLine(text: string, width: number, next: string, first: string): string {
  const lines = wrapWords(text, width - Math.max(next.length, first.length));
  return lines
    .map((line, index) => `${index === 0 ? first : next}${line}`)
    .join('\n')
    .trimEnd();
}

const maxTermLength = 34;

/** Terms and their meanings side by side; a long term has its own line. */
export function columnsOf(rows: readonly (readonly [string, string])[], width: number): readonly string[] {
  const termWidth = Math.min(
    maxTermLength,
    width < 60 ? 8 : Math.floor(width / 2),
    Math.max(0, ...rows.map(([term]) => term.length)),
  );
  const indent = ' '.repeat(2 + termWidth + 2);
  return rows.map(([term, meaning]) => {
    if (term.length <= termWidth) return wrap(meaning, width, indent, `  ${term.padEnd(termWidth)}  `);
    return `  ${term}\n${wrap(meaning, width, indent, indent)}`;
  });
}
