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
  };
}
