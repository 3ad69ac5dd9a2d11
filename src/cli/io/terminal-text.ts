/** What the place where people read a text can show. */
export interface Reader {
  /** Columns of the terminal; undefined where it is none, and lines stay as they are. */
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

/** A label, if any, and a line to type: not a sentence that names one. */
function isCommand(line: string): boolean {
  const plain = line.replace(colours, '');
  if (!/^\s*(?:[A-Z][^:.]*: )?(?:aks-localdns|az|kubectl) /.test(plain)) return false;
  return !/[.,;](?: |$)/.test(plain.replace(/'[^']*'|"(?:[^"\\]|\\.)*"/g, ''));
}

/**
 * A line in parts of at most `width` columns. A command goes on behind a backslash, so that it can still be copied; a
 * word that is wider than the terminal stands alone, for the terminal to break.
 */
function fold(line: string, width: number): string {
  if (line.length <= width || widthOf(line) <= width) return line;
  const command = isCommand(line);
  const margin = /^[\s│|]*/.exec(line)?.[0] ?? '';
  const [end, indent] = command ? [' \\', `${margin}  `] : ['', margin];
  const room = width - end.length;
  const parts: string[] = [];
  let current = '';
  for (const [, blanks = '', word = ''] of line.slice(margin.length).matchAll(command ? shellWords : words)) {
    const length = widthOf(word);
    if (current === '') current = `${fitting(margin, length, room)}${word}`;
    else if (widthOf(current) + blanks.length + length > room) {
      parts.push(current);
      current = `${fitting(indent, length, room)}${word}`;
    } else current = `${current}${blanks}${word}`;
  }
  return [...parts, current].join(`${end}\n`);
}

/** As much of an indent as leaves room for a word. */
function fitting(indent: string, length: number, room: number): string {
  return indent.slice(0, Math.max(0, Math.min(indent.length, room - length)));
}
