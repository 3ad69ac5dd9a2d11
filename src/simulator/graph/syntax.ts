/** What a query is made of, once parsed. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'column'; readonly name: string; readonly position: number }
  /** `target.key`, `target['key']`, `target[0]`. */
  | { readonly kind: 'member'; readonly target: Expression; readonly key: string | number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly position: number }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly position: number;
    }
  | {
      readonly kind: 'in';
      readonly operator: InOperator;
      readonly left: Expression;
      readonly list: readonly Expression[];
    }
  | {
      readonly kind: 'logical';
      readonly operator: 'and' | 'or';
      readonly left: Expression;
      readonly right: Expression;
    };

export const binaryOperators = [
  '==',
  '!=',
  '=~',
  '!~',
  '<',
  '<=',
  '>',
  '>=',
  'contains',
  '!contains',
  'startswith',
  '!startswith',
  'endswith',
  '!endswith',
  'has',
  '!has',
  'matches regex',
] as const;
export type BinaryOperator = (typeof binaryOperators)[number];

export const inOperators = ['in', 'in~', '!in', '!in~'] as const;
export type InOperator = (typeof inOperators)[number];

/** `name = expression`; the name is made up by Kusto's rules where none is given. */
export interface Named {
  readonly name: string;
  readonly expression: Expression;
}

export interface SortKey {
  readonly expression: Expression;
  readonly descending: boolean;
}

export const aggregates = ['count', 'countif', 'sum', 'min', 'max', 'dcount'] as const;
export type AggregateName = (typeof aggregates)[number];

export interface Aggregate {
  readonly name: string;
  readonly aggregate: AggregateName;
  readonly argument: Expression | undefined;
}

export type Stage =
  | { readonly kind: 'where'; readonly condition: Expression }
  | { readonly kind: 'project'; readonly columns: readonly Named[] }
  | { readonly kind: 'project-away'; readonly names: readonly string[] }
  | { readonly kind: 'extend'; readonly columns: readonly Named[] }
  | { readonly kind: 'order'; readonly keys: readonly SortKey[] }
  | { readonly kind: 'take'; readonly rows: number }
  | { readonly kind: 'count' }
  | { readonly kind: 'distinct'; readonly columns: readonly Named[] }
  | { readonly kind: 'summarize'; readonly aggregates: readonly Aggregate[]; readonly by: readonly Named[] }
  | { readonly kind: 'mv-expand'; readonly column: Named; readonly limit: number };

export interface Query {
  readonly table: string;
  readonly stages: readonly Stage[];
}

/**
 * What the interpreter does not take, with the place: becomes Resource Graph's 400. Source: bodies that users report
 * (ParserFailure, InvalidQueryLanguage).
 */
export class QueryRefused extends Error {
  readonly code: 'ParserFailure' | 'InvalidQueryLanguage' | 'SemanticError' | 'DisallowedLogicalTableName';
  readonly token: string;
  /** Characters from the start of the query. */
  readonly position: number;

  constructor(code: QueryRefused['code'], message: string, token: string, position: number) {
    super(message);
    this.name = 'QueryRefused';
    this.code = code;
    this.token = token;
    this.position = position;
  }
}
