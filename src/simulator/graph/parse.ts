import { createCursor, type Cursor } from './cursor.ts';
import { parseExpression, parseNamed, parseNamedList } from './parse-expression.ts';
import {
  aggregates,
  QueryRefused,
  type Aggregate,
  type AggregateName,
  type Query,
  type SortKey,
  type Stage,
} from './syntax.ts';

function wholeNumber(cursor: Cursor): number {
  return Number(cursor.expectsKind('number', 'A number').value);
}

function sortKeys(cursor: Cursor): readonly SortKey[] {
  const keys: SortKey[] = [];
  do {
    const expression = parseExpression(cursor);
    const ascending = cursor.takes('word', 'asc');
    // Kusto sorts downwards unless told otherwise.
    if (!ascending) cursor.takes('word', 'desc');
    keys.push({ expression, descending: !ascending });
  } while (cursor.takes('symbol', ','));
  return keys;
}

function aggregate(cursor: Cursor): Aggregate {
  const first = cursor.next();
  const named = first.kind === 'word' && cursor.takes('symbol', '=');
  const token = named ? cursor.next() : first;
  const found = aggregates.find((one) => one === token.value.toLowerCase());
  if (token.kind !== 'word' || found === undefined) {
    throw new QueryRefused(
      'SemanticError',
      `The aggregation '${token.value}' is not known to this simulator.`,
      token.value,
      token.position,
    );
  }
  return aggregateOf(cursor, found, named ? first.value : undefined);
}

function aggregateOf(cursor: Cursor, name: AggregateName, given: string | undefined): Aggregate {
  cursor.expects('symbol', '(');
  const argument = name === 'count' ? undefined : parseExpression(cursor);
  cursor.expects('symbol', ')');
  const of = argument?.kind === 'column' && name !== 'countif' ? argument.name : '';
  return { name: given ?? `${name}_${of}`, aggregate: name, argument };
}

function summarize(cursor: Cursor): Stage {
  const found: Aggregate[] = [];
  if (!cursor.isWord('by')) {
    do found.push(aggregate(cursor));
    while (cursor.takes('symbol', ','));
  }
  return { kind: 'summarize', aggregates: found, by: cursor.takes('word', 'by') ? parseNamedList(cursor) : [] };
}

/** Source: Resource Graph docs, supported KQL: 128 rows from each unless told otherwise, 2,000 at most. */
function expand(cursor: Cursor): Stage {
  const column = parseNamed(cursor);
  const limit = cursor.takes('word', 'limit') ? wholeNumber(cursor) : 128;
  return { kind: 'mv-expand', column, limit: Math.min(2000, limit) };
}

function names(cursor: Cursor): readonly string[] {
  const found: string[] = [];
  do found.push(cursor.expectsKind('word', 'A column name').value);
  while (cursor.takes('symbol', ','));
  return found;
}

function order(cursor: Cursor): Stage {
  cursor.expects('word', 'by');
  return { kind: 'order', keys: sortKeys(cursor) };
}

const take = (cursor: Cursor): readonly Stage[] => [{ kind: 'take', rows: wholeNumber(cursor) }];
const sort = (cursor: Cursor): readonly Stage[] => [order(cursor)];
const condition = (cursor: Cursor): readonly Stage[] => [{ kind: 'where', condition: parseExpression(cursor) }];

/** Each operator that this simulator understands; any other is refused. */
const operators: Readonly<Record<string, (cursor: Cursor) => readonly Stage[]>> = {
  where: condition,
  filter: condition,
  project: (cursor) => [{ kind: 'project', columns: parseNamedList(cursor) }],
  'project-away': (cursor) => [{ kind: 'project-away', names: names(cursor) }],
  extend: (cursor) => [{ kind: 'extend', columns: parseNamedList(cursor) }],
  order: sort,
  sort,
  take,
  limit: take,
  top: (cursor) => {
    const rows = wholeNumber(cursor);
    return [order(cursor), { kind: 'take', rows }];
  },
  count: () => [{ kind: 'count' }],
  distinct: (cursor) => [{ kind: 'distinct', columns: parseNamedList(cursor) }],
  summarize: (cursor) => [summarize(cursor)],
  'mv-expand': (cursor) => [expand(cursor)],
};

/** @throws QueryRefused for whatever is not of the subset. */
export function parseQuery(text: string): Query {
  const cursor = createCursor(text);
  const table = cursor.expectsKind('word', 'The name of a table');
  const stages: Stage[] = [];
  while (cursor.takes('symbol', '|')) {
    const operator = cursor.expectsKind('word', 'An operator');
    const parse = Object.hasOwn(operators, operator.value.toLowerCase())
      ? operators[operator.value.toLowerCase()]
      : undefined;
    if (parse === undefined)
      throw new QueryRefused(
        'InvalidQueryLanguage',
        `The operator '${operator.value}' is not known to this simulator.`,
        operator.value,
        operator.position,
      );
    stages.push(...parse(cursor));
  }
  cursor.takes('symbol', ';');
  if (cursor.peek().kind !== 'end') cursor.refuse("'|' or the end of the query is expected.");
  return { table: table.value, stages };
}
