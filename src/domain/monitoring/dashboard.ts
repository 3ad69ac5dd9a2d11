import type { JsonObject } from '../../core/json.ts';
import { formulas, type FormulaName } from './formulas.ts';

/** A unit of Grafana. */
type Unit = 'percentunit' | 's' | 'reqps' | 'ops' | 'short';

interface Panel {
  readonly title: string;
  readonly kind: 'stat' | 'timeseries' | 'table';
  readonly unit: Unit;
  /** Of Grafana's grid of 24. */
  readonly width: number;
  /** Meaning, and what to do about it. */
  readonly description: string;
  readonly queries: readonly {
    readonly formula: FormulaName;
    readonly by: readonly string[];
    readonly legend: string;
  }[];
}

interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

const zone = ['server', 'zone'];
const zones = ['server', 'zones'];

const one = (formula: FormulaName, by: readonly string[] = [], legend = ''): Panel['queries'] => [
  { formula, by, legend },
];

const rows: readonly Row[] = [
  {
    title: 'Is it working?',
    panels: [
      {
        title: 'Nodes that answer',
        kind: 'stat',
        unit: 'short',
        width: 4,
        description: "Nodes whose CoreDNS serves its metrics. Compare with the node pool's count.",
        queries: one('nodesReachable'),
      },
      {
        title: 'Hit ratio',
        kind: 'stat',
        unit: 'percentunit',
        width: 5,
        description: 'Share of lookups answered from the cache, stale answers included.',
        queries: one('hitRatio'),
      },
      {
        title: 'Stale answers',
        kind: 'stat',
        unit: 'percentunit',
        width: 5,
        description:
          'Share of answers past their time to live. Normal with serveStale Immediate and short records; with failing health checks it hides an outage.',
        queries: one('staleRatio'),
      },
      {
        title: 'Errors',
        kind: 'stat',
        unit: 'percentunit',
        width: 5,
        description: 'Share of answers that are SERVFAIL or REFUSED.',
        queries: one('errorRatio'),
      },
      {
        title: 'Latency (p99)',
        kind: 'stat',
        unit: 's',
        width: 5,
        description: 'Time in which 99 of 100 queries are answered.',
        queries: one('latencyP99'),
      },
    ],
  },
  {
    title: 'Queries',
    panels: [
      {
        title: 'Queries per second',
        kind: 'timeseries',
        unit: 'reqps',
        width: 12,
        description: 'By listener (.10 for dnsPolicy Default and the node, .11 for ClusterFirst) and zone.',
        queries: one('queries', zone, '{{server}} {{zone}}'),
      },
      {
        title: 'Latency',
        kind: 'timeseries',
        unit: 's',
        width: 12,
        description: 'Time to answer a client.',
        queries: [
          { formula: 'latencyP50', by: ['server'], legend: 'p50 {{server}}' },
          { formula: 'latencyP95', by: ['server'], legend: 'p95 {{server}}' },
          { formula: 'latencyP99', by: ['server'], legend: 'p99 {{server}}' },
        ],
      },
      {
        title: 'Errors by zone',
        kind: 'timeseries',
        unit: 'percentunit',
        width: 12,
        description: 'Share of answers that are SERVFAIL or REFUSED.',
        queries: one('errorRatio', zone, '{{server}} {{zone}}'),
      },
      {
        title: 'Names that do not exist',
        kind: 'timeseries',
        unit: 'percentunit',
        width: 12,
        description:
          'Share of answers that are NXDOMAIN. On cluster.local it is the cost of the search list; names with a final dot avoid it.',
        queries: one('nxdomainRatio', zone, '{{server}} {{zone}}'),
      },
    ],
  },
  {
    title: 'Cache',
    panels: [
      {
        title: 'Hit ratio by zone',
        kind: 'timeseries',
        unit: 'percentunit',
        width: 12,
        description: 'With and without the names that LocalDNS itself refuses to forward.',
        queries: [
          { formula: 'hitRatio', by: zones, legend: '{{server}} {{zones}}' },
          { formula: 'hitRatioWithoutGuard', by: zones, legend: '{{server}} {{zones}} without guard' },
        ],
      },
      {
        title: 'Stale answers by zone',
        kind: 'timeseries',
        unit: 'percentunit',
        width: 12,
        description: 'Share of answers past their time to live.',
        queries: one('staleRatio', zones, '{{server}} {{zones}}'),
      },
      {
        title: 'Fill',
        kind: 'timeseries',
        unit: 'percentunit',
        width: 12,
        description:
          'The fullest cache of a node. A full cache evicts entries at random, which is not a problem by itself.',
        queries: one('cacheFill', [...zones, 'type'], '{{server}} {{zones}} {{type}}'),
      },
      {
        title: 'Evictions',
        kind: 'timeseries',
        unit: 'ops',
        width: 12,
        description: 'Entries per second removed from a full cache.',
        queries: one('cacheEvictions', [...zones, 'type'], '{{server}} {{zones}} {{type}}'),
      },
    ],
  },
  {
    title: 'Upstream DNS servers',
    panels: [
      {
        title: 'Latency of upstreams',
        kind: 'timeseries',
        unit: 's',
        width: 12,
        description: 'Time of replies; timeouts are not in it.',
        queries: [
          { formula: 'upstreamLatencyP50', by: ['to'], legend: 'p50 {{to}}' },
          { formula: 'upstreamLatencyP99', by: ['to'], legend: 'p99 {{to}}' },
        ],
      },
      {
        title: 'Errors of upstreams',
        kind: 'timeseries',
        unit: 'percentunit',
        width: 12,
        description: 'Share of replies that are SERVFAIL or REFUSED.',
        queries: one('upstreamErrorRatio', ['to'], '{{to}}'),
      },
      {
        title: 'Failed health checks',
        kind: 'timeseries',
        unit: 'ops',
        width: 8,
        description: 'Failed health checks per second, and times per second that all upstreams of a zone were down.',
        queries: [
          { formula: 'upstreamHealthcheckFailures', by: ['to'], legend: '{{to}}' },
          { formula: 'allUpstreamsDown', by: [], legend: 'all down' },
        ],
      },
      {
        title: 'New connections',
        kind: 'timeseries',
        unit: 'ops',
        width: 8,
        description: 'DNS servers with a limit of TCP connections can be exhausted by many nodes.',
        queries: one('upstreamConnections', ['to', 'proto'], '{{to}} {{proto}}'),
      },
      {
        title: 'Refused by maxConcurrent',
        kind: 'timeseries',
        unit: 'ops',
        width: 8,
        description: 'Queries per second refused because too many were in flight.',
        queries: one('concurrencyRejects', [], 'refused'),
      },
    ],
  },
  {
    title: 'Nodes (needs the exporter on port 9353)',
    panels: [
      {
        title: 'Memory',
        kind: 'timeseries',
        unit: 'percentunit',
        width: 8,
        description: 'Share of the limit of 128 MiB.',
        queries: one('memoryShare', ['instance'], '{{instance}}'),
      },
      {
        title: 'CPU',
        kind: 'timeseries',
        unit: 'percentunit',
        width: 8,
        description: 'Share of the limit of 2 CPUs.',
        queries: one('cpuShare', ['instance'], '{{instance}}'),
      },
      {
        title: 'Unit active',
        kind: 'timeseries',
        unit: 'short',
        width: 8,
        description: '1 while the systemd unit runs. At 0, pods on the node have no DNS.',
        queries: one('unitActive', ['instance'], '{{instance}}'),
      },
      {
        title: 'Upstreams for dnsPolicy Default',
        kind: 'table',
        unit: 'short',
        width: 8,
        description: 'Nodes by upstream DNS server. An address that the virtual network no longer has needs a reimage.',
        queries: one('vnetUpstreams', ['ip', 'block', 'status']),
      },
      {
        title: 'Upstreams for dnsPolicy ClusterFirst',
        kind: 'table',
        unit: 'short',
        width: 8,
        description: 'Nodes by upstream DNS server.',
        queries: one('kubeUpstreams', ['ip', 'block', 'status']),
      },
      {
        title: 'CoreDNS versions',
        kind: 'table',
        unit: 'short',
        width: 8,
        description: 'Nodes by version of CoreDNS.',
        queries: one('versions', ['version']),
      },
    ],
  },
];

