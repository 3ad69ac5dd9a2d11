import type { Cursor } from './cursor.ts';
import { functionNames } from './functions.ts';
import {
  binaryOperators,
  inOperators,
  QueryRefused,
  type BinaryOperator,
  type Expression,
  type InOperator,
  type Named,
} from './syntax.ts';

const literals: Readonly<Record<string, boolean>> = { true: true, false: false };

function list(cursor: Cursor): readonly Expression[] {
  cursor.expects('symbol', '(');
  const items: Expression[] = [];
  if (cursor.takes('symbol', ')')) return items;
  do items.push(parseExpression(cursor));
  while (cursor.takes('symbol', ','));
  cursor.expects('symbol', ')');
  return items;
}

function call(cursor: Cursor, name: string, position: number): Expression {
  const lower = name.toLowerCase();
  if (!functionNames.includes(lower))
    throw new QueryRefused('SemanticError', `The function '${name}' is not known to this simulator.`, name, position);
  return { kind: 'call', name: lower, args: list(cursor), position };
}

function primary(cursor: Cursor): Expression {
  const token = cursor.peek();
  if (cursor.takes('symbol', '(')) {
    const inner = parseExpression(cursor);
    cursor.expects('symbol', ')');
    return inner;
  }
  if (token.kind === 'text') return { kind: 'literal', value: cursor.next().value };
  if (token.kind === 'number') return { kind: 'literal', value: Number(cursor.next().value) };
  if (token.kind !== 'word') return cursor.refuse('An expression is expected.');
  cursor.next();
  if (cursor.isSymbol('(')) return call(cursor, token.value, token.position);
  const literal = literals[token.value.toLowerCase()];
  return literal === undefined
    ? { kind: 'column', name: token.value, position: token.position }
    : { kind: 'literal', value: literal };
}

function postfix(cursor: Cursor): Expression {
  let expression = primary(cursor);
  for (;;) {
    if (cursor.takes('symbol', '.')) {
      expression = { kind: 'member', target: expression, key: cursor.expectsKind('word', 'A property name').value };
    } else if (cursor.takes('symbol', '[')) {
      const { kind, value } = cursor.next();
      if (kind !== 'text' && kind !== 'number')
        return cursor.refuse("A property name in quotes, or an index, is expected after '['.");
      cursor.expects('symbol', ']');
      expression = { kind: 'member', target: expression, key: kind === 'text' ? value : Number(value) };
    } else {
      return expression;
    }
  }
}

function operatorAt(cursor: Cursor): BinaryOperator | InOperator | undefined {
  const { kind, value } = cursor.peek();
  if (kind !== 'word' && kind !== 'symbol') return undefined;
  const lower = value.toLowerCase();
  if (lower === 'matches') {
    cursor.next();
    if (!cursor.isWord('regex')) return cursor.refuse("'regex' is expected after 'matches'.");
    return 'matches regex';
  }
  return [...binaryOperators, ...inOperators].find((one) => one === lower);
}

function isIn(operator: BinaryOperator | InOperator): operator is InOperator {
  return (inOperators as readonly string[]).includes(operator);
}

function comparison(cursor: Cursor): Expression {
  const left = postfix(cursor);
  const { position } = cursor.peek();
  const operator = operatorAt(cursor);
  if (operator === undefined) return left;
  cursor.next();
  if (isIn(operator)) return { kind: 'in', operator, left, list: list(cursor) };
  return { kind: 'binary', operator, left, right: postfix(cursor), position };
}

function conjunction(cursor: Cursor): Expression {
  let left = comparison(cursor);
  while (cursor.takes('word', 'and')) left = { kind: 'logical', operator: 'and', left, right: comparison(cursor) };
  return left;
}

export function parseExpression(cursor: Cursor): Expression {
  let left = conjunction(cursor);
  while (cursor.takes('word', 'or')) left = { kind: 'logical', operator: 'or', left, right: conjunction(cursor) };
  return left;
}

/**
 * Kusto's own name for a column that is given none: `properties_powerState_code`; undefined where it would make one up.
 */
function impliedName(expression: Expression): string | undefined {
  if (expression.kind === 'column') return expression.name;
  if (expression.kind === 'member') {
    const target = impliedName(expression.target);
    return target === undefined ? undefined : `${target}_${String(expression.key)}`;
  }
  const [only] = expression.kind === 'call' ? expression.args : [];
  return expression.kind === 'call' &&
    expression.args.length === 1 &&
    expression.name.startsWith('to') &&
    only !== undefined
    ? impliedName(only)
    : undefined;
}

/** `name = expression`, or an expression alone. */
export function parseNamed(cursor: Cursor, index = 0): Named {
  const first = cursor.peek();
  if (first.kind === 'word' && cursor.peek(1).kind === 'symbol' && cursor.peek(1).value === '=') {
    cursor.next();
    cursor.next();
    return { name: first.value, expression: parseExpression(cursor) };
  }
  const expression = parseExpression(cursor);
  return { name: impliedName(expression) ?? `Column${String(index + 1)}`, expression };
}

export function parseNamedList(cursor: Cursor): readonly Named[] {
  const columns: Named[] = [];
  do columns.push(parseNamed(cursor, columns.length));
  while (cursor.takes('symbol', ','));
  return columns;
}
