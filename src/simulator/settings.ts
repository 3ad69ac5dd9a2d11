import { defaultKubernetesSettings, type KubernetesSettings } from './kubernetes/behaviour.ts';

/** How the simulated Azure behaves as a whole; scenarios change it. */
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
  /** Whether an operation on one pool blocks the other pools of its cluster. */
  strictSiblings: boolean;
  /** Whether a pool goes back to its former profile when an operation fails. What Azure does is not known. */
  rollbackOnFailure: boolean;
  /** Clusters on one page of a list. Azure's figure is not documented. */
  clusterPageSize: number;
  readonly timing: Timing;
  /** Lower-case ids of subscriptions that callers see but may read nothing in. */
  readonly deniedSubscriptions: Set<string>;
  readonly graph: GraphSettings;
  readonly kubernetes: KubernetesSettings;
}

/** How Resource Graph lags behind, and its limits. */
interface GraphSettings {
  quota: GraphQuota;
  /** One row in so many was read from AKS at an older api-version. */
  oldRow: { readonly every: number; readonly apiVersion: string } | undefined;
  /** Whether rows carry `localDNSProfile` at all. Not confirmed of Azure. */
  profiles: boolean;
  /** Most rows of a page, whatever `$top` says. */
  largestPage: number;
  /** Most rows of a whole result; there is no token for the rest. */
  truncateAt: number | undefined;
  /** Source: Resource Graph docs: 10,000 subscriptions a query. */
  subscriptionLimit: number;
}

/** Of each caller. */
interface GraphQuota {
  readonly queries: number;
  readonly seconds: number;
}

/** Seconds. Source: recorded updates of one node took 276, 490 and 545 s, additions 94 and 136 s. */
interface Timing {
  readonly drain: number;
  readonly reimage: number;
  readonly create: number;
  /** An upgrade of the control plane, before its pools. */
  readonly controlPlane: number;
  readonly start: number;
  readonly stop: number;
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
    retentionSeconds: 7 * 24 * 3600,
    strictSiblings: false,
    rollbackOnFailure: false,
    clusterPageSize: 100,
    timing: {
      drain: 36,
      reimage: 240,
      create: 94,
      controlPlane: 300,
      start: 180,
      stop: 120,
      quick: 15,
      abort: 5,
      remove: 120,
      command: 6,
    },
    deniedSubscriptions: new Set(),
    graph: {
      quota: { queries: 15, seconds: 5 },
      oldRow: undefined,
      profiles: true,
      largestPage: 1000,
      truncateAt: undefined,
      subscriptionLimit: 10_000,
    },
    kubernetes: defaultKubernetesSettings(),
  };
}
