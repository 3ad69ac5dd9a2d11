import { clip } from '../core/text.ts';
import { clean, isCommand, safeLink } from './clean-text.ts';
import { language, type Markup, type Value } from './markup.ts';
import { readingMeanings } from './statements.ts';
import { isSequence, type Cell, type Piece } from './view.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '@': '&#64;', $: '&#36;' };

/** Limits untrusted text, which could be megabytes long. */
const maxLength = 2000;

function escaped(line: string): string {
  return line
    .replace(/[&<>@$\\`*_[\]#|~!]/g, (character) => entities[character] ?? `\\${character}`)
    .replaceAll('://', '&#58;//')
    .replace(/www\./gi, (word) => `${word.slice(0, 3)}&#46;`);
}

/** Escapes untrusted text: nothing in it becomes markup, a link, HTML or a table cell. */
export function markdownText(text: string): string {
  return escaped(clip(clean(text), maxLength));
}

/** Also escapes what is markup only at the start of a line: lists and underlines. */
const first = {
  escape: (text: string) => markdownText(text).replace(/^(?=[-+=])|(?<=^\d{1,9})(?=[.)])/, '\\'),
  takes: 'markdown',
} as const;

export const md = language('markdown', markdownText, (strings) => [
  /^[>\s-]*$/.test(strings[0] ?? '') ? first : undefined,
]);

/** A line of Markdown. */
export type MarkdownLine = Markup<'markdown'>;

/** A code span, or escaped text if the text could end the span or a table cell, or contains HTML. */
export function markdownCode(text: string): MarkdownLine {
  const line = clean(text);
  return line === '' || line.length > maxLength || /[<>`|\\]/.test(line) ? md.join([line]) : md.raw(`\`${line}\``);
}

/** For a fix, which is never clipped: half a command is worse than none. */
const whole = language('markdown', (text) => escaped(clean(text)));

export function markdownFix(fix: string): MarkdownLine {
  return isCommand(fix) && fix.length <= maxLength ? markdownCode(fix) : whole`${fix}`;
}

export function markdownLink(text: string, link: string): MarkdownLine {
  const target = safeLink(link);
  return target === undefined ? md.join([text]) : md`[${text}](${md.raw(target)})`;
}

function piece(value: Piece): Value<'markdown'> {
  if (typeof value !== 'object') return value;
  if ('code' in value) return markdownCode(value.code);
  if ('fix' in value) return markdownFix(value.fix);
  if ('link' in value) return markdownLink(value.text, value.link);
  if ('of' in value) return md`(${value.of} of them)`;
  if ('reading' in value) return value.reading === 'read' ? 'read' : md`**${readingMeanings[value.reading]}**`;
  if ('badge' in value) return value.badge;
  return 'small' in value ? value.small : value.muted;
}

export function markdownCell(cell: Cell): Value<'markdown'> {
  return isSequence(cell) ? md.join(cell.map(piece), ' ') : piece(cell);
}

function line(cells: readonly Value<'markdown'>[]): MarkdownLine {
  return md`| ${md.join(cells, ' | ')} |`;
}

/** A heading line, a rule, and one line per row. */
export function markdownTable(
  headers: readonly string[],
  rows: readonly (readonly Value<'markdown'>[])[],
): readonly MarkdownLine[] {
  return [line(headers), line(headers.map(() => '---')), ...rows.map((cells) => line(cells))];
}
