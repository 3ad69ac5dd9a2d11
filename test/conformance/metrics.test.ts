import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asArray, asString, at, isJsonObject, type JsonValue } from '../../src/core/json.ts';
import { toYaml } from '../../src/core/yaml.ts';
import { coreDnsEndpoint, exporterEndpoint } from '../../src/domain/monitoring/endpoints.ts';
import { dashboard } from '../../src/domain/monitoring/index.ts';
import { prometheusMissing, startPrometheus, type Prometheus } from '../support/prometheus.ts';

const folder = new URL('../../../shared/reference/metrics/', import.meta.url);
const missing = !existsSync(folder);
if (missing) process.stdout.write('SKIPPED: the metrics samples are not beside this checkout.\n');

const sample = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

/** The sample as it would read at the nth scrape: counters grow in proportion, so that ratios of rates are those of the sample. */
function scrape(text: string, nth: number): string {
  let counts = false;
  return text
    .split('\n')
    .map((line) => {
      const type = /^# TYPE \S+ (\w+)/.exec(line)?.[1];
      if (type !== undefined) counts = type !== 'gauge';
      const series = /^([^#].*) (\S+)$/.exec(line);
      return series !== null && counts ? `${series[1] ?? ''} ${String(Number(series[2]) * nth)}` : line;
    })
    .join('\n');
}

/** The queries of the dashboard, as Grafana would send them for all clusters and nodes. */
const queries = asArray(at(dashboard(), 'panels'))
  .flatMap((panel) =>
    asArray(at(panel, 'targets')).map((target) => [asString(at(panel, 'title')) ?? '', target] as const),
  )
  .map(([title, target]: readonly [string, JsonValue]) => ({
    title,
    expression: (asString(at(target, 'expr')) ?? '')
      .replaceAll('$__rate_interval', '1m')
      .replaceAll(/"\$(cluster|instance)"/g, '".*"'),
  }));

/** The sample has no TCP connections. */
const connections = [
  '# TYPE coredns_proxy_conn_cache_misses_total counter',
  'coredns_proxy_conn_cache_misses_total{proxy_name="forward",to="168.63.129.16:53",proto="tcp"} 7',
  '',
].join('\n');

const listeners: Readonly<Record<string, string>> = {
  vnet: 'dns://169.254.10.10:53',
  kube: 'dns://169.254.10.11:53',
};

describe.skipIf(missing || prometheusMissing)('A real Prometheus on a sample of the metrics', () => {
  let prometheus: Prometheus;
  let scrapes = 0;
  const server = createServer((request, answer) => {
    if (request.url === '/dns') scrapes += 1;
    answer.setHeader('content-type', 'text/plain; version=0.0.4');
    answer.end(
      request.url === '/dns'
        ? scrape(`${sample('metrics-coredns-9253.synthetic.prom')}\n${connections}`, scrapes)
        : scrape(sample('metrics-exporter-9353.sample.prom'), Math.max(1, scrapes)),
    );
  });

  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const targets = [`127.0.0.1:${String((server.address() as AddressInfo).port)}`];
    const job = (name: string, metrics_path: string) => ({
      job_name: name,
      metrics_path,
      scrape_interval: '1s',
      static_configs: [{ targets, labels: { instance: 'node-1' } }],
    });
    prometheus = await startPrometheus(
      toYaml({ scrape_configs: [job(coreDnsEndpoint.job, '/dns'), job(exporterEndpoint.job, '/exporter')] }),
    );
    const enough = `min(count_over_time(up{job=~"localdns-.*"}[1m])) >= 4`;
    while ((await prometheus.query(enough)).length === 0) await delay(200);
  });
  afterAll(async () => {
    await prometheus.stop();
    await new Promise((done) => server.close(done));
  });

  const value = async (
    title: string,
    labels: Readonly<Record<string, string>>,
    nth = 0,
  ): Promise<number | undefined> => {
    const expression = queries.filter((query) => query.title === title)[nth]?.expression ?? '';
    const results = await prometheus.query(expression);
    return results.find((one) => Object.entries(labels).every(([key, text]) => one.labels[key] === text))?.value;
  };

  test.each(queries)('$title: $expression has a result', async ({ expression }) => {
    expect(await prometheus.query(expression)).not.toEqual([]);
  });

  test('the dashboard shows the ratios that were computed by hand', async () => {
    const expected = JSON.parse(sample('metrics-expect.json')) as JsonValue;
    const ratios = { 'Hit ratio by zone': 'hitRatio', 'Stale answers by zone': 'staleRatio' } as const;
    for (const [title, name] of Object.entries(ratios)) {
      const values = at(expected, 'expect', name);
      if (!isJsonObject(values)) throw new Error(`No ${name}.`);
      for (const [where, ratio] of Object.entries(values)) {
        const [listener = '', zones = ''] = where.split(' ');
        const shown = await value(title, { server: listeners[listener] ?? '', zones });
        expect(shown, `${title} of ${where}`).toBeCloseTo(Number(ratio), 6);
      }
    }
    const kube = { server: listeners['kube'] ?? '' };
    expect(await value('Hit ratio by zone', { ...kube, zones: '.' }, 1)).toBeCloseTo(0.78125, 6);
    expect(await value('Errors by zone', { ...kube, zone: '.' })).toBeCloseTo(0.01, 6);
    expect(await value('Fill', { ...kube, zones: 'cluster.local.', type: 'denial' })).toBeCloseTo(0.9315, 4);
    expect(await value('Latency', kube, 2)).toBeCloseTo(0.064, 6);
    expect(await value('Refused by maxConcurrent', {})).toBeGreaterThan(0);
    expect(await value('Failed health checks', {}, 1)).toBeGreaterThan(0);
  });
});
