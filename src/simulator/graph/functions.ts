import { isJsonObject, own, type JsonObject, type JsonValue } from '../../core/json.ts';

export type Value = JsonValue | undefined;

/** Kusto's `tostring`: nothing is an empty text, objects are JSON. */
export function text(value: Value): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isMissing(value: Value): boolean {
  return value === undefined || value === null;
}

function number(value: Value): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  const found = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

function whole(value: Value): Value {
  const found = number(value);
  return found === undefined ? null : Math.trunc(found);
}

function bool(value: Value): Value {
  if (typeof value === 'boolean') return value;
  const word = text(value).toLowerCase();
  if (word === 'true' || word === '1') return true;
  return word === 'false' || word === '0' ? false : null;
}

function bag(args: readonly Value[]): JsonObject {
  const entries: [string, JsonValue][] = [];
  for (let index = 0; index + 1 < args.length; index += 2) entries.push([text(args[index]), args[index + 1] ?? null]);
  return Object.fromEntries(entries);
}

interface FunctionRecord {
  /** Least and most arguments. */
  readonly arity: readonly [number, number];
  readonly apply: (args: readonly Value[]) => Value;
}

const one = [1, 1] as const;
const many = [1, 64] as const;

/** The scalar functions of the subset. Source: KQL reference. */
export const functions: Readonly<Record<string, FunctionRecord>> = {
  tostring: { arity: one, apply: ([value]) => text(value) },
  tolower: { arity: one, apply: ([value]) => text(value).toLowerCase() },
  toupper: { arity: one, apply: ([value]) => text(value).toUpperCase() },
  toint: { arity: one, apply: ([value]) => whole(value) },
  tolong: { arity: one, apply: ([value]) => whole(value) },
  tobool: { arity: one, apply: ([value]) => bool(value) },
  isempty: { arity: one, apply: ([value]) => text(value) === '' },
  isnotempty: { arity: one, apply: ([value]) => text(value) !== '' },
  isnull: { arity: one, apply: ([value]) => isMissing(value) },
  isnotnull: { arity: one, apply: ([value]) => !isMissing(value) },
  not: { arity: one, apply: ([value]) => value !== true },
  array_length: { arity: one, apply: ([value]) => (Array.isArray(value) ? value.length : null) },
  strcat: { arity: many, apply: (args) => args.map((value) => text(value)).join('') },
  coalesce: { arity: many, apply: (args) => args.find((value) => !isMissing(value) && value !== '') ?? null },
  iff: { arity: [3, 3], apply: ([condition, yes, no]) => (condition === true ? yes : no) },
  pack: { arity: many, apply: bag },
  bag_pack: { arity: many, apply: bag },
  pack_array: { arity: many, apply: (args) => args.map((value) => value ?? null) },
};

export const functionNames = Object.keys(functions);

export function member(target: Value, key: string | number): Value {
  if (typeof key === 'number') return Array.isArray(target) ? (target as readonly JsonValue[])[key] : undefined;
  return isJsonObject(target) ? own(target, key) : undefined;
}
