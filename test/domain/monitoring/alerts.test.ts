import { expect, test } from 'vitest';
import { asArray, at, parseJson } from '../../../src/core/json.ts';
import { alertRules } from '../../../src/domain/monitoring/index.ts';
import { alerts } from '../../../src/domain/monitoring/alerts.ts';

const names = { namespace: 'monitoring', labels: { release: 'prometheus' } };
const all = alerts(['10.1.0.4']);

test('Alerts have unique names, and a summary and a description as sentences', () => {
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  for (const { name, description } of all) expect(description, name).toMatch(/^[A-Z].*\.$/s);
});

test('The managed Prometheus rule group has a rule for each alert, within its limit of 20 rules', () => {
  const template = parseJson(alertRules(all, 'azure', names));
  const rules = asArray(at(asArray(at(template, 'resources'))[0], 'properties', 'rules'));
  expect(rules.map((rule) => at(rule, 'alert'))).toEqual(all.map(({ name }) => name));
  expect(rules.length).toBeLessThanOrEqual(20);
  for (const rule of rules) {
    expect(at(rule, 'for')).toMatch(/^PT\d+M$/);
    expect([1, 2, 3]).toContain(at(rule, 'severity'));
  }
});

test('The alert on unexpected upstreams needs addresses, and compares them as text, not as a pattern', () => {
  expect(alerts([]).map(({ name }) => name)).not.toContain('LocalDNSUpstreamUnexpected');
  expect(all.at(-1)?.expression).toContain(String.raw`ip!~"10\\.1\\.0\\.4"`);
});
