import { without, type JsonObject, type JsonValue } from '../../core/json.ts';
import { compile, type Evaluate } from './evaluate.ts';
import { text, type Value } from './functions.ts';
import { QueryRefused, type Aggregate, type Named, type SortKey, type Stage } from './syntax.ts';

/** Rows with the names of their columns. */
export interface Table {
  readonly columns: ReadonlySet<string>;
  readonly rows: readonly JsonObject[];
}

interface Compiled {
  readonly name: string;
  readonly evaluate: Evaluate;
}

function compileAll(columns: readonly Named[], known: ReadonlySet<string>): readonly Compiled[] {
  return columns.map(({ name, expression }) => ({ name, evaluate: compile(expression, known) }));
}

function pick(row: JsonObject, columns: readonly Compiled[], base: JsonObject = {}): JsonObject {
  const picked: Record<string, JsonValue> = { ...(base as Record<string, JsonValue>) };
  for (const { name, evaluate } of columns) picked[name] = evaluate(row) ?? null;
  return picked;
}

function namesOf(columns: readonly Named[]): readonly string[] {
  return columns.map(({ name }) => name);
}

function compareValues(left: Value, right: Value): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [one, other] = [text(left), text(right)];
  return one === other ? 0 : one < other ? -1 : 1;
}

function ordered(table: Table, keys: readonly SortKey[]): Table {
  const compiled = keys.map(({ expression, descending }) => ({
    evaluate: compile(expression, table.columns),
    sign: descending ? -1 : 1,
  }));
  const rows = [...table.rows].sort((left, right) => {
    for (const { evaluate, sign } of compiled) {
      const found = compareValues(evaluate(left), evaluate(right));
      if (found !== 0) return found * sign;
    }
    return 0;
  });
  return { ...table, rows };
}

function aggregated(rows: readonly JsonObject[], { aggregate }: Aggregate, argument: Evaluate | undefined): Value {
  if (aggregate === 'count') return rows.length;
  const values = rows.map((row) => argument?.(row));
  if (aggregate === 'countif') return values.filter((value) => value === true).length;
  if (aggregate === 'dcount') return new Set(values.map((value) => text(value))).size;
  if (aggregate === 'sum')
    return values.reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0);
  const sorted = values.filter((value) => value !== undefined && value !== null).sort(compareValues);
  return sorted.at(aggregate === 'min' ? 0 : -1) ?? null;
}

function summarized(table: Table, stage: Extract<Stage, { kind: 'summarize' }>): Table {
  const by = compileAll(stage.by, table.columns);
  const wanted = stage.aggregates.map((one) => ({
    one,
    argument: one.argument === undefined ? undefined : compile(one.argument, table.columns),
  }));
  const groups = new Map<string, { readonly key: JsonObject; readonly rows: JsonObject[] }>();
  if (by.length === 0) groups.set('', { key: {}, rows: [...table.rows] });
  else {
    for (const row of table.rows) {
      const key = pick(row, by);
      const name = JSON.stringify(key);
      const group = groups.get(name);
      if (group === undefined) groups.set(name, { key, rows: [row] });
      else group.rows.push(row);
    }
  }
  const rows = [...groups.values()].map(({ key, rows: members }) => ({
    ...key,
    ...Object.fromEntries(wanted.map(({ one, argument }) => [one.name, aggregated(members, one, argument) ?? null])),
  }));
  return { columns: new Set([...namesOf(stage.by), ...stage.aggregates.map(({ name }) => name)]), rows };
}

/** A row without entries is gone, as reported of Resource Graph. */
function expanded(table: Table, stage: Extract<Stage, { kind: 'mv-expand' }>): Table {
  const { name, expression } = stage.column;
  const evaluate = compile(expression, table.columns);
  const rows = table.rows.flatMap((row) => {
    const value = evaluate(row);
    return Array.isArray(value)
      ? (value as readonly JsonValue[]).slice(0, stage.limit).map((entry) => ({ ...row, [name]: entry }))
      : [];
  });
  return { columns: new Set([...table.columns, name]), rows };
}

function filtered(table: Table, stage: Extract<Stage, { kind: 'where' }>): Table {
  const condition = compile(stage.condition, table.columns);
  return { ...table, rows: table.rows.filter((row) => condition(row) === true) };
}

function projected(table: Table, stage: Extract<Stage, { kind: 'project' }>): Table {
  const columns = compileAll(stage.columns, table.columns);
  return { columns: new Set(namesOf(stage.columns)), rows: table.rows.map((row) => pick(row, columns)) };
}

/** Each column is known to those after it. */
function extended(table: Table, stage: Extract<Stage, { kind: 'extend' }>): Table {
  return stage.columns.reduce<Table>((before, column) => {
    const compiled = compileAll([column], before.columns);
    return {
      columns: new Set([...before.columns, column.name]),
      rows: before.rows.map((row) => pick(row, compiled, row)),
    };
  }, table);
}

function withoutColumns(table: Table, stage: Extract<Stage, { kind: 'project-away' }>): Table {
  for (const name of stage.names)
    if (!table.columns.has(name)) throw new QueryRefused('SemanticError', `There is no column '${name}'.`, name, 0);
  return {
    columns: new Set([...table.columns].filter((name) => !stage.names.includes(name))),
    rows: table.rows.map((row) => without(row, stage.names)),
  };
}

function apply(table: Table, stage: Stage): Table {
  switch (stage.kind) {
    case 'where':
      return filtered(table, stage);
    case 'project':
      return projected(table, stage);
    case 'extend':
      return extended(table, stage);
    case 'project-away':
      return withoutColumns(table, stage);
    case 'order':
      return ordered(table, stage.keys);
    case 'take':
      return { ...table, rows: table.rows.slice(0, stage.rows) };
    case 'count':
      return { columns: new Set(['Count']), rows: [{ Count: table.rows.length }] };
    case 'distinct':
      return summarized(table, { kind: 'summarize', aggregates: [], by: stage.columns });
    case 'summarize':
      return summarized(table, stage);
    case 'mv-expand':
      break;
  }
  return expanded(table, stage);
}

/** @throws QueryRefused where a stage speaks of what is not there. */
export function runStages(table: Table, stages: readonly Stage[]): Table {
  return stages.reduce(apply, table);
}
