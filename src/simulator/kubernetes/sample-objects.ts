import { asString, at, without, type JsonObject } from '../../core/json.ts';
import type { Cluster } from '../world.ts';
import { dnsServiceIp } from './nodes.ts';

/** An object of the start, with the collection that it is kept in. */
export interface SampleObject {
  readonly resource: string;
  readonly object: JsonObject;
}

function named(kind: string, apiVersion: string, namespace: string, name: string, rest: JsonObject): JsonObject {
  return { kind, apiVersion, metadata: { name, ...(namespace === '' ? {} : { namespace }) }, ...rest };
}

function configMap(namespace: string, name: string, data: JsonObject): SampleObject {
  return { resource: '/configmaps', object: named('ConfigMap', 'v1', namespace, name, { data }) };
}

/** Source: the Corefile of AKS, and its ConfigMap for rules of one's own (empty until somebody writes one). */
function corednsConfig(custom: JsonObject): readonly SampleObject[] {
  const corefile = `.:53 {
    errors
    ready
    health {
      lameduck 5s
    }
    kubernetes cluster.local in-addr.arpa ip6.arpa {
      pods insecure
      fallthrough in-addr.arpa ip6.arpa
      ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf
    cache 30
    loop
    reload
    loadbalance
    import custom/*.override
}
import custom/*.server
`;
  return [
    configMap('kube-system', 'coredns', { Corefile: corefile }),
    configMap('kube-system', 'coredns-custom', custom),
  ];
}

const servicePorts = [
  { name: 'dns', protocol: 'UDP', port: 53, targetPort: 53 },
  { name: 'dns-tcp', protocol: 'TCP', port: 53, targetPort: 53 },
];

/** Where CoreDNS' pods are: behind the service of the same name. */
export function dnsEndpoints(addresses: readonly string[]): SampleObject {
  const ports = servicePorts.map((port) => without(port, ['targetPort']));
  const subsets = [{ addresses: addresses.map((ip) => ({ ip })), ports }];
  return { resource: '/endpoints', object: named('Endpoints', 'v1', 'kube-system', 'kube-dns', { subsets }) };
}

/** The service that pods without LocalDNS ask. */
function dnsService(cluster: Cluster): readonly SampleObject[] {
  const clusterIP = dnsServiceIp(cluster);
  return [
    {
      resource: '/services',
      object: named('Service', 'v1', 'kube-system', 'kube-dns', {
        spec: {
          clusterIP,
          clusterIPs: [clusterIP],
          type: 'ClusterIP',
          selector: { 'k8s-app': 'kube-dns' },
          ports: servicePorts,
        },
      }),
    },
    {
      resource: '/services',
      object: named('Service', 'v1', 'default', 'kubernetes', {
        spec: {
          clusterIP: '10.0.0.1',
          clusterIPs: ['10.0.0.1'],
          type: 'ClusterIP',
          ports: [{ port: 443, protocol: 'TCP' }],
        },
      }),
    },
  ];
}

/** What is there in every cluster, beside its workloads. */
export function systemObjects(cluster: Cluster, custom: JsonObject = {}): readonly SampleObject[] {
  return [...corednsConfig(custom), ...dnsService(cluster)];
}

function policy(namespace: string, name: string, spec: JsonObject): SampleObject {
  return {
    resource: 'networking.k8s.io/networkpolicies',
    object: named('NetworkPolicy', 'networking.k8s.io/v1', namespace, name, { spec }),
  };
}

const dnsPorts = [
  { protocol: 'UDP', port: 53 },
  { protocol: 'TCP', port: 53 },
];

/** Rules of `coredns-custom` that clients of LocalDNS would no longer meet. */
export const ownDnsRules: JsonObject = {
  'contoso.server': 'contoso.local:53 {\n    errors\n    cache 30\n    forward . 10.1.0.53\n}\n',
  'log.override': 'log\n',
};

const labelled = (name: string): JsonObject => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

