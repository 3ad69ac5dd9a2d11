import { tokens, type Token } from './lexer.ts';
import { QueryRefused, type Expression, type Named, type Query, type Stage } from './syntax.ts';

/** Walks the tokens of a query. Keywords are compared without case. */
class Cursor {
  readonly #tokens: readonly Token[];
  readonly #end: Token;
  #index = 0;

  constructor(query: string) {
    this.#tokens = tokens(query);
    this.#end = { kind: 'end', value: '', position: query.length };
  }

  peek(ahead = 0): Token {
    return this.#tokens[this.#index + ahead] ?? this.#end;
  }

  next(): Token {
    const token = this.peek();
    this.#index += 1;
    return token;
  }

  is(kind: Token['kind'], value: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === kind && token.value.toLowerCase() === value;
  }

  /** Takes the word or symbol if it comes next. */
  takes(kind: 'word' | 'symbol', value: string): boolean {
    const found = this.is(kind, value);
    if (found) this.#index += 1;
    return found;
  }

  expects(kind: 'word' | 'symbol', value: string): void {
    if (!this.takes(kind, value)) this.refuse(`'${value}' is expected.`);
  }

  expectsKind(kind: Token['kind'], what: string): Token {
    return this.peek().kind === kind ? this.next() : this.refuse(`${what} is expected.`);
  }

  refuse(message: string): never {
    const { value, position } = this.peek();
    throw new QueryRefused('ParserFailure', message, value === '' ? '<EOF>' : value, position);
  }
}

function list<T>(cursor: Cursor, item: () => T): readonly T[] {
  const items = [item()];
  while (cursor.takes('symbol', ',')) items.push(item());
  return items;
}

function bracketed(cursor: Cursor): readonly Expression[] {
  cursor.expects('symbol', '(');
  const items = list(cursor, () => operand(cursor));
  cursor.expects('symbol', ')');
  return items;
}

function primary(cursor: Cursor): Expression {
  const { kind, value, position } = cursor.peek();
  if (kind === 'text' || kind === 'number') {
    cursor.next();
    return { kind: 'literal', value: kind === 'text' ? value : Number(value) };
  }
  if (kind !== 'word') return cursor.refuse('An expression is expected.');
  cursor.next();
  if (!cursor.is('symbol', '(')) return { kind: 'column', name: value, position };
  return { kind: 'call', name: value, args: bracketed(cursor), position };
}

function operand(cursor: Cursor): Expression {
  let target = primary(cursor);
  for (;;) {
    if (cursor.takes('symbol', '.')) {
      target = { kind: 'member', target, key: cursor.expectsKind('word', 'A property name').value };
    } else if (cursor.takes('symbol', '[')) {
      target = { kind: 'member', target, key: cursor.expectsKind('text', 'A property name in quotes').value };
      cursor.expects('symbol', ']');
    } else return target;
  }
}

function condition(cursor: Cursor): Expression {
  const left = operand(cursor);
  const { position } = cursor.peek();
  if (cursor.takes('word', 'in~')) return { kind: 'in~', left, list: bracketed(cursor) };
  const comparison = (operator: Extract<Expression, { kind: 'comparison' }>['operator']): Expression => ({
    kind: 'comparison',
    operator,
    left,
    right: operand(cursor),
    position,
  });
  if (cursor.takes('symbol', '=~')) return comparison('=~');
  if (cursor.takes('word', 'contains')) return comparison('contains');
  if (!cursor.takes('word', 'matches')) return cursor.refuse("'=~', 'in~', 'contains' or 'matches regex' is expected.");
  cursor.expects('word', 'regex');
  return comparison('matches regex');
}

function named(cursor: Cursor): Named {
  const { value: name, position } = cursor.expectsKind('word', 'A column name');
  return cursor.takes('symbol', '=')
    ? { name, expression: operand(cursor) }
    : { name, expression: { kind: 'column', name, position } };
}

/** Kusto sorts in descending order by default. */
function order(cursor: Cursor): Stage {
  cursor.expects('word', 'by');
  const keys = list(cursor, () => {
    const expression = operand(cursor);
    const ascending = cursor.takes('word', 'asc');
    if (!ascending) cursor.takes('word', 'desc');
    return { expression, descending: !ascending };
  });
  return { kind: 'order', keys };
}

/** Source: Resource Graph docs, supported KQL: 128 rows from each by default, 2,000 at most. */
function expand(cursor: Cursor): Stage {
  const column = named(cursor);
  const limit = cursor.takes('word', 'limit') ? Number(cursor.expectsKind('number', 'A number').value) : 128;
  return { kind: 'mv-expand', column, limit: Math.min(2000, limit) };
}

const operators: ReadonlyMap<string, (cursor: Cursor) => Stage> = new Map([
  ['where', (cursor: Cursor): Stage => ({ kind: 'where', condition: condition(cursor) })],
  ['project', (cursor: Cursor): Stage => ({ kind: 'project', columns: list(cursor, () => named(cursor)) })],
  ['extend', (cursor: Cursor): Stage => ({ kind: 'extend', columns: list(cursor, () => named(cursor)) })],
  ['distinct', (cursor: Cursor): Stage => ({ kind: 'distinct', columns: list(cursor, () => named(cursor)) })],
  ['order', order],
  ['mv-expand', expand],
]);

/** @throws QueryRefused for whatever is not in the subset. */
export function parseQuery(text: string): Query {
  const cursor = new Cursor(text);
  const table = cursor.expectsKind('word', 'The name of a table').value;
  const stages: Stage[] = [];
  while (cursor.takes('symbol', '|')) {
    const { value, position } = cursor.expectsKind('word', 'An operator');
    const parse = operators.get(value.toLowerCase());
    if (parse === undefined) {
      const message = `The operator '${value}' is not known to this simulator.`;
      throw new QueryRefused('InvalidQueryLanguage', message, value, position);
    }
    stages.push(parse(cursor));
  }
  if (cursor.peek().kind !== 'end') cursor.refuse("'|' or the end of the query is expected.");
  return { table, stages };
}
