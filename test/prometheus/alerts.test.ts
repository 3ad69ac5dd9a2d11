import { describe, expect, test } from 'vitest';
import { toYaml } from '../../src/core/yaml.ts';
import { alertRules } from '../../src/domain/monitoring/index.ts';
import { alerts } from '../../src/domain/monitoring/alerts.ts';
import { prometheusMissing, promtool } from '../support/prometheus.ts';

/** Series a minute apart, in promtool's notation, by series. */
type Series = Readonly<Record<string, string>>;

const node = 'instance="node-1"';
const dns = `job="localdns-metrics",${node}`;
const unit = `job="localdns-exporter",${node}`;
const kube = 'server="dns://169.254.10.11:53"';
const upstream = 'proxy_name="forward",to="10.1.0.4:53"';

/** A healthy node, for an hour. */
const healthy: Series = {
  [`up{${dns}}`]: '1x60',
  [`up{${unit}}`]: '1x60',
  [`localdns_service_status{${unit},status="active"}`]: '1x60',
  [`localdns_metrics_last_update_timestamp_seconds{${unit}}`]: '0+60x60',
  [`localdns_memory_usage_bytes{${unit}}`]: '50331648x60',
  [`localdns_cpu_usage_seconds_total{${unit}}`]: '0+6x60',
  [`localdns_vnetdns_forward_info{${unit},ip="10.1.0.4",block=".:53",status="ok"}`]: '1x60',
  [`localdns_kubedns_forward_info{${unit},ip="10.0.0.10",block="cluster.local:53",status="ok"}`]: '1x60',
  [`coredns_dns_responses_total{${dns},${kube},zone=".",rcode="NOERROR"}`]: '0+6000x60',
  [`coredns_dns_responses_total{${dns},${kube},zone=".",rcode="SERVFAIL"}`]: '0+6x60',
  [`coredns_cache_requests_total{${dns},${kube},zones="."}`]: '0+6000x60',
  [`coredns_cache_served_stale_total{${dns},${kube},zones="."}`]: '0+60x60',
  [`coredns_forward_healthcheck_broken_total{${dns}}`]: '0x60',
  [`coredns_forward_max_concurrent_rejects_total{${dns}}`]: '0x60',
  [`coredns_proxy_healthcheck_failures_total{${dns},${upstream}}`]: '0x60',
  [`coredns_proxy_request_duration_seconds_bucket{${dns},${upstream},rcode="NOERROR",le="0.008"}`]: '0+600x60',
  [`coredns_proxy_request_duration_seconds_bucket{${dns},${upstream},rcode="NOERROR",le="2.048"}`]: '0+600x60',
  [`coredns_proxy_request_duration_seconds_bucket{${dns},${upstream},rcode="NOERROR",le="+Inf"}`]: '0+600x60',
  [`coredns_panics_total{${dns}}`]: '0x60',
  [`process_start_time_seconds{${dns}}`]: '1000x60',
};

/** What is different on a node for which the alert fires within the hour. Null: the series is missing. */
const troubles: Readonly<Record<string, readonly Readonly<Record<string, string | null>>[]>> = {
  LocalDNSUnitInactive: [
    {
      [`localdns_service_status{${unit},status="active"}`]: '1x30 _x30',
      [`localdns_service_status{${unit},status="inactive"}`]: '_x30 0x30',
    },
    { [`localdns_service_status{${unit},status="active"}`]: null },
  ],
  LocalDNSExporterStale: [{ [`localdns_metrics_last_update_timestamp_seconds{${unit}}`]: '1x60' }],
  LocalDNSMetricsUnreachable: [{ [`up{${dns}}`]: '1x30 0x30' }],
  LocalDNSUpstreamsDown: [{ [`coredns_forward_healthcheck_broken_total{${dns}}`]: '0x30 1+1x30' }],
  LocalDNSErrors: [{ [`coredns_dns_responses_total{${dns},${kube},zone=".",rcode="SERVFAIL"}`]: '0+120x60' }],
  LocalDNSConcurrencyLimit: [{ [`coredns_forward_max_concurrent_rejects_total{${dns}}`]: '0+3x60' }],
  LocalDNSOutageMasked: [
    {
      [`coredns_cache_served_stale_total{${dns},${kube},zones="."}`]: '0+1800x60',
      [`coredns_proxy_healthcheck_failures_total{${dns},${upstream}}`]: '0+10x60',
    },
  ],
  LocalDNSUpstreamSlow: [
    { [`coredns_proxy_request_duration_seconds_bucket{${dns},${upstream},rcode="NOERROR",le="0.008"}`]: '0+300x60' },
  ],
  LocalDNSMemory: [{ [`localdns_memory_usage_bytes{${unit}}`]: '120000000x60' }],
  LocalDNSCpu: [{ [`localdns_cpu_usage_seconds_total{${unit}}`]: '0+100x60' }],
  LocalDNSUpstreamMissing: [
    { [`localdns_vnetdns_forward_info{${unit},ip="unknown",block="none",status="file_missing"}`]: '0x60' },
  ],
  LocalDNSPanics: [{ [`coredns_panics_total{${dns}}`]: '0x50 1x10' }],
  LocalDNSFlapping: [{ [`process_start_time_seconds{${dns}}`]: '1000x40 2000x5 3000x5 4000x5 5000x5' }],
  LocalDNSUpstreamUnexpected: [
    { [`localdns_vnetdns_forward_info{${unit},ip="10.1.0.41",block=".:53",status="ok"}`]: '1x60' },
  ],
};

