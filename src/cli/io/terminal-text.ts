/** What the output that people read can show. */
export interface Reader {
  /** Columns of the terminal; undefined if it is not one, so that lines are not folded. */
  readonly width: number | undefined;
  /** The locale promises ASCII alone. */
  readonly ascii: boolean;
}

/** A text for people: no line breaks in the middle of a word, and under an ASCII locale our own signs are ASCII. */
export function terminalText(text: string, { width, ascii }: Reader): string {
  const shown = ascii ? asciiSigns(text) : text;
  return width === undefined
    ? shown
    : shown
        .split('\n')
        .map((line) => fold(line, width))
        .join('\n');
}

/** Signs of ours; what comes from Azure or a file stays as it is. */
const signs: Readonly<Record<string, string>> = {
  '…': '...',
  '–': '-',
  '—': '-',
  '→': '->',
  '·': '-',
  '│': '|',
  '├': '|',
  '└': '`',
  '─': '-',
  '✔': '+',
  '✖': 'x',
  '■': '#',
};

function asciiSigns(text: string): string {
  return text.replace(/[…–—→·│├└─✔✖■]/g, (sign) => signs[sign] ?? sign);
}

const colours = new RegExp(String.raw`${'\u001b'}\[[0-9;]*m`, 'g');

function widthOf(text: string): number {
  return text.replace(colours, '').length;
}

/** A word, or all that a shell takes for one; with the blanks before it. */
const words = /(\s*)(\S+)/g;
const shellWords = /(\s*)((?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\]|['"\\])+)/g;

/**
 * Where in a line the part to type begins: at its start, or behind a label that ends in a colon. A sentence that names a
 * command has none.
 */
function commandOf(line: string): number | undefined {
  const found = /^(?:.*?: |\s*)?(?=(?:\u001b\[[0-9;]*m)?(?:aks-localdns|az|kubectl|export) )/.exec(line);
  if (found === null) return undefined;
  const start = found[0].length;
  const bare = line.slice(start).replace(/'[^']*'|"(?:[^"\\]|\\.)*"/g, '');
  return /[.,;](?: |$)/.test(bare.replace(colours, '')) ? undefined : start;
}

/**
 * A line in parts of at most `width` columns. A command goes on behind a backslash, so that it can still be copied; a
 * word that is wider than the terminal stands alone, for the terminal to break.
 */
function fold(line: string, width: number): string {
  if (line.length <= width || widthOf(line) <= width) return line;
  const command = commandOf(line) ?? line.length;
  const margin = /^[\s│|]*/.exec(line)?.[0] ?? '';
  const text = [...line.slice(margin.length, command).matchAll(words)];
  const typed = [...line.slice(Math.max(command, margin.length)).matchAll(shellWords)];
  const parts: string[] = [];
  let current = '';
  for (const [index, [, blanks = '', word = '']] of [...text, ...typed].entries()) {
    const isWithin = index > text.length;
    const room = index >= text.length ? width - goesOn.length : width;
    const gap = index === text.length && index > 0 ? ' ' : blanks;
    const length = widthOf(word);
    if (current === '') current = `${fitting(margin, length, room)}${word}`;
    else if (widthOf(current) + gap.length + length > room) {
      parts.push(`${current}${isWithin ? goesOn : ''}`);
      current = `${fitting(isWithin ? `${margin}  ` : margin, length, room)}${word}`;
    } else current = `${current}${gap}${word}`;
  }
  return [...parts, current].join('\n');
}

/** What tells a shell that the line is not over. */
const goesOn = ' \\';

/** As much of an indent as leaves room for a word. */
function fitting(indent: string, length: number, room: number): string {
  return indent.slice(0, Math.max(0, Math.min(indent.length, room - length)));
}
