import type { JsonObject } from '../../core/json.ts';
import { functions, member, text, type Value } from './functions.ts';
import { regexTest } from './regex.ts';
import { QueryRefused, type BinaryOperator, type Expression } from './syntax.ts';

export type Evaluate = (row: JsonObject) => Value;

function equal(left: Value, right: Value): boolean {
  if (typeof left === typeof right) return left === right;
  return text(left) === text(right);
}

function compare(left: Value, right: Value): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [one, other] = [text(left), text(right)];
  return one === other ? 0 : one < other ? -1 : 1;
}

function lower(value: Value): string {
  return text(value).toLowerCase();
}

/** A whole word, as Kusto's terms: letters and digits. */
function hasTerm(where: string, term: string): boolean {
  const at = where.indexOf(term);
  if (at < 0) return false;
  const isPart = (character: string | undefined): boolean => character !== undefined && /[a-z0-9]/.test(character);
  return (!isPart(where[at - 1]) && !isPart(where[at + term.length])) || hasTerm(where.slice(at + 1), term);
}

type Test = (left: Value, right: Value) => boolean;

const tests: Readonly<Record<Exclude<BinaryOperator, 'matches regex'>, Test>> = {
  '==': equal,
  '!=': (left, right) => !equal(left, right),
  '=~': (left, right) => lower(left) === lower(right),
  '!~': (left, right) => lower(left) !== lower(right),
  '<': (left, right) => compare(left, right) < 0,
  '<=': (left, right) => compare(left, right) <= 0,
  '>': (left, right) => compare(left, right) > 0,
  '>=': (left, right) => compare(left, right) >= 0,
  contains: (left, right) => lower(left).includes(lower(right)),
  '!contains': (left, right) => !lower(left).includes(lower(right)),
  startswith: (left, right) => lower(left).startsWith(lower(right)),
  '!startswith': (left, right) => !lower(left).startsWith(lower(right)),
  endswith: (left, right) => lower(left).endsWith(lower(right)),
  '!endswith': (left, right) => !lower(left).endsWith(lower(right)),
  has: (left, right) => hasTerm(lower(left), lower(right)),
  '!has': (left, right) => !hasTerm(lower(left), lower(right)),
};

function regexOf(pattern: Expression, position: number): (value: Value) => boolean {
  if (pattern.kind !== 'literal' || typeof pattern.value !== 'string') {
    throw new QueryRefused('SemanticError', "The right side of 'matches regex' must be a string.", 'matches', position);
  }
  const test = regexTest(pattern.value);
  if (test === undefined)
    throw new QueryRefused('SemanticError', 'The regular expression is not valid.', pattern.value, position);
  return (value) => test(text(value));
}

function callOf(expression: Extract<Expression, { kind: 'call' }>, columns: ReadonlySet<string>): Evaluate {
  const found = functions[expression.name];
  if (found === undefined) throw new Error('The parser lets no unknown function through.');
  const [least, most] = found.arity;
  if (expression.args.length < least || expression.args.length > most) {
    throw new QueryRefused(
      'SemanticError',
      `${expression.name}() is given ${String(expression.args.length)} arguments.`,
      expression.name,
      expression.position,
    );
  }
  const args = expression.args.map((arg) => compile(arg, columns));
  const [first] = args;
  if (args.length === 1 && first !== undefined) return (row) => found.apply([first(row)]);
  return (row) => found.apply(args.map((arg) => arg(row)));
}

function inOf(expression: Extract<Expression, { kind: 'in' }>, columns: ReadonlySet<string>): Evaluate {
  const left = compile(expression.left, columns);
  const folds = expression.operator.endsWith('~');
  const wanted = !expression.operator.startsWith('!');
  const fold = folds ? lower : text;
  // Lists of ids are long, and literals: one look-up a row.
  const fixed = new Set(expression.list.flatMap((item) => (item.kind === 'literal' ? [fold(item.value)] : [])));
  const others = expression.list.filter((item) => item.kind !== 'literal').map((item) => compile(item, columns));
  return (row) => {
    const value = fold(left(row));
    return (fixed.has(value) || others.some((other) => fold(other(row)) === value)) === wanted;
  };
}

/**
 * An expression as a function of a row. @throws QueryRefused for a column that is not there at this point of the query.
 */
export function compile(expression: Expression, columns: ReadonlySet<string>): Evaluate {
  switch (expression.kind) {
    case 'literal':
      return () => expression.value;
    case 'column': {
      const { name, position } = expression;
      if (!columns.has(name))
        throw new QueryRefused(
          'SemanticError',
          `Failed to resolve column or scalar expression named '${name}'.`,
          name,
          position,
        );
      return (row) => row[name];
    }
    case 'member': {
      const target = compile(expression.target, columns);
      return (row) => member(target(row), expression.key);
    }
    case 'call':
      return callOf(expression, columns);
    case 'in':
      return inOf(expression, columns);
    case 'logical': {
      const [left, right] = [compile(expression.left, columns), compile(expression.right, columns)];
      return expression.operator === 'and'
        ? (row) => left(row) === true && right(row) === true
        : (row) => left(row) === true || right(row) === true;
    }
    case 'binary':
      break;
  }
  const left = compile(expression.left, columns);
  if (expression.operator === 'matches regex') {
    const matches = regexOf(expression.right, expression.position);
    return (row) => matches(left(row));
  }
  const test = tests[expression.operator];
  const right = compile(expression.right, columns);
  return (row) => test(left(row), right(row));
}