/** Conditions just short of an alert, which must not fire. */
const harmless: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
  'one that has never had LocalDNS': {
    ...Object.fromEntries(Object.keys(healthy).map((key) => [key, null])),
    [`up{${dns}}`]: '0x60',
  },
  'one whose exporter has not read the unit yet': {
    [`localdns_metrics_last_update_timestamp_seconds{${unit}}`]: '0x60',
    [`localdns_memory_usage_bytes{${unit}}`]: '0x60',
  },
  'stale answers while all upstreams are healthy': {
    [`coredns_cache_served_stale_total{${dns},${kube},zones="."}`]: '0+3000x60',
  },
  'many errors among very few queries': {
    [`coredns_dns_responses_total{${dns},${kube},zone=".",rcode="NOERROR"}`]: '0+3x60',
    [`coredns_dns_responses_total{${dns},${kube},zone=".",rcode="SERVFAIL"}`]: '0+3x60',
  },
  'a restart': { [`process_start_time_seconds{${dns}}`]: '1000x40 2000x20' },
};

const upstreams = ['10.1.0.4', '10.0.0.10'];
const names = { namespace: 'monitoring', labels: {} };
const rules = alertRules(alerts(upstreams), 'prometheus', names);

/** The names of the alerts that fire after an hour, as promtool is to find them. */
function unitTest(title: string, differs: Readonly<Record<string, string | null>>, firing: readonly string[]) {
  const series = Object.entries({ ...healthy, ...differs }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return {
    name: title,
    interval: '1m',
    input_series: series.map(([name, values]) => ({ series: name, values })),
    promql_expr_test: [
      {
        expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
        eval_time: '60m',
        exp_samples: firing.map((alertname) => ({ labels: `{alertname="${alertname}"}`, value: 1 })),
      },
    ],
  };
}

describe.skipIf(prometheusMissing)('The alerts, judged by promtool', () => {
  test('are valid rules, as a file and as the groups of the other forms', () => {
    const operator = alertRules(alerts([]), 'operator', names);
    expect(operator).toContain('kind: PrometheusRule');
    expect(promtool(['check', 'rules', 'rules.yaml'], { 'rules.yaml': rules })).toMatchObject({ status: 0 });
  });

  test('do not fire on a healthy node', () => {
    const tests = [unitTest('healthy', {}, [])];
    const ran = promtool(['test', 'rules', 'tests.yaml'], {
      'rules.yaml': rules,
      'tests.yaml': toYaml({ rule_files: ['rules.yaml'], tests }),
    });
    expect(ran).toMatchObject({ status: 0 });
  });

  test.each(Object.entries(harmless))('do not fire on %s', (title, differs) => {
    const ran = promtool(['test', 'rules', 'tests.yaml'], {
      'rules.yaml': rules,
      'tests.yaml': toYaml({ rule_files: ['rules.yaml'], tests: [unitTest(title, differs, [])] }),
    });
    expect(ran.output).toContain('SUCCESS');
  });

  test.each(alerts(upstreams).map(({ name }) => name))('only %s fires for its problem', (name) => {
    const cases = troubles[name] ?? [];
    expect(cases).not.toEqual([]);
    const ran = promtool(['test', 'rules', 'tests.yaml'], {
      'rules.yaml': rules,
      'tests.yaml': toYaml({
        rule_files: ['rules.yaml'],
        tests: cases.map((differs) => unitTest(name, differs, [name])),
      }),
    });
    expect(ran.output).toContain('SUCCESS');
    expect(ran.status).toBe(0);
  });
});
