import { clip } from '../../core/text.ts';
import { clean, isCommand, safeLink } from '../words.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const longest = 4000;

/** Text that is not ours, for an element or a quoted attribute: no markup, no control or bidirectional character. */
export function htmlText(text: string): string {
  const shown = clip(clean(text), longest);
  return /[&<>"']/.test(shown) ? shown.replace(/[&<>"']/g, (character) => entities[character] ?? '') : shown;
}

/** A number as people read it: `12,345`. */
export function htmlNumber(amount: number): string {
  return String(amount).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

export function htmlFix(fix: string): string {
  return isCommand(fix) ? `<code>${htmlText(fix)}</code>` : htmlText(fix);
}

export function htmlLink(label: string, link: string): string {
  const target = safeLink(link);
  return target === undefined
    ? htmlText(label)
    : `<a href="${target}" rel="noreferrer noopener">${htmlText(label)}</a>`;
}

export function badge(kind: string, label = kind): string {
  return `<b class="b ${kind}">${label}</b>`;
}

export interface Column {
  readonly header: string;
  readonly number?: boolean;
  /** Whole sentences or commands: not squeezed to a word a line. */
  readonly wide?: boolean;
}

function kind({ number, wide }: Column): string {
  if (number === true) return ' class="n"';
  return wide === true ? ' class="wide"' : '';
}

/**
 * A table that scrolls by itself where the page is narrow, and can be reached with the keyboard to do so. Cells and
 * caption are escaped already.
 */
export function htmlTable(
  id: string,
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const head = columns.map((column) => `<th scope="col"${kind(column)}>${column.header}</th>`).join('');
  const body = rows.map((cells) => {
    const [first = '', ...rest] = cells;
    return `<tr><th scope="row">${first}</th>${rest.map((cell, index) => `<td${kind(columns[index + 1] ?? { header: '' })}>${cell}</td>`).join('')}</tr>`;
  });
  return `<div class="s" tabindex="0" role="region" aria-labelledby="${id}-caption"><table id="${id}"><caption id="${id}-caption">${caption}</caption><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}
