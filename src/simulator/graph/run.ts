import type { JsonObject, JsonValue } from '../../core/json.ts';
import { compile, text, type Value } from './evaluate.ts';
import type { Named, Stage } from './syntax.ts';

/** Rows with the names of their columns. */
export interface Table {
  readonly columns: ReadonlySet<string>;
  readonly rows: readonly JsonObject[];
}

type StageOf<K extends Stage['kind']> = Extract<Stage, { kind: K }>;

function where({ columns, rows }: Table, { condition }: StageOf<'where'>): Table {
  const holds = compile(condition, columns);
  return { columns, rows: rows.filter((row) => holds(row) === true) };
}

function project({ columns, rows }: Table, wanted: readonly Named[]): Table {
  const compiled = wanted.map(({ name, expression }) => [name, compile(expression, columns)] as const);
  return {
    columns: new Set(wanted.map(({ name }) => name)),
    rows: rows.map((row) => Object.fromEntries(compiled.map(([name, evaluate]) => [name, evaluate(row) ?? null]))),
  };
}

/** A column may use the ones before it. */
function extend(table: Table, added: readonly Named[]): Table {
  return added.reduce<Table>(({ columns, rows }, { name, expression }) => {
    const evaluate = compile(expression, columns);
    return {
      columns: new Set([...columns, name]),
      rows: rows.map((row) => ({ ...row, [name]: evaluate(row) ?? null })),
    };
  }, table);
}

function distinct(table: Table, wanted: readonly Named[]): Table {
  const { columns, rows } = project(table, wanted);
  return { columns, rows: [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()] };
}

function compareValues(left: Value, right: Value): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [one, other] = [text(left), text(right)];
  return one === other ? 0 : one < other ? -1 : 1;
}

function order({ columns, rows }: Table, { keys }: StageOf<'order'>): Table {
  const compiled = keys.map(({ expression, descending }) => ({
    evaluate: compile(expression, columns),
    sign: descending ? -1 : 1,
  }));
  const sorted = [...rows].sort((left, right) => {
    for (const { evaluate, sign } of compiled) {
      const found = compareValues(evaluate(left), evaluate(right));
      if (found !== 0) return found * sign;
    }
    return 0;
  });
  return { columns, rows: sorted };
}

/** A row without entries is dropped, as users report of Resource Graph. */
function expand({ columns, rows }: Table, { column: { name, expression }, limit }: StageOf<'mv-expand'>): Table {
  const evaluate = compile(expression, columns);
  const expanded = rows.flatMap((row) => {
    const value = evaluate(row);
    return Array.isArray(value)
      ? (value as readonly JsonValue[]).slice(0, limit).map((entry) => ({ ...row, [name]: entry }))
      : [];
  });
  return { columns: new Set([...columns, name]), rows: expanded };
}

function apply(table: Table, stage: Stage): Table {
  switch (stage.kind) {
    case 'where':
      return where(table, stage);
    case 'project':
      return project(table, stage.columns);
    case 'extend':
      return extend(table, stage.columns);
    case 'distinct':
      return distinct(table, stage.columns);
    case 'order':
      return order(table, stage);
    case 'mv-expand':
      break;
  }
  return expand(table, stage);
}

/** @throws QueryRefused if a stage names a column that does not exist. */
export function runStages(table: Table, stages: readonly Stage[]): Table {
  return stages.reduce(apply, table);
}
