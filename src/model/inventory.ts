import type { ExitCodeName } from '../core/exit-codes.ts';
import type { Cluster } from './cluster.ts';
import type { Subscription } from './registration.ts';

/** Which clusters are meant. All conditions hold together. */
export interface ClusterScope {
  /** Clusters of these subscriptions; those that are disabled or cannot be read come back as troubles. */
  readonly subscriptions: readonly Subscription[];
  readonly resourceGroup?: string | undefined;
  readonly clusterName?: string | undefined;
  /** Azure's region names, in lower case. */
  readonly locations?: readonly string[] | undefined;
  /** Tags of the cluster; a value that is absent: any. */
  readonly tags?: readonly { readonly key: string; readonly value: string | undefined }[] | undefined;
  /** A glob (`*`, `?`) on the cluster's name, case-insensitive. */
  readonly clusterPattern?: string | undefined;
  /** These clusters alone, by resource id. */
  readonly clusterIds?: readonly string[] | undefined;
}

export const scopeTroubleKinds = [
  'subscription-disabled',
  'subscription-not-readable',
  'cluster-not-readable',
  'cluster-gone',
  'pool-gone',
  'page-failed',
  'truncated',
] as const;

/** A part of the scope that could not be read, or not in full: a row of the report, never silence. */
export interface ScopeTrouble {
  readonly kind: (typeof scopeTroubleKinds)[number];
  /** Empty where that cannot be told: of an id that is none. */
  readonly subscriptionId: string;
  /** Of the subscription, the cluster or the node pool. */
  readonly resourceId: string;
  /** One sentence, ready to print. */
  readonly why: string;
  /** Of the error that answered, where one did. */
  readonly exit?: ExitCodeName;
}

/** Resource Graph, a copy that may lag; or Azure Resource Manager, exact. */
export type ReadFrom = 'graph' | 'arm';

/** Clusters as they come: judged and forgotten, so that memory is bounded. */
export interface ClusterPage {
  /** What named the clusters. Absent where nothing was read. */
  readonly from?: ReadFrom | undefined;
  readonly clusters: readonly Cluster[];
  readonly troubles: readonly ScopeTrouble[];
  /** How many clusters there are in all, where the source says so. */
  readonly total: number | undefined;
}

/** `auto`: Resource Graph, and ARM where that is denied. */
export type ClusterSource = 'auto' | 'graph' | 'arm';

/** A quota of Azure Compute in one region of one subscription. */
export interface Usage {
  /** `cores`, `lowPriorityCores`, or a family such as `standardDDSv5Family`. */
  readonly name: string;
  readonly current: number;
  readonly limit: number;
}

export interface Subnet {
  readonly id: string;
  /** CIDRs. */
  readonly prefixes: readonly string[];
  /** Addresses in use. */
  readonly used: number;
  readonly networkSecurityGroupId: string | undefined;
}

export interface VirtualNetwork {
  readonly id: string;
  /** DNS servers of its own; empty means Azure DNS. */
  readonly dnsServers: readonly string[];
}

export interface SecurityRule {
  readonly name: string;
  readonly direction: string;
  readonly access: string;
  readonly priority: number;
  readonly protocol: string;
  /** Addresses, CIDRs, service tags or `*`; empty where the rule names application security groups. */
  readonly destinations: readonly string[];
  /** The same of where the traffic comes from; any where absent. */
  readonly sources?: readonly string[];
  /** `53`, `1-1024`, `*`. */
  readonly ports: readonly string[];
}
