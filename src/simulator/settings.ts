import type { Quota } from './graph/state.ts';
import type { ScopedRow } from './graph/tables.ts';

/** What a scenario may turn: how the simulated Azure behaves as a whole. */
export interface Settings {
  /** How long a feature registration takes. Source: the feature guide says minutes, and up to hours. */
  featureSeconds: number;
  /** Features that Azure does not know (any more), as lower-case `namespace/feature`. */
  readonly unknownFeatures: Set<string>;
  /** Whether a LocalDNS profile needs the preview feature. The service has asked for none since November 2025. */
  featureRequired: boolean;
  providerSeconds: number;
  /** The newest stable api-version of Microsoft.ContainerService that this cloud knows. */
  newestApiVersion: string;
  /** What the callers may do; the permissions of a role, wildcards as in Azure. */
  grants: readonly string[];
  /** Regional vCPU quota: what is used, and the limit. */
  regionalVcpus: { readonly used: number; readonly limit: number };
  /** How long the status of an ended operation can be read. */
  retentionSeconds: number;
  /** Whether an operation on one pool keeps the others of its cluster from starting one. */
  strictSiblings: boolean;
  /** Whether a pool goes back to its former profile when an operation fails. Unknown of Azure. */
  rollbackOnFailure: boolean;
  /** What a PUT without `localDNSProfile` does to a stored one. Unknown of Azure. */
  omittedProfile: 'kept' | 'cleared';
  /** Clusters on one page of a list. Azure's own figure is not documented. */
  clusterPageSize: number;
  readonly timing: Timing;
  /** Lower-case ids of subscriptions that the callers see and may read nothing of. */
  readonly deniedSubscriptions: Set<string>;
  readonly graph: GraphSettings;
}

/** How Resource Graph lags behind, and where it ends. */
export interface GraphSettings {
  quota: Quota;
  /** Every so many rows were read from AKS at an older api-version. */
  oldRow: { readonly every: number; readonly apiVersion: string } | undefined;
  /** Whether rows carry `localDNSProfile` at all. Not confirmed of Azure. */
  profiles: boolean;
  /** The clusters as they once were, in place of those that are there now. */
  frozen: readonly ScopedRow[] | undefined;
  /** Rows of a page at most, whatever `$top` says. */
  largestPage: number;
  /** Rows that a query answers at most, without a token for the rest. */
  truncateAt: number | undefined;
  /** Source: Resource Graph docs: 10,000 subscriptions a query. */
  subscriptionLimit: number;
}

/** Seconds. Source: recorded updates of one node took 276, 490 and 545 s, additions 94 and 136 s. */
export interface Timing {
  readonly drain: number;
  readonly reimage: number;
  readonly create: number;
  /** An accepted request that leaves every node as it is. */
  readonly quick: number;
  readonly abort: number;
  readonly remove: number;
  readonly command: number;
}

export function defaultSettings(): Settings {
  return {
    featureSeconds: 180,
    unknownFeatures: new Set(),
    featureRequired: false,
    providerSeconds: 45,
    newestApiVersion: '9999-12-31',
    grants: ['*'],
    regionalVcpus: { used: 64, limit: 1000 },
    retentionSeconds: 24 * 3600,
    strictSiblings: false,
    rollbackOnFailure: false,
    omittedProfile: 'kept',
    clusterPageSize: 100,
    timing: { drain: 36, reimage: 240, create: 94, quick: 15, abort: 5, remove: 120, command: 6 },
    deniedSubscriptions: new Set(),
    graph: {
      quota: { queries: 15, seconds: 5 },
      oldRow: undefined,
      profiles: true,
      frozen: undefined,
      largestPage: 1000,
      truncateAt: undefined,
      subscriptionLimit: 10_000,
    },
  };
}
