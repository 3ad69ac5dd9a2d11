import { coreDnsEndpoint, exporterEndpoint, maxCacheEntries, unitLimits } from './endpoints.ts';

/** How a formula is asked: further matchers of every series, the labels of its result, and the window of its rates. */
export interface FormulaScope {
  /** PromQL matchers without braces, such as `cluster=~"$cluster"`; empty for none. */
  readonly match: string;
  /** Labels to keep, such as `cluster`, `instance`. */
  readonly by: readonly string[];
  /** A PromQL duration, or a variable of Grafana. */
  readonly window: string;
}

/** A PromQL expression over a scope. */
export type Formula = (scope: FormulaScope) => string;

const series = (job: string, metric: string, scope: FormulaScope, own = ''): string =>
  `${metric}{${[`job="${job}"`, own, scope.match].filter((matcher) => matcher !== '').join(',')}}`;

/** A series of CoreDNS on the node. */
const dns = (metric: string, scope: FormulaScope, own = ''): string => series(coreDnsEndpoint.job, metric, scope, own);

/** A series of the exporter on the node. */
const unit = (metric: string, scope: FormulaScope, own = ''): string =>
  series(exporterEndpoint.job, metric, scope, own);

const over = ({ by }: FormulaScope): string => (by.length === 0 ? '' : ` by (${by.join(', ')})`);

const rate =
  (metric: string, own = ''): Formula =>
  (scope) =>
    `sum${over(scope)} (rate(${dns(metric, scope, own)}[${scope.window}]))`;

/** A part without a series counts as 0, because CoreDNS shows a counter only after its first increment. */
const share =
  (part: Formula, whole: Formula): Formula =>
  (scope) =>
    `((${part(scope)}) or 0 * (${whole(scope)})) / ((${whole(scope)}) > 0)`;

const quantile =
  (q: number, metric: string): Formula =>
  (scope) =>
    `histogram_quantile(${String(q)}, ${rate(`${metric}_bucket`)({ ...scope, by: ['le', ...scope.by] })})`;

const queries = rate('coredns_dns_requests_total');
const lookups = rate('coredns_cache_requests_total');
const responses = rate('coredns_dns_responses_total');
const upstreamReplies = rate('coredns_proxy_request_duration_seconds_count', 'proxy_name="forward"');
const failed = 'rcode=~"SERVFAIL|REFUSED"';

/** Cache lookups without names that the guard answers: single-label and internal names that no upstream is asked for. */
const lookupsWithoutGuard: Formula = (scope) => {
  // The guard stands in the blocks of the root zone alone; its own label names the guarded domain.
  const matches = rate('coredns_template_matches_total')({
    ...scope,
    by: scope.by.filter((label) => label !== 'zones'),
  });
  const guarded = scope.by.includes('zones') ? `label_replace(${matches}, "zones", ".", "", "")` : matches;
  return `${lookups(scope)} - ((${guarded}) or 0 * (${lookups(scope)}))`;
};

/**
 * What the metrics of LocalDNS say, by name. Rates and ratios are per second and 0 to 1; durations are seconds; sizes
 * are bytes. Labels: `server` is the listener (`dns://169.254.10.10:53`), `zones` and `zone` end in a dot, `to` is an
 * upstream. Source of the metrics and labels: CoreDNS v1.14.3, AgentBaker's localdns_exporter.sh.
 */
