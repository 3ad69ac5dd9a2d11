/** What enforces network policies on the nodes of a cluster. */
export type PolicyEngine = 'none' | 'azure' | 'calico' | 'cilium';

/**
 * How an engine sees a pod's traffic to LocalDNS, which listens on the pod's own node.
 * - `ignored`: it is not filtered.
 * - `address`: rules with an address range or with ports alone match it; selectors do not.
 * - `host`: it has the identity of the node; an address range does not match it.
 * - `either`: an address or the node, and it may change when the agent restarts, so both must be allowed.
 */
type ListenerIdentity = 'ignored' | 'address' | 'host' | 'either';

export interface EngineBehaviour {
  readonly engine: PolicyEngine;
  /** Undefined: what we do not know of an engine is unknown. */
  readonly listener: ListenerIdentity | undefined;
  readonly source: string;
}

/** Cilium's minor version, such as 17 of 1.17.3; undefined if it is not one. */
function ciliumMinor(version: string | undefined): number | undefined {
  const minor = /^v?1\.(\d{1,3})(?:\.|$)/.exec(version ?? '')?.[1];
  return minor === undefined ? undefined : Number(minor);
}

/**
 * The behaviour of an engine towards 169.254.10.10 and .11. `version` matters for Cilium alone. Sources: Azure NPM's
 * rules are in FORWARD only (azure-container-networking #579, #2786); Calico filters traffic of a workload to its host
 * (felix, INPUT); Cilium before 1.17 sees an address outside the cluster or the host (cilium #18644, #33144, #36761),
 * from 1.17 on the host (cilium #42528, #42984, PR #25298).
 */
export function engineBehaviour(engine: string | undefined, version: string | undefined): EngineBehaviour | undefined {
  switch (engine?.toLowerCase()) {
    case undefined:
    case '':
    case 'none':
      return { engine: 'none', listener: 'ignored', source: 'AKS: no engine enforces network policies' };
    case 'azure':
      return { engine: 'azure', listener: 'ignored', source: 'azure-container-networking #579, #2786' };
    case 'calico':
      return { engine: 'calico', listener: 'address', source: 'Calico, felix: workload to host' };
    case 'cilium': {
      const minor = ciliumMinor(version);
      const source = 'cilium #18644, #33144, #36761, #42528, #42984';
      if (minor === undefined) return { engine: 'cilium', listener: undefined, source };
      return { engine: 'cilium', listener: minor >= 17 ? 'host' : 'either', source };
    }
    default:
      return undefined;
  }
}
