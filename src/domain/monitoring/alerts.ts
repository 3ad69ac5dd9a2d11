import { coreDnsEndpoint, exporterEndpoint } from './endpoints.ts';
import { formulas, type FormulaScope } from './formulas.ts';

export type AlertSeverity = 'critical' | 'warning' | 'info';

/** One alert, for every form of alert rules. Texts may hold Prometheus templates (`{{ $labels.instance }}`). */
export interface Alert {
  /** Unique; the name in Prometheus. */
  readonly name: string;
  readonly severity: AlertSeverity;
  /** PromQL; each result is an alert. */
  readonly expression: string;
  /** Minutes that the expression must hold before the alert fires. */
  readonly forMinutes: number;
  readonly summary: string;
  /** Cause and next step. */
  readonly description: string;
}

const node: FormulaScope = { match: '', by: ['cluster', 'instance'], window: '5m' };
const perZone: FormulaScope = { ...node, by: ['cluster', 'instance', 'server', 'zone'] };
const perUpstream: FormulaScope = { ...node, by: ['cluster', 'instance', 'to'] };
const onNode = 'on (cluster, instance)';
const metricsUp = `up{job="${coreDnsEndpoint.job}"}`;
const exporterForwards = `{__name__=~"localdns_(vnet|kube)dns_forward_info",job="${exporterEndpoint.job}"`;

