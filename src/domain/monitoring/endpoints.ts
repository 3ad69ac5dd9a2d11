/**
 * The two metrics endpoints of a node with LocalDNS, reached at the node's IP address without authentication.
 * Source: AgentBaker, localdns.sh and localdns_exporter.sh; the AKS documentation, Monitor LocalDNS.
 */
export interface MetricsEndpoint {
  /** The name of the Prometheus job, which all queries, alerts and panels select by. */
  readonly job: string;
  readonly port: number;
  readonly serves: string;
}

/** CoreDNS itself. The cluster's own CoreDNS serves the same metrics under another job. */
export const coreDnsEndpoint: MetricsEndpoint = {
  job: 'localdns-metrics',
  port: 9253,
  serves: 'CoreDNS: queries, cache, upstreams',
};

/** The exporter of the node image: state, memory and CPU time of the systemd unit, and its upstreams. */
export const exporterEndpoint: MetricsEndpoint = {
  job: 'localdns-exporter',
  port: 9353,
  serves: 'the systemd unit: state, memory, CPU time, upstreams',
};

/** The guide's interval; node counters change slowly. */
export const scrapeInterval = '1m';

/** Limits of `localdns.slice` on the node. Source: AgentBaker, localdns.slice: MemoryMax=128M, CPUQuota=200%. */
export const unitLimits = { memoryBytes: 134_217_728, cpus: 2 } as const;

/** Entries that a cache holds: 256 shards of 39. Source: CoreDNS, plugin/cache and plugin/pkg/cache. */
export const maxCacheEntries = 9984;
