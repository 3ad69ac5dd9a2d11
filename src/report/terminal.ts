import { wrapWords } from '../core/text.ts';
import { clean, isCommand } from './clean-text.ts';
import type { Style, StyleKind } from './format.ts';
import { language, type Markup, type Value } from './markup.ts';

/** Lines for a terminal, without control and bidirectional characters. */
export const term = language('terminal', clean);

export type Line = Markup<'terminal'>;
type Text = Value<'terminal'>;

export const plain: Style = (_, text) => text;

/** With fewer columns than this beside a label, the text goes below it. */
export const narrowest = 30;

export function painted(style: Style, kind: StyleKind, text: Text): Line {
  return term.raw(style(kind, term`${text}`.text));
}

/** Pads to a width to align columns; numbers are aligned right. */
export function padded(text: Text, width: number): Line {
  return term.raw(typeof text === 'number' ? String(text).padStart(width) : term`${text}`.text.padEnd(width));
}

export function trimmed(line: Line): Line {
  return term.raw(line.text.trimEnd());
}

export function widest(texts: readonly Text[]): number {
  return texts.reduce<number>((most, text) => Math.max(most, term`${text}`.text.length), 0);
}

export function wrapped(text: Text, width: number): readonly Line[] {
  return wrapWords(term`${text}`.text, width).map((line) => term.raw(line));
}

export function indented(lines: readonly Line[], by = 4): readonly Line[] {
  return lines.map((line) => term.raw(`${' '.repeat(by)}${line.text}`));
}

/**
 * A text beside its label, with further lines aligned below the first. If there is too little room, the text goes below
 * the label, indented.
 */
export function hanging(head: Line, text: Text, width: number): readonly Line[] {
  const room = width - head.text.length;
  if (room < narrowest) return [trimmed(head), ...indented(wrapped(text, Math.max(1, width - 4)))];
  const [first = '', ...rest] = wrapped(text, room);
  return [term`${head}${first}`, ...indented(rest, head.text.length)];
}

/** A command stays on one line, so that it can be copied; a sentence is wrapped. */
export function fixLines(label: string, fix: string, width: number, style: Style): readonly Line[] {
  return isCommand(fix) ? [term`${label}: ${painted(style, 'command', fix)}`] : wrapped(term`${label}: ${fix}`, width);
}

/** Joins lines to a document. */
export function page(lines: readonly Text[]): string {
  return `${term.join(lines, '\n').text}\n`;
}