/** Egress is denied in `payments`, and DNS allowed to CoreDNS only; in `data` to any address. */
export const difficultObjects: readonly SampleObject[] = [
  policy('payments', 'default-deny-egress', { podSelector: {}, policyTypes: ['Egress'] }),
  policy('payments', 'allow-dns', {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [
      {
        to: [{ namespaceSelector: labelled('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
        ports: dnsPorts,
      },
    ],
  }),
  policy('data', 'allow-dns-everywhere', { podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: dnsPorts }] }),
  // Over no pod at all.
  {
    resource: 'policy/poddisruptionbudgets',
    object: named('PodDisruptionBudget', 'policy/v1', 'legacy', 'retired-pdb', {
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'retired' } } },
      status: { currentHealthy: 0, desiredHealthy: 1, disruptionsAllowed: 0, expectedPods: 0, observedGeneration: 1 },
    }),
  },
  {
    resource: '/persistentvolumes',
    object: named('PersistentVolume', 'v1', '', 'pvc-0b7e1f2a', {
      spec: {
        capacity: { storage: '64Gi' },
        accessModes: ['ReadWriteOnce'],
        csi: { driver: 'disk.csi.azure.com', volumeHandle: 'pvc-0b7e1f2a' },
        claimRef: { kind: 'PersistentVolumeClaim', namespace: 'data', name: 'data-orders-db-0' },
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  { key: 'topology.disk.csi.azure.com/zone', operator: 'In', values: ['westeurope-1'] },
                ],
              },
            ],
          },
        },
      },
      status: { phase: 'Bound' },
    }),
  },
  {
    resource: '/persistentvolumeclaims',
    object: named('PersistentVolumeClaim', 'v1', 'data', 'data-orders-db-0', {
      spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'managed-csi', volumeName: 'pvc-0b7e1f2a' },
      status: { phase: 'Bound', capacity: { storage: '64Gi' } },
    }),
  },
  configMap('kube-system', 'ama-metrics-prometheus-config-node', {
    'prometheus-config':
      'scrape_configs:\n- job_name: node-exporter\n  scrape_interval: 30s\n  static_configs:\n  - targets: ["$NODE_IP:9100"]\n',
  }),
];

function cilium(kind: string, plural: string, namespace: string, name: string, spec: JsonObject): SampleObject {
  return { resource: `cilium.io/${plural}`, object: named(kind, 'cilium.io/v2', namespace, name, { spec }) };
}

const corednsPods = {
  matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s-app': 'kube-dns' },
};

/** In a cluster with Cilium: DNS to CoreDNS alone, a policy by names, and one for the whole cluster. */
export const ciliumObjects: readonly SampleObject[] = [
  cilium('CiliumNetworkPolicy', 'ciliumnetworkpolicies', 'shop', 'allow-dns', {
    endpointSelector: {},
    egress: [{ toEndpoints: [corednsPods], toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }] }] }],
  }),
  cilium('CiliumNetworkPolicy', 'ciliumnetworkpolicies', 'payments', 'allow-bank', {
    endpointSelector: {},
    egress: [
      {
        toEndpoints: [corednsPods],
        toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }],
      },
      { toFQDNs: [{ matchName: 'api.bank.example' }], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] },
    ],
  }),
  cilium('CiliumClusterwideNetworkPolicy', 'ciliumclusterwidenetworkpolicies', '', 'no-metadata-service', {
    endpointSelector: {},
    egressDeny: [{ toCIDR: ['169.254.169.254/32'] }],
  }),
];

/** Source: Kubernetes docs, NodeLocal DNSCache: the address that it listens on. */
export const nodeLocalDnsObjects: readonly SampleObject[] = [
  configMap('kube-system', 'node-local-dns', {
    Corefile:
      'cluster.local:53 {\n    errors\n    cache 30\n    bind 169.254.20.10 10.0.0.10\n    forward . __PILLAR__CLUSTER__DNS__\n}\n',
  }),
];

export function namespaceOf({ object }: SampleObject): string {
  return asString(at(object, 'metadata', 'namespace')) ?? '';
}
