import { isJsonObject, own, type JsonObject, type JsonValue } from '../../core/json.ts';
import { regexTest } from './regex.ts';
import { QueryRefused, type Expression } from './syntax.ts';

export type Value = JsonValue | undefined;
type Evaluate = (row: JsonObject) => Value;

/** Kusto's `tostring`: nothing is an empty text, objects are JSON. */
export function text(value: Value): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function lower(value: Value): string {
  return text(value).toLowerCase();
}

function whole(value: Value): Value {
  if (typeof value === 'boolean') return value ? 1 : 0;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? Math.trunc(number) : null;
}

function bool(value: Value): Value {
  if (typeof value === 'boolean') return value;
  const word = lower(value);
  if (word === 'true' || word === '1') return true;
  return word === 'false' || word === '0' ? false : null;
}

function bag(args: readonly Value[]): JsonObject {
  const entries: [string, JsonValue][] = [];
  for (let index = 0; index + 1 < args.length; index += 2) entries.push([text(args[index]), args[index + 1] ?? null]);
  return Object.fromEntries(entries);
}

interface FunctionRecord {
  readonly maxArguments: number;
  readonly apply: (args: readonly Value[]) => Value;
}

/** The functions of the subset. Source: KQL reference. */
const functions: ReadonlyMap<string, FunctionRecord> = new Map<string, FunctionRecord>([
  ['tostring', { maxArguments: 1, apply: ([value]) => text(value) }],
  ['toint', { maxArguments: 1, apply: ([value]) => whole(value) }],
  ['tobool', { maxArguments: 1, apply: ([value]) => bool(value) }],
  ['strcat', { maxArguments: 64, apply: (args) => args.map((value) => text(value)).join('') }],
  ['bag_pack', { maxArguments: 64, apply: bag }],
]);

function call({ name, args, position }: Extract<Expression, { kind: 'call' }>, columns: ReadonlySet<string>): Evaluate {
  const found = functions.get(name.toLowerCase());
  const refuse = (message: string): never => {
    throw new QueryRefused('SemanticError', message, name, position);
  };
  if (found === undefined) return refuse(`The function '${name}' is not known to this simulator.`);
  if (args.length > found.maxArguments) return refuse(`${name}() does not take ${String(args.length)} arguments.`);
  const compiled = args.map((arg) => compile(arg, columns));
  return (row) => found.apply(compiled.map((arg) => arg(row)));
}

function isInList({ left, list }: Extract<Expression, { kind: 'in~' }>, columns: ReadonlySet<string>): Evaluate {
  const value = compile(left, columns);
  // Lists of ids are long, and literals: one look-up for each row.
  const literals = new Set(list.flatMap((item) => (item.kind === 'literal' ? [lower(item.value)] : [])));
  const others = list.filter((item) => item.kind !== 'literal').map((item) => compile(item, columns));
  return (row) => {
    const wanted = lower(value(row));
    return literals.has(wanted) || others.some((other) => lower(other(row)) === wanted);
  };
}

function comparison(
  { operator, left, right, position }: Extract<Expression, { kind: 'comparison' }>,
  columns: ReadonlySet<string>,
): Evaluate {
  const [one, other] = [compile(left, columns), compile(right, columns)];
  if (operator === '=~') return (row) => lower(one(row)) === lower(other(row));
  if (operator === 'contains') return (row) => lower(one(row)).includes(lower(other(row)));
  const test = right.kind === 'literal' && typeof right.value === 'string' ? regexTest(right.value) : undefined;
  if (test === undefined) {
    const message = 'The regular expression is not valid, or not known to this simulator.';
    throw new QueryRefused('SemanticError', message, 'matches', position);
  }
  return (row) => test(text(one(row)));
}

/** An expression as a function of a row. @throws QueryRefused for a column that does not exist here. */
export function compile(expression: Expression, columns: ReadonlySet<string>): Evaluate {
  switch (expression.kind) {
    case 'literal':
      return () => expression.value;
    case 'column': {
      const { name, position } = expression;
      if (columns.has(name)) return (row) => row[name];
      const message = `Failed to resolve column or scalar expression named '${name}'.`;
      throw new QueryRefused('SemanticError', message, name, position);
    }
    case 'member': {
      const target = compile(expression.target, columns);
      return (row) => {
        const value = target(row);
        return isJsonObject(value) ? own(value, expression.key) : undefined;
      };
    }
    case 'call':
      return call(expression, columns);
    case 'in~':
      return isInList(expression, columns);
    case 'comparison':
      break;
  }
  return comparison(expression, columns);
}
