import { closest, distance } from 'fastest-levenshtein';
import { UsageError } from './errors.ts';

/** Matches most texts, and is by far the fastest test. */
const plain = /^[ -~]*$/;

/**
 * Text from Azure, a cluster or a file, safe for a terminal: control and bidirectional characters become visible
 * escapes.
 */
export function printable(text: string): string {
  if (plain.test(text)) return text;
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** At most `maxLength` characters, with an ellipsis if something was cut; never splits a surrogate pair. */
export function clip(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return `${text.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Clips a name in the middle, because names mostly differ at the end. */
export function clipMiddle(name: string, maxLength: number): string {
  if (name.length <= maxLength) return name;
  const end = Math.floor((maxLength - 1) / 2);
  const start = maxLength - 1 - end;
  return `${name.slice(0, start).replace(/[\ud800-\udbff]$/, '')}…${name.slice(-end).replace(/^[\udc00-\udfff]/, '')}`;
}

/** ASCII words with one space between them, as most texts from Azure are. */
const tidy = /^[!-~]+(?: [!-~]+)*$/;

/** `printable` text on one line: newlines and tabs become spaces. */
export function oneLine(text: string): string {
  return tidy.test(text) ? text : printable(text.replace(/\s+/g, ' ').trim());
}

/** The first sentence of a text, or as much of it as fits: for a table cell. */
export function brief(text: string, maxLength = 100): string {
  const line = oneLine(text);
  const [sentence] = /^.*?[.!?](?= |$)/.exec(line) ?? [line];
  if (sentence.length <= maxLength) return sentence;
  const cut = sentence.slice(0, maxLength - 1);
  const end = sentence[maxLength - 1] === ' ' ? maxLength : cut.lastIndexOf(' ');
  return `${(end > maxLength / 2 ? cut.slice(0, end) : cut).replace(/[\s,:;]+$/, '')}…`;
}

/** The closest candidate, if it is close enough to be what the user meant. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const lower = word.toLowerCase();
  const exact = candidates.find((candidate) => candidate.toLowerCase() === lower);
  if (exact !== undefined) return exact;
  const best = closest(
    lower,
    candidates.map((candidate) => candidate.toLowerCase()),
  );
  const found = candidates.find((candidate) => candidate.toLowerCase() === best);
  return found !== undefined && distance(lower, best) <= Math.max(2, Math.floor(word.length / 3)) ? found : undefined;
}

export function count(amount: number, singular: string, plural = `${singular}s`): string {
  return `${String(amount)} ${amount === 1 ? singular : plural}`;
}

export function list(words: readonly string[], conjunction = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1) ?? ''}`;
}

/** The first words of many: `a, b and 3 more`. */
export function shortList(words: readonly string[], max: number): string {
  return list(words.length > max ? [...words.slice(0, max), `${String(words.length - max)} more`] : words);
}

/** Seconds as `1h 5m`, `4m 30s`, `12s`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = whole % 60;
  const parts = [
    hours > 0 ? `${String(hours)}h` : '',
    minutes > 0 ? `${String(minutes)}m` : '',
    rest > 0 && hours === 0 ? `${String(rest)}s` : '',
  ];
  return parts.filter((part) => part !== '').join(' ') || '0s';
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * A duration as people type it, in seconds: `90` (seconds), `30s`, `20m`, `1h30m`, `2d`.
 * @throws UsageError naming the option.
 */
export function parseDuration(text: string, option: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  if (!/^(\d{1,9}[smhd])+$/.test(text)) {
    throw new UsageError(`${option}: '${oneLine(text)}' is not a duration.`, [
      'Use a form such as 90s, 20m, 1h30m or 2d.',
    ]);
  }
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)([smhd])/g)) seconds += Number(amount) * (units[unit ?? ''] ?? 0);
  return seconds;
}

/** A word quoted for a POSIX shell. */
export function shellWord(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

export function shellLine(words: readonly string[]): string {
  return words.map((word) => shellWord(word)).join(' ');
}

/** Text wrapped at `width` characters. A longer word stays whole so that it can be copied. */
export function wrapWords(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(/\s+/).filter((item) => item !== '')) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current];
}
