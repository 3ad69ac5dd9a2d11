import type { JsonObject, JsonValue } from '../../../core/json.ts';
import type { ReadFrom, ScopeProblem } from '../../../model/inventory.ts';
import type { Subscription } from '../../../model/registration.ts';

/**
 * A facts file has one JSON object per line: a header; shared facts, each before the first cluster that needs it;
 * clusters; problems; a line at the end of each page; and an end line, without which the file is truncated.
 */
export const factsVersion = '1.0';

/** The start of a facts file. */
export const factsBeginning = /^\{"kind":"header",/;

/** A fact, or why it is unknown. */
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
  /** The ARM resource, reduced to what judging needs; or why it is unknown. */
  readonly cluster: KnownLine<JsonObject>;
  /** The names of the judged pools if the cluster is known, otherwise the pools themselves. */
  readonly pools: readonly string[] | readonly JsonObject[];
  /** The keys of shared facts, or why they are unknown. */
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
