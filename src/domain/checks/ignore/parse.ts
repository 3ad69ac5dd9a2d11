import { UsageError } from '../../../core/errors.ts';
import { isJsonObject, own, type JsonValue } from '../../../core/json.ts';
import { nearest, oneLine } from '../../../core/text.ts';
import { parseYaml } from '../../../core/yaml.ts';
import { findCheck } from '../select.ts';
import { shown } from '../verdict-parts.ts';
import { ignoreFileTooLarge, maxIgnoreBytes, type IgnoreEntry } from './entry.ts';
import { scopeFault } from './scope.ts';

const mostEntries = 10_000;
const longest = 1000;
const keys = ['id', 'scope', 'owner', 'reason', 'expires'] as const;
type Key = (typeof keys)[number];

const example =
  'An entry: - {id: vm-vcpus, scope: "/subscriptions/*/resourceGroups/rg-legacy/**", owner: team-shop, reason: Moves in January, expires: 2027-01-31}';

/** What a value is, for somebody who wrote another. */
function kindOf(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a mapping' : `a ${typeof value}`;
}

function textOf(entry: JsonValue, key: Key, place: string): string | undefined {
  const value = own(entry, key);
  if (value === undefined) return undefined;
  if (typeof value !== 'string')
    throw new UsageError(`${place}: '${key}' must be a text, and is ${kindOf(value)}.`, [
      'Texts that look like numbers stand in quotes.',
    ]);
  const text = oneLine(value);
  if (text === '') throw new UsageError(`${place}: '${key}' is empty.`);
  if (text.length > longest) throw new UsageError(`${place}: '${key}' is longer than ${String(longest)} characters.`);
  return text;
}

function required(entry: JsonValue, key: Key, place: string): string {
  const text = textOf(entry, key, place);
  if (text === undefined)
    throw new UsageError(`${place}: '${key}' is missing.`, [
      'Every entry has an id, an owner, a reason and a day on which it expires.',
      example,
    ]);
  return text;
}

function dateOf(entry: JsonValue, place: string): string {
  const text = required(entry, 'expires', place);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  const exists = day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  if (!exists)
    throw new UsageError(`${place}: '${shown(text)}' is no day of the calendar.`, [
      "Write 'expires' as YYYY-MM-DD: the last day on which the entry holds.",
    ]);
  return text;
}

function scopeOf(entry: JsonValue, place: string): string | undefined {
  const scope = textOf(entry, 'scope', place);
  const fault = scope === undefined ? undefined : scopeFault(scope);
  if (scope !== undefined && fault !== undefined) {
    throw new UsageError(`${place}: the scope '${shown(scope)}' ${fault}.`, [
      'A scope is a glob on resource ids: /subscriptions/*/resourceGroups/rg-legacy/**',
    ]);
  }
  return scope;
}

function refuseUnknownKeys(value: JsonValue, known: readonly string[], place: string): void {
  if (!isJsonObject(value)) return;
  const odd = Object.keys(value).find((key) => !known.includes(key));
  if (odd === undefined) return;
  const near = nearest(odd, known);
  throw new UsageError(`${place}: there is no '${shown(odd, ' ')}' here.`, [
    ...(near === undefined ? [] : [`Did you mean '${near}'?`]),
    `Known: ${known.join(', ')}.`,
  ]);
}

function entryOf(value: JsonValue, number: number, name: string): IgnoreEntry {
  const place = `${name}, entry ${String(number)}`;
  if (!isJsonObject(value))
    throw new UsageError(`${place}: an entry is a mapping, and this is ${kindOf(value)}.`, [example]);
  refuseUnknownKeys(value, keys, place);
  const { id } = findCheck(required(value, 'id', place), place);
  if (id === 'ignore-expired')
    throw new UsageError(`${place}: an entry cannot set aside that entries have expired.`, [
      'Take expired entries out, or give them a new date.',
    ]);
  return {
    number,
    id,
    scope: scopeOf(value, place),
    owner: required(value, 'owner', place),
    reason: required(value, 'reason', place),
    expires: dateOf(value, place),
  };
}

/**
 * The entries of an ignore file: `ignore:` with a list of id, scope (where absent: everywhere), owner, reason and
 * expires. `name` is the file's, for messages.
 * @throws UsageError with the number of the entry
 */
export function parseIgnoreFile(text: string, name: string): readonly IgnoreEntry[] {
  const file = shown(name);
  if (text.length > maxIgnoreBytes || new TextEncoder().encode(text).length > maxIgnoreBytes)
    throw ignoreFileTooLarge(name);
  const content = parseYaml(text, file);
  if (content === null) return [];
  if (!isJsonObject(content))
    throw new UsageError(`${file} must be a mapping with the key 'ignore', and is ${kindOf(content)}.`, [example]);
  refuseUnknownKeys(content, ['ignore'], file);
  const list = own(content, 'ignore') ?? [];
  if (!Array.isArray(list))
    throw new UsageError(`${file}: 'ignore' must be a list, and is ${kindOf(list)}.`, [example]);
  if (list.length > mostEntries)
    throw new UsageError(`${file} has ${String(list.length)} entries; at most ${String(mostEntries)} are read.`);
  return (list as readonly JsonValue[]).map((value, index) => entryOf(value, index + 1, file));
}