/** All values, or no such label at all, match the variables. */
const match = 'cluster=~"$cluster",instance=~"$instance"';

const datasource = { type: 'prometheus', uid: '${datasource}' };

const panelHeight = 8;
const statHeight = 4;

function target(query: Panel['queries'][number], kind: Panel['kind'], index: number): JsonObject {
  return {
    refId: String.fromCharCode(65 + index),
    datasource,
    expr: formulas[query.formula]({ match, by: query.by, window: '$__rate_interval' }),
    legendFormat: query.legend,
    ...(kind === 'timeseries' ? { range: true } : { instant: true }),
    ...(kind === 'table' ? { format: 'table' } : {}),
  };
}

function panel(spec: Panel, id: number, x: number, y: number): JsonObject {
  return {
    id,
    type: spec.kind,
    title: spec.title,
    description: spec.description,
    datasource,
    gridPos: { h: spec.kind === 'stat' ? statHeight : panelHeight, w: spec.width, x, y },
    fieldConfig: { defaults: { unit: spec.unit, ...(spec.unit === 'percentunit' ? { min: 0 } : {}) }, overrides: [] },
    targets: spec.queries.map((query, index) => target(query, spec.kind, index)),
  };
}

/** Panels of the rows at their places, a heading before each row. */
function panels(): readonly JsonObject[] {
  const placed: JsonObject[] = [];
  let y = 0;
  for (const row of rows) {
    placed.push({
      id: placed.length + 1,
      type: 'row',
      title: row.title,
      collapsed: false,
      gridPos: { h: 1, w: 24, x: 0, y },
      panels: [],
    });
    y += 1;
    let x = 0;
    let height = 0;
    for (const spec of row.panels) {
      if (x + spec.width > 24) {
        y += height;
        x = 0;
      }
      placed.push(panel(spec, placed.length + 1, x, y));
      height = spec.kind === 'stat' ? statHeight : panelHeight;
      x += spec.width;
    }
    y += height;
  }
  return placed;
}

