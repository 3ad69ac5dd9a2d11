import type { JsonObject } from '../../core/json.ts';
import type { Workload } from './workload.ts';

const system = 'kube-system';
const systemNodes = { 'kubernetes.azure.com/mode': 'system' };
const userNodes = { agentpool: 'userpool' };
const oss = 'mcr.microsoft.com/oss/v2/kubernetes';

/** What AKS runs in every cluster. */
export const systemWorkloads: readonly Workload[] = [
  {
    kind: 'Deployment',
    namespace: system,
    name: 'coredns',
    replicas: 2,
    labels: { 'k8s-app': 'kube-dns', 'kubernetes.azure.com/managedby': 'aks' },
    nodes: systemNodes,
    image: `${oss}/coredns:v1.12.1`,
    spec: { dnsPolicy: 'Default', priorityClassName: 'system-node-critical' },
    budget: { minAvailable: 1 },
  },
  {
    kind: 'Deployment',
    namespace: system,
    name: 'coredns-autoscaler',
    labels: { 'k8s-app': 'coredns-autoscaler' },
    nodes: systemNodes,
    image: `${oss}/autoscaler/cluster-proportional-autoscaler:v1.9.0`,
  },
  {
    kind: 'Deployment',
    namespace: system,
    name: 'metrics-server',
    replicas: 2,
    labels: { 'k8s-app': 'metrics-server' },
    nodes: systemNodes,
    image: `${oss}/metrics-server:v0.7.2`,
    budget: { minAvailable: 1 },
  },
  {
    kind: 'DaemonSet',
    namespace: system,
    name: 'kube-proxy',
    labels: { component: 'kube-proxy', tier: 'node' },
    image: `${oss}/kube-proxy:v1.33.4`,
    spec: { hostNetwork: true, dnsPolicy: 'ClusterFirst', tolerations: [{ operator: 'Exists' }] },
  },
  {
    kind: 'DaemonSet',
    namespace: system,
    name: 'azure-ip-masq-agent',
    labels: { 'k8s-app': 'azure-ip-masq-agent', tier: 'node' },
    image: 'mcr.microsoft.com/aks/ip-masq-agent-v2:v0.1.15',
    spec: { hostNetwork: true, tolerations: [{ operator: 'Exists' }] },
  },
  {
    kind: 'DaemonSet',
    namespace: system,
    name: 'ama-metrics-node',
    labels: { dsName: 'ama-metrics-node' },
    image: 'mcr.microsoft.com/azuremonitor/containerinsights/ciprod/prometheus-collector/images:6.24.1',
    spec: { tolerations: [{ operator: 'Exists' }] },
  },
];

/** An application that any drain gets along with. */
export const calmWorkloads: readonly Workload[] = [
  { kind: 'Deployment', namespace: 'shop', name: 'web', replicas: 3, budget: { maxUnavailable: 1 } },
];

const volume = (name: string, source: JsonObject): JsonObject => ({ volumes: [{ name, ...source }] });

/** Applications in the way of a drain, or of LocalDNS, each in its own way. */
export const difficultWorkloads: readonly Workload[] = [
  { kind: 'Deployment', namespace: 'shop', name: 'web', replicas: 3, nodes: userNodes, budget: { maxUnavailable: 1 } },
  // Its budget is used up by a pod that is not ready.
  {
    kind: 'Deployment',
    namespace: 'shop',
    name: 'checkout',
    replicas: 2,
    unready: 1,
    nodes: userNodes,
    budget: { minAvailable: 1 },
  },
  // Its budget can never be met by a drain: all pods must be there.
  {
    kind: 'StatefulSet',
    namespace: 'shop',
    name: 'cart',
    replicas: 2,
    nodes: userNodes,
    budget: { minAvailable: '100%' },
  },
  { kind: 'Deployment', namespace: 'payments', name: 'ledger', nodes: userNodes, budget: { minAvailable: 1 } },
  { kind: 'Deployment', namespace: 'payments', name: 'gateway', replicas: 2, nodes: userNodes },
  // No controller starts it again.
  { kind: 'Pod', namespace: 'shop', name: 'debug-shell', nodes: userNodes },
  {
    kind: 'Deployment',
    namespace: 'shop',
    name: 'image-cache',
    replicas: 2,
    nodes: userNodes,
    spec: volume('cache', { emptyDir: {} }),
  },
  {
    kind: 'Deployment',
    namespace: 'shop',
    name: 'report-builder',
    nodes: userNodes,
    spec: { terminationGracePeriodSeconds: 3600 },
  },
  {
    kind: 'StatefulSet',
    namespace: 'data',
    name: 'orders-db',
    nodes: { ...userNodes, 'topology.kubernetes.io/zone': 'westeurope-1' },
    spec: volume('data', { persistentVolumeClaim: { claimName: 'data-orders-db-0' } }),
  },
  // They go past LocalDNS, whatever the node says.
  {
    kind: 'Deployment',
    namespace: 'legacy',
    name: 'mainframe-bridge',
    replicas: 2,
    spec: { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.0.0.10'], searches: ['svc.cluster.local'] } },
  },
];

/** Source: Kubernetes docs, NodeLocal DNSCache. */
export const nodeLocalDns: readonly Workload[] = [
  {
    kind: 'DaemonSet',
    namespace: system,
    name: 'node-local-dns',
    labels: { 'k8s-app': 'node-local-dns' },
    image: 'registry.k8s.io/dns/k8s-dns-node-cache:1.25.0',
    spec: { hostNetwork: true, dnsPolicy: 'Default', tolerations: [{ operator: 'Exists' }] },
  },
];

/** For clusters of many pods: so many of one namespace on each node. */
export function busyWorkloads(podsPerNode: number): readonly Workload[] {
  return Array.from({ length: podsPerNode }, (_, index) => ({
    kind: 'DaemonSet',
    namespace: `team-${String(index + 1).padStart(2, '0')}`,
    name: 'worker',
  }));
}
