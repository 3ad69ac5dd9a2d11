import { UsageError } from '../../../core/errors.ts';
import { isJsonObject, own, type JsonValue } from '../../../core/json.ts';
import { nearest, oneLine } from '../../../core/text.ts';
import { parseYaml } from '../../../core/yaml.ts';
import { findCheck } from '../check-ids.ts';
import { shown } from '../verdict-parts.ts';
import { ignoreFileTooLarge, maxIgnoreBytes, type IgnoreEntry } from './entry.ts';
import { scopeFault } from './scope.ts';

const maxEntries = 10_000;
const maxTextLength = 1000;
const keys = ['id', 'scope', 'owner', 'reason', 'expires'] as const;
type Key = (typeof keys)[number];

const example =
  'Example entry: - {id: vm-vcpus, scope: "/subscriptions/*/resourceGroups/rg-legacy/**", owner: team-shop, reason: ' +
  'Moves in January, expires: 2027-01-31}';

/** The kind of a value, for an error message. */
function kindOf(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a mapping' : `a ${typeof value}`;
}

function textOf(entry: JsonValue, key: Key, place: string): string | undefined {
  const value = own(entry, key);
  if (value === undefined) return undefined;
  if (typeof value !== 'string')
    throw new UsageError(`${place}: '${key}' must be a string, but is ${kindOf(value)}.`, [
      'Put strings that look like numbers in quotes.',
    ]);
  const text = oneLine(value);
  if (text === '') throw new UsageError(`${place}: '${key}' is empty.`);
  if (text.length > maxTextLength)
    throw new UsageError(`${place}: '${key}' is longer than ${String(maxTextLength)} characters.`);
  return text;
}

function required(entry: JsonValue, key: Key, place: string): string {
  const text = textOf(entry, key, place);
  if (text === undefined)
    throw new UsageError(`${place}: '${key}' is missing.`, [
      'Every entry needs an id, an owner, a reason and an expiry date.',
      example,
    ]);
  return text;
}

function dateOf(entry: JsonValue, place: string): string {
  const text = required(entry, 'expires', place);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  const exists = day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  if (!exists)
    throw new UsageError(`${place}: '${shown(text)}' is not a valid date.`, [
      "Set 'expires' to a date in the form YYYY-MM-DD, the last day on which the entry applies.",
    ]);
  return text;
}

function scopeOf(entry: JsonValue, place: string): string | undefined {
  const scope = textOf(entry, 'scope', place);
  const fault = scope === undefined ? undefined : scopeFault(scope);
  if (scope !== undefined && fault !== undefined) {
    throw new UsageError(`${place}: the scope '${shown(scope)}' ${fault}.`, [
      'A scope is a glob pattern for resource IDs: /subscriptions/*/resourceGroups/rg-legacy/**',
    ]);
  }
  return scope;
}

function refuseUnknownKeys(value: JsonValue, known: readonly string[], place: string): void {
  if (!isJsonObject(value)) return;
  const unknownKey = Object.keys(value).find((key) => !known.includes(key));
  if (unknownKey === undefined) return;
  const near = nearest(unknownKey, known);
  throw new UsageError(`${place}: unknown key '${shown(unknownKey, ' ')}'.`, [
    ...(near === undefined ? [] : [`Did you mean '${near}'?`]),
    `Known keys: ${known.join(', ')}.`,
  ]);
}

function entryOf(value: JsonValue, number: number, name: string): IgnoreEntry {
  const place = `${name}, entry ${String(number)}`;
  if (!isJsonObject(value))
    throw new UsageError(`${place}: an entry must be a mapping, but is ${kindOf(value)}.`, [example]);
  refuseUnknownKeys(value, keys, place);
  const { id } = findCheck(required(value, 'id', place), place);
  if (id === 'ignore-expired')
    throw new UsageError(`${place}: the check 'ignore-expired' cannot be ignored.`, [
      'Remove expired entries, or give them a new date.',
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
 * Reads an ignore file: `ignore:` with a list of entries that have id, scope (optional; defaults to everywhere), owner,
 * reason and expires. `name`: the name of the file, for messages.
 * @throws UsageError with the number of the entry.
 */
export function parseIgnoreFile(text: string, name: string): readonly IgnoreEntry[] {
  const file = shown(name);
  if (text.length > maxIgnoreBytes || new TextEncoder().encode(text).length > maxIgnoreBytes)
    throw ignoreFileTooLarge(name);
  const content = parseYaml(text, file);
  if (content === null) return [];
  if (!isJsonObject(content))
    throw new UsageError(`${file} must be a mapping with the key 'ignore', but is ${kindOf(content)}.`, [example]);
  refuseUnknownKeys(content, ['ignore'], file);
  const list = own(content, 'ignore') ?? [];
  if (!Array.isArray(list))
    throw new UsageError(`${file}: 'ignore' must be a list, but is ${kindOf(list)}.`, [example]);
  if (list.length > maxEntries)
    throw new UsageError(`${file} has ${String(list.length)} entries; the maximum is ${String(maxEntries)}.`);
  return (list as readonly JsonValue[]).map((value, index) => entryOf(value, index + 1, file));
}
