import type { Report } from './report.ts';

/** Whether the pods of a namespace will reach LocalDNS on their nodes. */
export interface NamespaceReach {
  readonly namespace: string;
  readonly reach: 'yes' | 'no' | 'unknown';
  /** Workloads in manifests, apart from those on the node's own network. */
  readonly workloads: number;
  /** Workloads that will not reach LocalDNS. */
  readonly blocked: number;
  /** The network policies that restrict the egress of workloads that are blocked or not known. */
  readonly blockedBy: readonly string[];
  /** Network policies that let the pods reach LocalDNS, as YAML; absent if none are needed or known. */
  readonly policiesToAdd?: string;
}

/** What in a cluster, or in manifests for it, gets in the way of LocalDNS. */
export interface DeepReport extends Report {
  readonly networkPolicy: string;
  /** Of Cilium, such as `1.17`. */
  readonly engineVersion?: string;
  readonly namespaces: readonly NamespaceReach[];
}
