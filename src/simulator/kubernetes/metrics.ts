import type { NodeDns } from './store.ts';

interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  /** Labels (without braces; a histogram's samples with their suffix before them) to values. */
  readonly samples: readonly (readonly [labels: string, value: number])[];
}

function render(families: readonly Family[]): string {
  return families
    .flatMap(({ name, type, help, samples }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...samples.map(([labels, value]) => {
        const [, suffix = '', rest = ''] = /^(_\w+)? ?(.*)$/.exec(labels) ?? [];
        return `${name}${suffix}${rest === '' ? '' : `{${rest}}`} ${String(value)}`;
      }),
    ])
    .map((line) => `${line}\n`)
    .join('');
}

/** Queries a second, by listener and zone; the share of hits, and of names that do not exist. Chosen. */
const traffic = [
  { server: '169.254.10.10', zone: '.', rate: 2, hits: 0.9, nxdomain: 0.02 },
  { server: '169.254.10.10', zone: 'cluster.local.', rate: 0.1, hits: 0.8, nxdomain: 0 },
  { server: '169.254.10.11', zone: '.', rate: 12, hits: 0.75, nxdomain: 0.1 },
  { server: '169.254.10.11', zone: 'cluster.local.', rate: 30, hits: 0.92, nxdomain: 0.55 },
] as const;

const buckets = Array.from({ length: 16 }, (_, index) => 0.00025 * 2 ** index);

/** Counters start here: the same for every node, so that rates are what counts. */
const epoch = Date.UTC(2026, 0, 1);

/** Buckets of a latency whose answers come within `slow` seconds, all but one in a hundred within `fast`. */
function histogram(labels: string, count: number, fast: number, slow: number): Family['samples'] {
  const below = (bound: number): number => (bound >= slow ? count : bound >= fast ? Math.floor(count * 0.99) : 0);
  return [
    ...buckets.map((bound) => [`_bucket ${labels},le="${String(bound)}"`, below(bound)] as const),
    [`_bucket ${labels},le="+Inf"`, count],
    [`_sum ${labels}`, count * fast],
    [`_count ${labels}`, count],
  ];
}

