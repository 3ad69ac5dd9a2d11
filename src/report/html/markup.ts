import { clip } from '../../core/text.ts';
import { clean, isCommand, safeLink } from '../clean-text.ts';
import { tagLanguage, type Markup, type Value } from '../markup.ts';
import { readingMeanings } from '../statements.ts';
import { isSequence, type Cell, type Column, type Piece, type Section } from '../view.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const maxLength = 4000;

function escaped(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => entities[character] ?? '') : text;
}

/** Escapes untrusted text, and removes its control and bidirectional characters. */
export const { tag: html, attributes } = tagLanguage('html', (text) => escaped(clip(clean(text), maxLength)));

export type Html = Markup<'html'>;

export const nothing = html``;

/** A number with separators: `12,345`. */
export function grouped(amount: number): string {
  return String(amount).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** For a fix, which is never clipped: half a command is worse than none. */
const { tag: whole } = tagLanguage('html', (text) => escaped(clean(text)));

export function fixed(fix: string): Html {
  return isCommand(fix) ? whole`<code>${fix}</code>` : whole`${fix}`;
}

export function badge(tone: string, label: string): Html {
  return html`<b class="b ${tone}">${label}</b>`;
}

function linked(label: string, link: string): Html {
  const target = safeLink(link);
  return target === undefined ? html`${label}` : html`<a href="${target}" rel="noreferrer noopener">${label}</a>`;
}

function piece(value: Piece): Value<'html'> {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return grouped(value);
  if ('code' in value) return html`<code>${value.code}</code>`;
  if ('small' in value) return html`<small>${value.small}</small>`;
  if ('muted' in value) return html`<span class="muted">${value.muted}</span>`;
  if ('of' in value) return html`<span class="muted">(${grouped(value.of)} of them)</span>`;
  if ('link' in value) return html`<span id="${value.anchor}">${linked(value.text, value.link)}</span>`;
  if ('badge' in value) return badge(value.tone, value.badge);
  if ('reading' in value) {
    const meaning = readingMeanings[value.reading];
    return value.reading === 'read' ? meaning : html`${badge('unknown', value.reading)} ${meaning}`;
  }
  const fix = fixed(value.fix);
  return value.label === undefined ? fix : html`<span class="fix">${value.label}: ${fix}</span>`;
}

export function cellOf(cell: Cell): Value<'html'> {
  return isSequence(cell) ? html.join(cell.map(piece), ' ') : piece(cell);
}

const classes = { text: undefined, number: 'n', wide: 'wide' } as const satisfies Record<Column['kind'], unknown>;

/** A table that scrolls on a narrow page, also with the keyboard. */
export function table(id: string, { caption, columns, rows }: Pick<Section, 'caption' | 'columns' | 'rows'>): Html {
  const kinds = columns.map((column) => attributes({ class: classes[column.kind] }));
  const head = columns.map(({ header }, index) => html`<th scope="col"${kinds[index] ?? ''}>${header}</th>`);
  const body = rows.map((cells) => {
    const [first = '', ...rest] = cells;
    return html`<tr><th scope="row">${cellOf(first)}</th>${html.join(rest.map((cell, index) => html`<td${kinds[index + 1] ?? ''}>${cellOf(cell)}</td>`))}</tr>`;
  });
  return html`<div class="s" tabindex="0" role="region" aria-labelledby="${id}-caption"><table id="${id}"><caption id="${id}-caption">${caption}</caption><thead><tr>${html.join(head)}</tr></thead><tbody>
${html.join(body, '\n')}
</tbody></table></div>`;
}
