import type { ExitCodeName } from '../core/exit-codes.ts';
import type { Cluster } from './cluster.ts';
import type { Subscription } from './registration.ts';

/** A tag to look for. */
export interface Tag {
  readonly key: string;
  /** An absent value matches any. */
  readonly value: string | undefined;
}

/** Which clusters to read. All conditions must hold. */
export interface ClusterScope {
  /** Clusters of these subscriptions; those that are disabled or unreadable are returned as problems. */
  readonly subscriptions: readonly Subscription[];
  readonly resourceGroup?: string | undefined;
  readonly clusterName?: string | undefined;
  /** Azure's region names, in lower case. */
  readonly locations?: readonly string[] | undefined;
  /** Tags of the cluster. */
  readonly tags?: readonly Tag[] | undefined;
  /** A glob (`*`, `?`) on the cluster name, case-insensitive. */
  readonly clusterPattern?: string | undefined;
  /** Only these clusters, by resource ID. */
  readonly clusterIds?: readonly string[] | undefined;
}

export const scopeProblemKinds = [
  'subscription-disabled',
  'subscription-not-readable',
  'cluster-not-readable',
  'cluster-gone',
  'pool-gone',
  'page-failed',
  'truncated',
] as const;

/** A part of the scope that could not be read completely; it becomes a row of the report. */
export interface ScopeProblem {
  readonly kind: (typeof scopeProblemKinds)[number];
  /** Empty if unknown, for example for an invalid ID. */
  readonly subscriptionId: string;
  /** ID of the subscription, the cluster or the node pool. */
  readonly resourceId: string;
  /** One sentence, ready to print. */
  readonly why: string;
  /** Azure's error code, if an error was returned. */
  readonly exit?: ExitCodeName;
}

/** Resource Graph, a copy that may lag; or Azure Resource Manager, always current. */
export type ReadFrom = 'graph' | 'arm';

/** Clusters as they arrive: judged and then dropped, so that memory use is bounded. */
export interface ClusterPage {
  /** The source that listed the clusters. Absent if nothing was read. */
  readonly from?: ReadFrom | undefined;
  readonly clusters: readonly Cluster[];
  readonly problems: readonly ScopeProblem[];
  /** The total number of clusters, if the source reports it. */
  readonly total: number | undefined;
}

/** `auto`: Resource Graph, or ARM if access to it is denied. */
export type ClusterSource = 'auto' | 'graph' | 'arm';

/** An Azure Compute quota in one region of one subscription. */
export interface Usage {
  /** `cores`, `lowPriorityCores`, or a family such as `standardDDSv5Family`. */
  readonly name: string;
  readonly current: number;
  readonly limit: number;
}

export interface Subnet {
  readonly id: string;
  /** CIDR blocks. */
  readonly prefixes: readonly string[];
  /** Addresses in use. */
  readonly used: number;
  readonly networkSecurityGroupId: string | undefined;
}

export interface VirtualNetwork {
  readonly id: string;
  /** Custom DNS servers; empty means Azure DNS. */
  readonly dnsServers: readonly string[];
}

export interface SecurityRule {
  readonly name: string;
  readonly direction: string;
  readonly access: string;
  readonly priority: number;
  readonly protocol: string;
  /** Addresses, CIDR blocks, service tags or `*`; empty if the rule names application security groups. */
  readonly destinations: readonly string[];
  /** The same for the source of the traffic; any if absent. */
  readonly sources?: readonly string[];
  /** `53`, `1-1024`, `*`. */
  readonly ports: readonly string[];
}