/** Thresholds are proposals for a first rollout. Causes: the node agent's unit and watchdog in AgentBaker. */
const always: readonly Alert[] = [
  {
    name: 'LocalDNSUnitInactive',
    severity: 'critical',
    expression:
      `${formulas.unitActive(node)} == 0 or ` +
      `(${formulas.exporterReachable(node)} unless ${onNode} ${formulas.unitActive(node)}) * 0`,
    forMinutes: 2,
    summary: 'LocalDNS is not running on {{ $labels.instance }}',
    description:
      'Pods on this node have no DNS until LocalDNS runs again; nothing else answers at their name server address. ' +
      'Restart the unit on the node (systemctl restart localdns) or replace the node.',
  },
  {
    name: 'LocalDNSExporterStale',
    severity: 'warning',
    expression: `${formulas.exporterAge(node)} > 60`,
    forMinutes: 2,
    summary: 'The LocalDNS exporter on {{ $labels.instance }} no longer updates its metrics',
    description:
      'The exporter refreshes every 12 seconds. State, memory and upstreams of this node are not known until it does.',
  },
  {
    name: 'LocalDNSMetricsUnreachable',
    severity: 'critical',
    expression: `${metricsUp} == 0 and max_over_time(${metricsUp}[6h]) == 1`,
    forMinutes: 2,
    summary: 'CoreDNS of LocalDNS on {{ $labels.instance }} does not answer on port 9253',
    description:
      'It answered within the last 6 hours, so it has stopped, or the node is gone or being reimaged. ' +
      'If LocalDNS was disabled on purpose, the alert ends by itself after 6 hours.',
  },
  {
    name: 'LocalDNSUpstreamsDown',
    severity: 'critical',
    expression: `${formulas.allUpstreamsDown(node)} > 0`,
    forMinutes: 0,
    summary: 'All upstream DNS servers of a zone are down for {{ $labels.instance }}',
    description:
      'LocalDNS answers from its cache while it can, then with SERVFAIL. ' +
      'Check the DNS servers of the virtual network, the CoreDNS pods, and whether port 53 is open to them over TCP and UDP.',
  },
  {
    name: 'LocalDNSErrors',
    severity: 'warning',
    expression: `${formulas.errorRatio(perZone)} > 0.01 and ${formulas.responses(perZone)} > 1`,
    forMinutes: 10,
    summary: 'More than 1 % of the answers for {{ $labels.zone }} on {{ $labels.instance }} are errors',
    description: 'SERVFAIL or REFUSED reaches the pods. Check the upstream DNS servers of this zone.',
  },
  {
    name: 'LocalDNSConcurrencyLimit',
    severity: 'warning',
    expression: `${formulas.concurrencyRejects(node)} > 0`,
    forMinutes: 5,
    summary: 'LocalDNS on {{ $labels.instance }} refuses queries because maxConcurrent is reached',
    description: 'An upstream is slow, or maxConcurrent of the zone is too low for this node.',
  },
  {
    name: 'LocalDNSOutageMasked',
    severity: 'warning',
    expression:
      `${formulas.staleRatio({ ...node, by: ['cluster', 'instance', 'server', 'zones'] })} > 0.2 and ${onNode} ` +
      `${formulas.upstreamHealthcheckFailures(node)} > 0`,
    forMinutes: 0,
    summary: 'Stale answers hide an outage of an upstream DNS server from the pods on {{ $labels.instance }}',
    description:
      'More than 20 % of the answers for {{ $labels.zones }} are past their time to live, and health checks of an upstream fail. ' +
      'When serveStaleDurationInSeconds has passed, these names fail.',
  },
  {
    name: 'LocalDNSUpstreamSlow',
    severity: 'warning',
    expression: `${formulas.upstreamLatencyP99(perUpstream)} > 1`,
    forMinutes: 10,
    summary: 'The upstream DNS server {{ $labels.to }} is slow for {{ $labels.instance }}',
    description: 'One reply in a hundred takes longer than a second.',
  },
  {
    name: 'LocalDNSMemory',
    severity: 'warning',
    expression: `${formulas.memoryShare(node)} > 0.85`,
    forMinutes: 10,
    summary: 'LocalDNS on {{ $labels.instance }} uses more than 85 % of its memory',
    description: 'At 128 MiB the kernel ends it: the cache is lost, and pods have no DNS until it has restarted.',
  },
  {
    name: 'LocalDNSCpu',
    severity: 'warning',
    expression: `${formulas.cpuShare(node)} > 0.8`,
    forMinutes: 10,
    summary: 'LocalDNS on {{ $labels.instance }} uses more than 80 % of its CPU limit',
    description: 'At 2 CPUs it is throttled, and answers become slow. Find the pods that query most.',
  },
  {
    name: 'LocalDNSUpstreamMissing',
    severity: 'critical',
    expression: `count by (cluster, instance, status) (${exporterForwards},status!="ok"})`,
    forMinutes: 10,
    summary: 'LocalDNS on {{ $labels.instance }} has no usable upstream DNS server ({{ $labels.status }})',
    description: 'Its effective Corefile is missing or forwards to nothing. Reimage the node through AKS.',
  },
  {
    name: 'LocalDNSPanics',
    severity: 'warning',
    expression: `${formulas.panics({ ...node, window: '10m' })} > 0`,
    forMinutes: 0,
    summary: 'CoreDNS of LocalDNS on {{ $labels.instance }} has recovered from a panic',
    description: 'Collect its log (journalctl -t localdns-coredns on the node) and open a support request.',
  },
  {
    name: 'LocalDNSFlapping',
    severity: 'critical',
    expression: `${formulas.restarts({ ...node, window: '30m' })} > 2`,
    forMinutes: 0,
    summary: 'LocalDNS on {{ $labels.instance }} has restarted several times in 30 minutes',
    description:
      'Pods have no DNS during each restart. After 5 failed starts in a row, systemd gives up and it stays down.',
  },
];

/** The alert that a node forwards to a DNS server other than the expected ones, such as after a change of the VNet. */
function unexpectedUpstream(expected: readonly string[]): Alert {
  const pattern = expected.map((address) => address.replaceAll('.', String.raw`\\.`)).join('|');
  return {
    name: 'LocalDNSUpstreamUnexpected',
    severity: 'warning',
    expression: `count by (cluster, instance, ip) (${exporterForwards},status="ok",ip!~"${pattern}"})`,
    forMinutes: 10,
    summary: 'LocalDNS on {{ $labels.instance }} forwards to the unexpected DNS server {{ $labels.ip }}',
    description:
      'If the DNS servers of the virtual network were changed, the node keeps the old ones until it is reimaged: ' +
      'aks-localdns nodepool upgrade --node-image-only.',
  };
}

/** All alerts. `upstreams` are the expected IP addresses of upstream DNS servers; without them none is unexpected. */
export function alerts(upstreams: readonly string[]): readonly Alert[] {
  return upstreams.length === 0 ? always : [...always, unexpectedUpstream(upstreams)];
}
