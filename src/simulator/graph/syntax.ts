/** What a query is made of, once parsed. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'column'; readonly name: string; readonly position: number }
  /** `target.key`, `target['key']`. */
  | { readonly kind: 'member'; readonly target: Expression; readonly key: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly position: number }
  | {
      readonly kind: 'comparison';
      readonly operator: '=~' | 'contains' | 'matches regex';
      readonly left: Expression;
      readonly right: Expression;
      readonly position: number;
    }
  | { readonly kind: 'in~'; readonly left: Expression; readonly list: readonly Expression[] };

/** `name = expression`, or a column with its own name. */
export interface Named {
  readonly name: string;
  readonly expression: Expression;
}

export type Stage =
  | { readonly kind: 'where'; readonly condition: Expression }
  | { readonly kind: 'project' | 'extend' | 'distinct'; readonly columns: readonly Named[] }
  | {
      readonly kind: 'order';
      readonly keys: readonly { readonly expression: Expression; readonly descending: boolean }[];
    }
  | { readonly kind: 'mv-expand'; readonly column: Named; readonly limit: number };

export interface Query {
  readonly table: string;
  readonly stages: readonly Stage[];
}

/**
 * A query that the interpreter does not take, with the place: Resource Graph's 400. Source: bodies that users report
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