/** Source: CoreDNS' own metrics (localdns-node-spec 6.1); the figures are chosen. */
export function localDnsMetrics(dns: NodeDns, now: number): string {
  const seconds = Math.floor((now - epoch) / 1000);
  const broken = dns.fault === 'upstream-dead';
  const rows = traffic.map(({ server, zone, rate, hits, nxdomain }) => ({
    zones: `server="dns://${server}:53",view="",zones="${zone}"`,
    zone: `server="dns://${server}:53",view="",zone="${zone}"`,
    server,
    total: Math.floor(seconds * rate),
    hits: Math.floor(seconds * rate * hits),
    nxdomain: Math.floor(seconds * rate * nxdomain),
    failed: broken ? Math.floor(seconds * rate * (1 - hits)) : 0,
  }));
  const misses = rows.reduce((sum, { total, hits }) => sum + total - hits, 0);
  const upstream = 'proxy_name="forward",rcode="NOERROR",to="168.63.129.16:53"';
  return render([
    {
      name: 'coredns_build_info',
      type: 'gauge',
      help: "A metric with a constant '1' value labeled by version, revision, and goversion from which CoreDNS was built.",
      samples: [['goversion="go1.25.0",revision="simulated",version="1.14.3"', 1]],
    },
    {
      name: 'coredns_cache_entries',
      type: 'gauge',
      help: 'The number of elements in the cache.',
      samples: rows.flatMap(({ zones }) => [
        [zones.replace(',view', ',type="denial",view'), 120] as const,
        [zones.replace(',view', ',type="success",view'), 480] as const,
      ]),
    },
    {
      name: 'coredns_cache_requests_total',
      type: 'counter',
      help: 'The count of cache requests.',
      samples: rows.map(({ zones, total }) => [zones, total]),
    },
    {
      name: 'coredns_cache_hits_total',
      type: 'counter',
      help: 'The count of cache hits.',
      samples: rows.map(({ zones, hits }) => [zones.replace(',view', ',type="success",view'), hits]),
    },
    {
      name: 'coredns_cache_served_stale_total',
      type: 'counter',
      help: 'The number of requests served from stale cache entries.',
      samples: rows.map(({ zones, hits }) => [zones, broken ? Math.floor(hits * 0.4) : 0]),
    },
    {
      name: 'coredns_dns_requests_total',
      type: 'counter',
      help: 'Counter of DNS requests made per zone, protocol and family.',
      samples: rows.map(({ zone, total }) => [
        `family="1",proto="udp",${zone.replace(',view', ',type="A",view')}`,
        total,
      ]),
    },
    {
      name: 'coredns_dns_responses_total',
      type: 'counter',
      help: 'Counter of response status codes.',
      samples: rows.flatMap(({ zone, total, nxdomain, failed }) => [
        [`plugin="errors",rcode="NOERROR",${zone}`, total - nxdomain - failed] as const,
        [`plugin="errors",rcode="NXDOMAIN",${zone}`, nxdomain] as const,
        [`plugin="errors",rcode="SERVFAIL",${zone}`, failed] as const,
      ]),
    },
    {
      name: 'coredns_dns_request_duration_seconds',
      type: 'histogram',
      help: 'Histogram of the time (in seconds) each request took per zone.',
      samples: rows.flatMap(({ zone, total }) => histogram(zone, total, 0.0005, broken ? 4.096 : 0.016)),
    },
    {
      name: 'coredns_proxy_request_duration_seconds',
      type: 'histogram',
      help: 'Histogram of the time each request took.',
      samples: histogram(upstream, broken ? 0 : misses, 0.002, 0.064),
    },
    {
      name: 'coredns_proxy_healthcheck_failures_total',
      type: 'counter',
      help: 'Counter of the number of failed healthchecks.',
      samples: [['proxy_name="forward",to="168.63.129.16:53"', broken ? seconds * 2 : 0]],
    },
    {
      name: 'coredns_forward_healthcheck_broken_total',
      type: 'counter',
      help: 'Counter of the number of complete failures of the healthchecks.',
      samples: [['', broken ? seconds : 0]],
    },
    {
      name: 'coredns_forward_max_concurrent_rejects_total',
      type: 'counter',
      help: 'Counter of the number of queries rejected because the concurrent queries were at maximum.',
      samples: [['', 0]],
    },
    {
      name: 'coredns_panics_total',
      type: 'counter',
      help: 'A metrics that counts the number of panics.',
      samples: [['', 0]],
    },
    {
      name: 'process_start_time_seconds',
      type: 'gauge',
      help: `Start time of the process since unix epoch in seconds.`,
      samples: [['', epoch / 1000]],
    },
  ]);
}

/** Source: the exporter's text (localdns-node-spec 6.2), which is made every 12 s. */
export function exporterMetrics(dns: NodeDns, now: number): string {
  const seconds = Math.floor(now / 12_000) * 12;
  const active = dns.fault !== 'closed' && dns.fault !== 'stopped';
  const status = active ? '{status="active"} 1' : '{status="inactive"} 0';
  return `# HELP localdns_service_status CoreDNS process status (1=active, 0=inactive)
# TYPE localdns_service_status gauge
localdns_service_status${status}
# HELP localdns_memory_usage_bytes Current memory usage in bytes
# TYPE localdns_memory_usage_bytes gauge
localdns_memory_usage_bytes ${active ? '50331648' : '0'}
# HELP localdns_cpu_usage_seconds_total Total CPU time consumed in Seconds
# TYPE localdns_cpu_usage_seconds_total counter
localdns_cpu_usage_seconds_total ${((seconds - epoch / 1000) * 0.02).toFixed(9)}
# HELP localdns_metrics_last_update_timestamp_seconds Unix timestamp of last metrics generation
# TYPE localdns_metrics_last_update_timestamp_seconds gauge
localdns_metrics_last_update_timestamp_seconds ${String(seconds)}
# HELP localdns_vnetdns_forward_info VnetDNS forward plugin IP address from corefile
# TYPE localdns_vnetdns_forward_info gauge
localdns_vnetdns_forward_info{ip="168.63.129.16",block=".:53",status="ok"} 1
localdns_vnetdns_forward_info{ip="10.0.0.10",block="cluster.local:53",status="ok"} 1
# HELP localdns_kubedns_forward_info KubeDNS forward plugin IP address from corefile
# TYPE localdns_kubedns_forward_info gauge
localdns_kubedns_forward_info{ip="10.0.0.10",block=".:53",status="ok"} 1
localdns_kubedns_forward_info{ip="10.0.0.10",block="cluster.local:53",status="ok"} 1
`;
}
