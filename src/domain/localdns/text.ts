import { clip, list, nearest, printable } from '../../core/text.ts';

const maxLength = 64;

/** A key or value from a file, in quotes, made safe and short enough for one line of a terminal. */
export function quoted(text: string): string {
  return `'${shown(text)}'`;
}

function shown(text: string): string {
  if (text.length <= maxLength && /^[ -~]*$/.test(text)) return text;
  const short = clip(text, maxLength);
  return printable(short.replaceAll('\n', '\\n').replaceAll('\t', '\\t').toWellFormed());
}

function member(key: string): string {
  return `["${shown(key).replaceAll('"', '\\"')}"]`;
}

/** A member of `parent` as a JSON path: `a.b` if the key is an identifier, `a["."]` otherwise. */
export function memberPath(parent: string, key: string): string {
  if (/^[A-Za-z_$][A-Za-z0-9_$]{0,63}$/.test(key)) return parent === '$' ? key : `${parent}.${key}`;
  return `${parent}${member(key)}`;
}

/** Zones are always quoted, so that the dots of a name are not read as path separators. */
export function zonePath(map: string, zone: string): string {
  return `${map}${member(zone)}`;
}

/** The most similar candidate, if any; a word that is much longer than any candidate is not compared. */
export function similar(word: string, candidates: readonly string[]): string | undefined {
  return word.length <= maxLength ? nearest(word, candidates) : undefined;
}

export function alternatives(words: readonly string[]): string {
  return list(words, 'or');
}
