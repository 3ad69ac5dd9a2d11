import type { DnsFault } from '../kubernetes/behaviour.ts';
import type { World } from '../world.ts';
import type { ScenarioRecord } from './scenario.ts';

/** LocalDNS is ill on the first node of every pool, or on all. */
function ill(fault: DnsFault, nodes: 'first' | 'all'): (world: World) => void {
  return (world) => {
    world.settings.kubernetes.dnsFault = { fault, nodes };
  };
}

function denied(...rules: readonly (readonly [verb: string, resource: string])[]): (world: World) => void {
  return (world) => {
    for (const [verb, resource] of rules) world.settings.kubernetes.denied.push({ verb, resource });
  };
}

const seen = 'tried on a real node with a real LocalDNS';
const rbac = "Kubernetes' RBAC; texts of the API server 1.33";

/** What goes wrong inside the clusters. */
export const kubernetesScenarios: readonly ScenarioRecord[] = [
  {
    name: 'localdns-dead',
    summary: 'LocalDNS died on the first node of every pool that has it; its interface is still there.',
    source: seen,
    prepare: ill('closed', 'first'),
  },
  {
    name: 'localdns-unit-stopped',
    summary: 'The LocalDNS unit is stopped on the first node of every pool that has it; its interface is gone.',
    source: `${seen}; AgentBaker #9439: the start limit leaves the unit failed`,
    prepare: ill('stopped', 'first'),
  },
  {
    name: 'dns-policy-drops-udp',
    summary: 'A network policy drops what pods send to LocalDNS over UDP.',
    source: seen,
    prepare: ill('udp-blocked', 'all'),
  },
  {
    name: 'dns-policy-drops-tcp',
    summary: 'A network policy drops what pods send to LocalDNS over TCP.',
    source: seen,
    prepare: ill('tcp-blocked', 'all'),
  },
  {
    name: 'dns-policy-drops-all',
    summary: 'A network policy drops all that pods send to LocalDNS; pods on the network of their host still reach it.',
    source: seen,
    prepare: ill('blocked', 'all'),
  },
  {
    name: 'upstream-dns-dead',
    summary: 'The DNS servers behind LocalDNS do not answer, on every node, and its cache is cold.',
    source: seen,
    prepare: ill('upstream-dead', 'all'),
  },
  {
    name: 'pods-from-before',
    summary: 'Pods keep the name servers from before LocalDNS came to their node, and go past it.',
    source: 'tried on a real node; resolv.conf is written when a pod is made',
    prepare: (world) => {
      world.settings.kubernetes.oldPods = true;
    },
  },
  {
    name: 'node-full',
    summary: 'The first node of every pool has no room for another pod.',
    source: 'scheduler and kubelet of Kubernetes 1.33',
    prepare: (world) => {
      world.settings.kubernetes.fullNodes = 'first';
    },
  },
  {
    name: 'pods-refused',
    summary: 'An admission policy refuses every new pod: its image comes from no registry that is allowed.',
    source: 'Azure Policy for AKS (Gatekeeper); form of its text',
    prepare: (world) => {
      world.settings.kubernetes.podsRefused =
        'admission webhook "validation.gatekeeper.sh" denied the request: [azurepolicy-k8sazurev2containerallowedimag-0a1b2c3d4e5f60718293] Container image of the pod has not been allowed.';
    },
  },
  {
    name: 'pod-security-restricted',
    summary: 'Every namespace but those of AKS enforces the pod security level "restricted".',
    source: 'Pod Security Standards; texts of the API server 1.33',
    prepare: (world) => {
      world.settings.kubernetes.restricted = true;
    },
  },
  {
    name: 'registry-unreachable',
    summary: 'No image can be pulled, as in a closed network without a mirror.',
    source: 'kubelet and containerd 1.7',
    prepare: (world) => {
      world.settings.kubernetes.registryUnreachable = true;
    },
  },
  {
    name: 'busy-clusters',
    summary: 'Every node runs 20 pods more, each in a namespace of its own.',
    source: 'chosen; a cluster of 500 nodes has some 11,000 pods then',
    prepare: (world) => {
      world.settings.kubernetes.podsPerNode = 20;
    },
  },
  {
    name: 'no-pods-create',
    summary: 'The caller may not create pods in the clusters.',
    source: rbac,
    prepare: denied(['create', 'pods']),
  },
  {
    name: 'no-nodes-proxy',
    summary: "The caller may not use the nodes' proxy: neither the kubelet's configuration nor metrics.",
    source: rbac,
    prepare: denied(['get', 'nodes/proxy'], ['create', 'nodes/proxy']),
  },
  {
    name: 'namespace-reader',
    summary: 'The caller may read what is in namespaces, but no nodes, and may change nothing.',
    source: rbac,
    prepare: denied(
      ...['create', 'update', 'patch', 'delete', 'deletecollection'].map((verb) => [verb, '*'] as const),
      ...['get', 'list', 'watch'].map((verb) => [verb, 'nodes'] as const),
      ['get', 'nodes/proxy'],
    ),
  },
];
