import type { JsonObject, JsonValue } from '../../../core/json.ts';
import type { ReadFrom, ScopeProblem } from '../../../model/inventory.ts';
import type { Subscription } from '../../../model/registration.ts';

/**
 * A facts file has a JSON object a line: a header, then what clusters share before the first cluster that needs it,
 * each cluster, the problems, the end of each page, and last the end, without which the file was cut off.
 */
export const factsVersion = '1.0';

/** How such a file begins. */
export const factsBeginning = /^\{"kind":"header",/;

/** A fact, or why it is not known. */
export type KnownLine<T extends JsonValue> = { readonly value: T } | { readonly why: string };

interface HeaderLine {
  readonly kind: 'header';
  readonly schemaVersion: string;
  readonly scope: string;
  readonly breadth: 'one' | 'many';
  readonly capacity: boolean;
  readonly network: boolean;
  readonly subscriptions: readonly Subscription[];
  readonly gatheredAt?: string;
}

/** `what`: subscription, sizes, usages, subnet, virtualNetwork or securityRules. */
export interface SharedLine {
  readonly kind: 'shared';
  readonly what: string;
  readonly key: string;
  readonly fact: JsonObject;
}

export interface ClusterLine {
  readonly kind: 'cluster';
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly named: boolean;
  /** As ARM has it, with what judging needs; or why it is not known. */
  readonly cluster: KnownLine<JsonObject>;
  /** Of a cluster that is known, the names of the pools that are judged; else the pools themselves. */
  readonly pools: readonly string[] | readonly JsonObject[];
  /** The keys of shared facts; or why they are not known. */
  readonly vmSizes: KnownLine<string>;
  readonly usages?: KnownLine<string>;
  readonly subnets?: readonly string[];
}

interface ProblemLine extends Omit<ScopeProblem, 'kind' | 'exit'> {
  readonly kind: 'trouble';
  readonly trouble: ScopeProblem['kind'];
}

interface PageLine {
  readonly kind: 'page';
  readonly total?: number;
  readonly from?: ReadFrom;
}

interface EndLine {
  readonly kind: 'end';
  readonly clusters: number;
}

export type FactsLine = HeaderLine | SharedLine | ClusterLine | ProblemLine | PageLine | EndLine;
