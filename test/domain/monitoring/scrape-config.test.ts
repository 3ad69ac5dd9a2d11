import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/core/errors.ts';
import { at, type JsonValue } from '../../../src/core/json.ts';
import { parseYaml } from '../../../src/core/yaml.ts';
import { mergeScrapeConfig, scrapeConfigMap } from '../../../src/domain/monitoring/index.ts';

const existing = `apiVersion: v1
kind: ConfigMap
metadata:
  name: ama-metrics-prometheus-config-node
  namespace: kube-system
  resourceVersion: "4711"
  uid: 7a0f
  labels:
    team: platform
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: "{}"
    note: keep me
data:
  debug-mode: "true"
  prometheus-config: |
    global:
      scrape_interval: 30s
    scrape_configs:
    # the licence server
    - job_name: licences
      static_configs:
      - targets: ['$NODE_IP:9999']
`;

const config = (document: string): string => {
  const text = at(parseYaml(document, 'document'), 'data', 'prometheus-config');
  if (typeof text !== 'string') throw new Error('The ConfigMap has no configuration.');
  return text;
};

const jobs = (document: string): readonly JsonValue[] => {
  const found = at(parseYaml(config(document), 'configuration'), 'scrape_configs');
  if (!Array.isArray(found)) throw new Error('The configuration has no jobs.');
  return found.map((job: JsonValue) => at(job, 'job_name') ?? null);
};

describe('The scrape configuration', () => {
  test('is the ConfigMap of the guide; the exporter is added on request', () => {
    expect(jobs(scrapeConfigMap(false))).toEqual(['localdns-metrics']);
    expect(jobs(scrapeConfigMap(true))).toEqual(['localdns-metrics', 'localdns-exporter']);
    expect(at(parseYaml(config(scrapeConfigMap(true)), ''), 'scrape_configs')).toMatchObject([
      { static_configs: [{ targets: ['$NODE_IP:9253'] }] },
      { static_configs: [{ targets: ['$NODE_IP:9353'] }] },
    ]);
  });

  test('merged, keeps all that was there, comments included, and drops what only the API server writes', () => {
    const { document, kept } = mergeScrapeConfig(existing, 'cm.yaml', true);
    expect(kept).toEqual([]);
    expect(jobs(document)).toEqual(['licences', 'localdns-metrics', 'localdns-exporter']);
    expect(config(document)).toContain('# the licence server');
    expect(config(document)).toContain('scrape_interval: 30s');
    expect(parseYaml(document, '')).toMatchObject({
      metadata: { labels: { team: 'platform' }, annotations: { note: 'keep me' } },
      data: { 'debug-mode': 'true' },
    });
    expect(document).not.toMatch(/resourceVersion|uid|last-applied/);
  });

  test('merged twice, changes nothing more', () => {
    const once = mergeScrapeConfig(existing, 'cm.yaml', true).document;
    expect(mergeScrapeConfig(once, 'cm.yaml', true)).toEqual({
      document: once,
      kept: ['localdns-metrics', 'localdns-exporter'],
    });
  });

  test('merged, keeps a job of another name that scrapes the port already', () => {
    const other = existing.replace('9999', '9253');
    expect(mergeScrapeConfig(other, 'cm.yaml', false)).toMatchObject({ kept: ['licences'] });
    expect(jobs(mergeScrapeConfig(other, 'cm.yaml', true).document)).toEqual(['licences', 'localdns-exporter']);
  });

  test.each([
    ['no configuration', 'data: {}\n'],
    ['an empty configuration', 'data:\n  prometheus-config: ""\n'],
    ['a configuration without jobs', 'data:\n  prometheus-config: |\n    global: {}\n'],
    ['an empty list in flow style', 'data:\n  prometheus-config: "scrape_configs: []"\n'],
  ])('merged into a ConfigMap with %s, has the job', (_, data) => {
    const head = 'kind: ConfigMap\nmetadata:\n  name: ama-metrics-prometheus-config-node\n';
    expect(jobs(mergeScrapeConfig(head + data, 'cm.yaml', false).document)).toEqual(['localdns-metrics']);
  });

  test('reads JSON, as kubectl prints it', () => {
    const json = JSON.stringify(parseYaml(existing, 'cm.yaml'));
    expect(jobs(mergeScrapeConfig(json, 'cm.json', false).document)).toEqual(['licences', 'localdns-metrics']);
  });

  test.each([
    ['another ConfigMap', existing.replace('-config-node', '-config'), 'is not the ConfigMap'],
    ['a Secret', existing.replace('ConfigMap', 'Secret'), 'is not the ConfigMap'],
    ['a list', '[]', 'is not the ConfigMap'],
    ['another namespace', existing.replace('kube-system', 'default'), 'is not in the namespace kube-system'],
    ['a configuration that is no map', existing.replace(/\|\n[\s\S]*/, '"- 1"\n'), 'is not a Prometheus configuration'],
    [
      'a job of our name for another port',
      existing.replace('licences', 'localdns-metrics'),
      'does not scrape port 9253',
    ],
  ])('refuses %s', (_, text, message) => {
    expect(() => mergeScrapeConfig(text, 'cm.yaml', false)).toThrow(UsageError);
    expect(() => mergeScrapeConfig(text, 'cm.yaml', false)).toThrow(message);
  });
});
