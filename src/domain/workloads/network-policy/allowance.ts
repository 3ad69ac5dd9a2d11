import { toYaml } from '../../../core/yaml.ts';
import { own, type JsonObject } from '../../../core/json.ts';
import type { EngineBehaviour } from './engine.ts';
import type { GroupJudgement } from './judge.ts';
import type { Policy } from './policies.ts';

const listeners = ['169.254.10.10/32', '169.254.10.11/32'];

/** At most 253 characters. Source: Kubernetes documentation, Object Names. */
const nameOf = (policy: Policy): string => `${policy.name.slice(0, 230)}-allow-localdns`;

function metadata(policy: Policy): JsonObject {
  return {
    name: nameOf(policy),
    ...(policy.namespace === undefined ? {} : { namespace: policy.namespace }),
  };
}

/** Rules for Cilium: the node from 1.17 on, before it the addresses as well. */
function ciliumEgress(either: boolean): readonly JsonObject[] {
  const toPorts = [{ ports: [{ port: '53', protocol: 'ANY' }] }];
  return [{ toEntities: ['host'], toPorts }, ...(either ? [{ toCIDR: listeners, toPorts }] : [])];
}

function kubernetesAllowance(policy: Policy): JsonObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata(policy),
    spec: {
      podSelector: own(policy.spec, 'podSelector') ?? {},
      policyTypes: ['Egress'],
      egress: [
        {
          to: listeners.map((cidr) => ({ ipBlock: { cidr } })),
          ports: ['UDP', 'TCP'].map((protocol) => ({ protocol, port: 53 })),
        },
      ],
    },
  };
}

function ciliumAllowance(policy: Policy, behaviour: EngineBehaviour): JsonObject {
  const clusterwide = policy.namespace === undefined;
  return {
    apiVersion: 'cilium.io/v2',
    kind: clusterwide ? 'CiliumClusterwideNetworkPolicy' : 'CiliumNetworkPolicy',
    metadata: metadata(policy),
    spec: {
      endpointSelector: own(policy.spec, policy.kind === 'NetworkPolicy' ? 'podSelector' : 'endpointSelector') ?? {},
      egress: ciliumEgress(behaviour.listener === 'either'),
    },
  };
}

/**
 * Policies to add, as YAML, so that the pods reach LocalDNS: one beside each blocking policy, for the pods that it
 * selects and no other, since a policy isolates whatever it selects. Undefined if nothing can be added: a deny rule
 * stands in the way, or what blocks is not known.
 */
export function allowance(groups: readonly GroupJudgement[], behaviour: EngineBehaviour): string | undefined {
  const blocking = [...new Set(groups.flatMap((group) => group.blocking))];
  if (blocking.length === 0 || behaviour.listener === undefined) return undefined;
  if (blocking.some((policy) => own(policy.spec, 'egressDeny') !== undefined)) return undefined;
  // Several specs of one resource have its name.
  const byName = new Map(blocking.map((policy) => [`${policy.kind}/${policy.namespace ?? ''}/${policy.name}`, policy]));
  return [...byName.values()]
    .map((policy) =>
      toYaml(behaviour.engine === 'cilium' ? ciliumAllowance(policy, behaviour) : kubernetesAllowance(policy)),
    )
    .join('---\n');
}