export const formulas = {
  /** Queries per second; labels server, zone. */
  queries,
  /** Share of cache lookups answered from the cache, stale answers included; labels server, zones. */
  hitRatio: share(rate('coredns_cache_hits_total'), lookups),
  /** The same without the names that the guard answers; labels server, zones. */
  hitRatioWithoutGuard: share(rate('coredns_cache_hits_total'), lookupsWithoutGuard),
  /** Share of cache lookups answered after their time to live; labels server, zones. */
  staleRatio: share(rate('coredns_cache_served_stale_total'), lookups),
  /** Responses per second; labels server, zone, rcode. */
  responses,
  /** Share of responses that are SERVFAIL or REFUSED; labels server, zone. */
  errorRatio: share(rate('coredns_dns_responses_total', failed), responses),
  /** Share of responses that are NXDOMAIN; on cluster.local it is the cost of the search list. Labels server, zone. */
  nxdomainRatio: share(rate('coredns_dns_responses_total', 'rcode="NXDOMAIN"'), responses),
  /** Time to answer a client; labels server, zone. */
  latencyP50: quantile(0.5, 'coredns_dns_request_duration_seconds'),
  latencyP95: quantile(0.95, 'coredns_dns_request_duration_seconds'),
  latencyP99: quantile(0.99, 'coredns_dns_request_duration_seconds'),
  /** Time of an upstream's replies. Timeouts are not observed; label to. */
  upstreamLatencyP50: quantile(0.5, 'coredns_proxy_request_duration_seconds'),
  upstreamLatencyP99: quantile(0.99, 'coredns_proxy_request_duration_seconds'),
  /** Share of an upstream's replies that are SERVFAIL or REFUSED; label to. */
  upstreamErrorRatio: share(
    rate('coredns_proxy_request_duration_seconds_count', `proxy_name="forward",${failed}`),
    upstreamReplies,
  ),
  /** Failed health checks of an upstream per second; label to. */
  upstreamHealthcheckFailures: rate('coredns_proxy_healthcheck_failures_total'),
  /** New connections to an upstream per second; labels to, proto. */
  upstreamConnections: rate('coredns_proxy_conn_cache_misses_total'),
  /** Times per second that all upstreams of a zone were down. */
  allUpstreamsDown: rate('coredns_forward_healthcheck_broken_total'),
  /** Queries per second refused because maxConcurrent was reached. */
  concurrencyRejects: rate('coredns_forward_max_concurrent_rejects_total'),
  /** How full a cache is, 0 to 1; labels server, zones, type. */
  cacheFill: (scope) => `max${over(scope)} (${dns('coredns_cache_entries', scope)}) / ${String(maxCacheEntries)}`,
  /** Entries per second removed from a full cache; labels server, zones, type. */
  cacheEvictions: rate('coredns_cache_evictions_total'),
  /** Panics that CoreDNS recovered from, per second. */
  panics: rate('coredns_panics_total'),
  /** Starts of CoreDNS in the window. */
  restarts: (scope) => `max${over(scope)} (changes(${dns('process_start_time_seconds', scope)}[${scope.window}]))`,
  /** 1 if Prometheus reaches CoreDNS's metrics. */
  reachable: (scope) => `max${over(scope)} (${dns('up', scope)})`,
  /** Nodes that answer on the metrics port now. */
  nodesReachable: (scope) => `count${over(scope)} (${dns('up', scope)} == 1)`,
  /** CoreDNS versions; label version. */
  versions: (scope) => `count${over(scope)} (${dns('coredns_build_info', scope)})`,
  /** 1 if the systemd unit is active. */
  unitActive: (scope) => `max${over(scope)} (${unit('localdns_service_status', scope)})`,
  /** 1 if the exporter answers. */
  exporterReachable: (scope) => `max${over(scope)} (${unit('up', scope)} == 1)`,
  /** Seconds since the exporter last read the unit; nothing if it has never read it. */
  exporterAge: (scope) => {
    const updated = unit('localdns_metrics_last_update_timestamp_seconds', scope);
    return `time() - max${over(scope)} (${updated} > 0)`;
  },
  /** Memory of the unit as a share of its limit. The exporter reports 0 if it cannot read it. */
  memoryShare: (scope) =>
    `max${over(scope)} (${unit('localdns_memory_usage_bytes', scope)} > 0) / ${String(unitLimits.memoryBytes)}`,
  /** CPU time of the unit as a share of its limit of 2 CPUs. */
  cpuShare: (scope) =>
    `max${over(scope)} (rate(${unit('localdns_cpu_usage_seconds_total', scope)}[${scope.window}])) / ${String(unitLimits.cpus)}`,
  /** Zones of vnetDNSOverrides and kubeDNSOverrides that forward to an upstream; labels ip, block, status. */
  vnetUpstreams: (scope) => `count${over(scope)} (${unit('localdns_vnetdns_forward_info', scope)})`,
  kubeUpstreams: (scope) => `count${over(scope)} (${unit('localdns_kubedns_forward_info', scope)})`,
} as const satisfies Readonly<Record<string, Formula>>;

export type FormulaName = keyof typeof formulas;
