import { clip } from '../core/text.ts';
import { clean, isCommand, safeLink } from './words.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '@': '&#64;', $: '&#36;' };

/** Nothing that is worth reading in a cell is longer; a file of megabytes in one cell is. */
const longest = 2000;

/** Text that is not ours: nothing in it becomes markup, a link, HTML or a further table cell. */
export function markdownText(text: string, most = longest): string {
  return clip(clean(text), most)
    .replace(/[&<>@$\\`*_[\]#|~!]/g, (character) => entities[character] ?? `\\${character}`)
    .replaceAll('://', '&#58;//')
    .replace(/www\./gi, (word) => `${word.slice(0, 3)}&#46;`);
}

/**
 * A code span, where nothing in the text could end it, a table cell or a filter's patience with HTML; else escaped
 * text.
 */
export function markdownCode(text: string, most = longest): string {
  const line = clean(text);
  return line === '' || line.length > most || /[<>`|\\]/.test(line) ? markdownText(line, most) : `\`${line}\``;
}

export function markdownFix(fix: string): string {
  return isCommand(fix) ? markdownCode(fix) : markdownText(fix);
}

export function markdownLink(text: string, link: string): string {
  const target = safeLink(link);
  return target === undefined ? markdownText(text) : `[${markdownText(text)}](${target})`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** A heading line, a rule, and a line a row. Cells are escaped already. */
export function markdownTable(headers: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [line(headers), line(headers.map(() => '---')), ...rows.map((cells) => line(cells))];
}
