import { clip, list, nearest, printable } from '../../core/text.ts';

const longest = 64;

/** A key or value from a file, in quotes, fit for one line of a terminal and never longer than a line bears. */
export function quoted(text: string): string {
  return `'${shown(text)}'`;
}

function shown(text: string): string {
  if (text.length <= longest && /^[ -~]*$/.test(text)) return text;
  const short = clip(text, longest);
  return printable(short.replaceAll('\n', '\\n').replaceAll('\t', '\\t').toWellFormed());
}

function member(key: string): string {
  return `["${shown(key).replaceAll('"', '\\"')}"]`;
}

/** A member of `parent` as a JSON path: `a.b` where the key is an identifier, `a["."]` otherwise. */
export function memberPath(parent: string, key: string): string {
  if (/^[A-Za-z_$][A-Za-z0-9_$]{0,63}$/.test(key)) return parent === '$' ? key : `${parent}.${key}`;
  return `${parent}${member(key)}`;
}

/** Zones are always quoted, so that the dots of a name are not taken for steps of the path. */
export function zonePath(map: string, zone: string): string {
  return `${map}${member(zone)}`;
}

/** What was probably meant; a word far longer than any candidate is not compared at all. */
export function meant(word: string, candidates: readonly string[]): string | undefined {
  return word.length <= longest ? nearest(word, candidates) : undefined;
}

export function alternatives(words: readonly string[]): string {
  return list(words, 'or');
}
