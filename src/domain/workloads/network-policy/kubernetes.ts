import { asArray, asNumber, asString, at, own, type JsonValue } from '../../../core/json.ts';
import { holds } from './cidr.ts';
import type { Labels } from './labels.ts';
import { selects } from './labels.ts';
import type { Policy } from './policies.ts';

export type Protocol = 'UDP' | 'TCP';

/** What is asked of the rules: a listener on the pod's own node. */
export interface Destination {
  readonly address: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** Whether address ranges match it; to Cilium it may be the node instead. */
  readonly hasAddress: boolean;
}

/** Kubernetes's default where `policyTypes` is missing: Ingress, and Egress if there are egress rules. */
function policyTypes(policy: Policy): readonly JsonValue[] {
  const given = own(policy.spec, 'policyTypes');
  if (Array.isArray(given) && given.length > 0) return given as readonly JsonValue[];
  return asArray(own(policy.spec, 'egress')).length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

/** Whether the policy isolates the pod in a direction; undefined if its selector is not one of Kubernetes. */
export function isolates(policy: Policy, labels: Labels, direction: 'Egress' | 'Ingress'): boolean | undefined {
  return policyTypes(policy).includes(direction) ? selects(own(policy.spec, 'podSelector'), labels) : false;
}

function peerMatches(peer: JsonValue, { address, hasAddress }: Destination): boolean {
  const cidr = asString(at(peer, 'ipBlock', 'cidr'));
  // Selectors match pods, and the listener is none.
  if (cidr === undefined || !hasAddress) return false;
  return (
    holds(cidr, address) === true &&
    !asArray(at(peer, 'ipBlock', 'except')).some((range) => holds(asString(range) ?? '', address) === true)
  );
}

function portMatches(rule: JsonValue, { port, protocol }: Destination): boolean {
  if ((asString(own(rule, 'protocol')) ?? 'TCP') !== protocol) return false;
  const first = own(rule, 'port');
  if (first === undefined || first === null) return true;
  // A name stands for a port of a pod, and the listener is none.
  const from = asNumber(first);
  return from !== undefined && port >= from && port <= (asNumber(own(rule, 'endPort')) ?? from);
}

/** Whether an egress rule of the policy allows the destination. Source: API reference, NetworkPolicyEgressRule. */
export function allows(policy: Policy, destination: Destination): boolean {
  return asArray(own(policy.spec, 'egress')).some((rule) => {
    const peers = asArray(own(rule, 'to'));
    const ports = asArray(own(rule, 'ports'));
    return (
      (peers.length === 0 || peers.some((peer) => peerMatches(peer, destination))) &&
      (ports.length === 0 || ports.some((port) => portMatches(port, destination)))
    );
  });
}
