import { oneLine } from '../../core/text.ts';
import { clip, isCommand, safeLink, wellFormed } from '../words.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const longest = 4000;

/** Text that is not ours, for an element or a quoted attribute: no markup, no control or bidirectional character. */
export function htmlText(text: string): string {
  return clip(wellFormed(oneLine(text)), longest).replace(/[&<>"']/g, (character) => entities[character] ?? '');
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
  return target === undefined ? htmlText(label) : `<a href="${target}" rel="noreferrer noopener">${htmlText(label)}</a>`;
}

export function badge(kind: string, label = kind): string {
  return `<b class="b ${kind}">${label}</b>`;
}

export interface Column {
  readonly header: string;
  readonly number?: boolean;
}

/** A table that scrolls by itself where the page is narrow, and can be reached with the keyboard to do so. Cells and caption are escaped already. */
export function htmlTable(id: string, caption: string, columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const head = columns.map(({ header, number }) => `<th scope="col"${number === true ? ' class="n"' : ''}>${header}</th>`).join('');
  const body = rows.map((cells) => {
    const [first = '', ...rest] = cells;
    return `<tr><th scope="row">${first}</th>${rest.map((cell, index) => `<td${columns[index + 1]?.number === true ? ' class="n"' : ''}>${cell}</td>`).join('')}</tr>`;
  });
  return `<div class="s" tabindex="0" role="region" aria-labelledby="${id}-caption"><table id="${id}"><caption id="${id}-caption">${caption}</caption><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}