const variable = (name: string, label: string, query: string): JsonObject => ({
  name,
  label,
  type: 'query',
  datasource,
  definition: query,
  query: { query, refId: name },
  includeAll: true,
  allValue: '.*',
  multi: true,
  refresh: 2,
  sort: 1,
  current: { text: 'All', value: '$__all' },
});

/** A Grafana dashboard (schema version 39, Grafana 10.4 or later) over the metrics of both jobs. */
export function dashboard(): JsonObject {
  return {
    title: 'AKS LocalDNS',
    uid: 'aks-localdns',
    description: 'LocalDNS of AKS node pools: queries, cache, upstream DNS servers and nodes.',
    tags: ['aks', 'dns', 'localdns'],
    schemaVersion: 39,
    editable: true,
    refresh: '1m',
    time: { from: 'now-6h', to: 'now' },
    timezone: 'browser',
    templating: {
      list: [
        { name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus', refresh: 1 },
        variable('cluster', 'Cluster', 'label_values(coredns_build_info{job="localdns-metrics"}, cluster)'),
        variable(
          'instance',
          'Node',
          'label_values(coredns_build_info{job="localdns-metrics",cluster=~"$cluster"}, instance)',
        ),
      ],
    },
    annotations: { list: [] },
    panels: panels(),
  };
}
