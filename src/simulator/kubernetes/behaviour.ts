/** What ails LocalDNS on a node. */
export type DnsFault =
  /** A policy drops the queries of pods over UDP, over TCP, or both. */
  | 'udp-blocked'
  | 'tcp-blocked'
  | 'blocked'
  /** CoreDNS died; the interface is still there, so that it refuses. */
  | 'closed'
  /** The unit stopped; the interface is gone, so that nothing answers. */
  | 'stopped'
  /** Its upstream servers do not answer, and its cache is cold. */
  | 'upstream-dead';

/** On the first node of every pool, or on all. */
type Where = 'first' | 'all';

/** A permission of Kubernetes: `create`, `pods`; a subresource as in `nodes/proxy`. */
export interface AccessRule {
  readonly verb: string;
  readonly resource: string;
}

/** How the clusters behave as a whole; scenarios change it. */
export interface KubernetesSettings {
  dnsFault: { readonly fault: DnsFault; readonly nodes: Where } | undefined;
  /** Nodes without room for another pod. */
  fullNodes: Where | undefined;
  /** What callers may not do. */
  readonly denied: AccessRule[];
  /** Why an admission webhook refuses every pod. */
  podsRefused: string | undefined;
  /** Whether the namespaces enforce the pod security level "restricted". */
  restricted: boolean;
  /** Whether no image can be pulled. */
  registryUnreachable: boolean;
  /** Whether each pod was made before LocalDNS came to its node, and keeps the name server of then. */
  oldPods: boolean;
  /** Pods that each node runs beside those of the sample. */
  podsPerNode: number;
  /** Seconds from creation until a pod's containers run. */
  readonly podStart: number;
}

export function defaultKubernetesSettings(): KubernetesSettings {
  return {
    dnsFault: undefined,
    fullNodes: undefined,
    denied: [],
    podsRefused: undefined,
    restricted: false,
    registryUnreachable: false,
    oldPods: false,
    podsPerNode: 0,
    podStart: 1,
  };
}
