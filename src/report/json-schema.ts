import { isJsonObject, own } from '../core/json.ts';
import { oneLine } from '../core/text.ts';

/** The subset of JSON Schema 2020-12 that a report needs and `problemOf` supports. */
export interface Schema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

export function text(description: string): Schema {
  return { type: 'string', description };
}

export function words(description: string, allowed: readonly string[]): Schema {
  return { type: 'string', description, enum: allowed };
}

export function amount(description: string): Schema {
  return { type: 'integer', description, minimum: 0 };
}

export function listOf(description: string, items: Schema): Schema {
  return { type: 'array', description, items };
}

/**
 * Additional members are allowed, because later 1.x versions may add some. Members whose name ends in `?` are optional.
 */
export function object(description: string, members: Readonly<Record<string, Schema>>): Schema {
  const names = Object.keys(members);
  return {
    type: 'object',
    description,
    properties: Object.fromEntries(names.map((name) => [name.replace('?', ''), members[name] ?? {}])),
    required: names.filter((name) => !name.endsWith('?')),
  };
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function typeProblem(value: unknown, { type }: Schema): string | undefined {
  if (type === undefined) return undefined;
  if (type === 'integer') return Number.isInteger(value) ? undefined : 'is not an integer';
  return typeOf(value) === type ? undefined : `is not ${type === 'object' || type === 'array' ? 'an' : 'a'} ${type}`;
}

function scalarProblem(value: unknown, schema: Schema): string | undefined {
  if (schema.enum !== undefined && !schema.enum.includes(String(value)))
    return `is not one of ${schema.enum.join(', ')}`;
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(String(value)))
    return `does not match ${schema.pattern}`;
  if (schema.minimum !== undefined && Number(value) < schema.minimum) return `is less than ${String(schema.minimum)}`;
  return undefined;
}

function memberProblem(value: unknown, schema: Schema, path: string): string | undefined {
  for (const name of schema.required ?? [])
    if (own(value, name) === undefined) return `${path === '' ? 'the report' : path} has no ${name}`;
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    const found = own(value, name);
    const problem = found === undefined ? undefined : problemOf(found, member, path === '' ? name : `${path}.${name}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/**
 * The first violation of a schema, as a clause (`pools[3].nodes is not an integer`), or undefined if the value
 * conforms.
 */
export function problemOf(value: unknown, schema: Schema, path = ''): string | undefined {
  const clause =
    typeProblem(value, schema) ??
    (isJsonObject(value) || Array.isArray(value) ? undefined : scalarProblem(value, schema));
  if (clause !== undefined) return `${path === '' ? 'it' : oneLine(path)} ${clause}`;
  if (isJsonObject(value)) return memberProblem(value, schema, path);
  if (!Array.isArray(value) || schema.items === undefined) return undefined;
  for (const [index, item] of value.entries()) {
    const problem = problemOf(item, schema.items, `${path}[${String(index)}]`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
