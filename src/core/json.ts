/** JSON from outside: `unknown` in, a narrowed type out. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property of an object; `undefined` for anything else, so that `__proto__` and the like find nothing. */
export function own(value: unknown, key: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Walks own properties: `at(body, 'properties', 'state')`. */
export function at(value: unknown, ...path: readonly string[]): JsonValue | undefined {
  let current: unknown = value;
  for (const key of path) current = own(current, key);
  return current as JsonValue | undefined;
}

export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function asBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

export function asArray(value: unknown): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

/** `undefined` if the text is not JSON; never throws. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Whether arrays and objects are nested in more than `levels` levels; looks no deeper. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(member, levels - 1));
}

/** The same value with keys sorted at every level and undefined members removed: equal values give equal text. */
export function canonical(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map((item) => canonical(item));
  if (!isJsonObject(value)) return (value ?? null) as JsonValue;
  const sorted: [string, JsonValue][] = [];
  for (const key of Object.keys(value).sort()) {
    if (value[key] !== undefined) sorted.push([key, canonical(value[key])]);
  }
  return Object.fromEntries(sorted);
}

export function sameJson(left: unknown, right: unknown): boolean {
  return JSON.stringify(canonical(left)) === JSON.stringify(canonical(right));
}

/** A copy without some top-level keys. */
export function without(value: JsonObject, keys: Iterable<string>): JsonObject {
  const gone = new Set(keys);
  return Object.fromEntries(Object.entries(value).filter(([key]) => !gone.has(key)));
}

export interface JsonDifference {
  /** `a.b.c`; empty if the values themselves differ. */
  readonly path: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

/** The paths at which two values differ. Lists are compared as a whole; a missing member equals null. */
export function jsonDifferences(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path = '',
): readonly JsonDifference[] {
  if (isJsonObject(before) && isJsonObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) =>
      jsonDifferences(own(before, key), own(after, key), path === '' ? key : `${path}.${key}`),
    );
  }
  return sameJson(before ?? null, after ?? null) ? [] : [{ path, before, after }];
}

/** Whether a value is a word of an enumeration. Azure's enumerations are compared without case. */
export function isWord(value: unknown, word: string): boolean {
  return typeof value === 'string' && value.toLowerCase() === word.toLowerCase();
}

/** A list, or a single value as a list; `undefined` and `null` give an empty list. */
export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (Array.isArray(value)) return asArray(value);
  return value === undefined || value === null ? [] : [value];
}
