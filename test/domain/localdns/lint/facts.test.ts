import { describe, expect, test } from 'vitest';
import { parseYaml, toYaml } from '../../../../src/core/yaml.ts';
import { parseFacts } from '../../../../src/domain/localdns/lint/index.ts';

const facts = (value: unknown): ReturnType<typeof parseFacts> =>
  parseFacts(new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)));

describe('facts about a cluster', () => {
  test('are read from the file', () => {
    const all = {
      kubernetesVersion: '1.33.2',
      vnetDnsServers: ['10.1.0.4', 'fd00::53'],
      nodeCount: 12,
      nodeImageDate: '2026-08',
      coreDnsCustomDomains: ['corp.example.com', '.'],
      clusterDomain: 'cluster.local',
    };
    expect(facts(all)).toEqual(all);
    expect(facts({})).toEqual({});
    expect(parseFacts(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]))).toEqual({});
  });

  test.each([
    ['not json', 'The file is not JSON.'],
    ['[]', 'The file is not a JSON object.'],
    [{ nodecount: 3 }, "Unknown fact 'nodecount'; did you mean 'nodeCount'?"],
    [{ __proto: 1 }, "Unknown fact '__proto'."],
    [{ nodeCount: '3' }, 'nodeCount must be a whole number.'],
    [{ nodeCount: -1 }, 'nodeCount must be a whole number.'],
    [{ vnetDnsServers: '10.1.0.4' }, 'vnetDnsServers must be a list of IP addresses.'],
    [{ vnetDnsServers: ['10.1.0.4\n8.8.8.8'] }, 'vnetDnsServers must be a list of IP addresses.'],
    [{ nodeImageDate: '2026-13' }, 'nodeImageDate must be a month such as "2026-08".'],
    [{ kubernetesVersion: null }, 'kubernetesVersion must be a version such as "1.33".'],
    [{ clusterDomain: 'a b' }, 'clusterDomain must be a domain name.'],
    [{ coreDnsCustomDomains: [1] }, 'coreDnsCustomDomains must be a list of domain names.'],
  ])('%j is rejected with a reason', (value, message) => {
    expect(() => facts(value)).toThrow(`--facts: ${message}`);
  });

  test('are rejected with all problems', () => {
    expect(() => facts({ nodeCount: 1.5, mode: 'Required' })).toThrow(
      "--facts: nodeCount must be a whole number. Unknown fact 'mode'",
    );
  });
});

describe('the ConfigMap coredns-custom as facts', () => {
  const data = {
    'a.server':
      'corp.example:53, dns://b.example {\n  errors\n  forward . 10.1.0.4 {\n    force_tcp\n  }\n}\n# c.example {\nd.example:5353 {\n}\n',
    'b.override': [
      'rewrite stop {',
      '  name exact db.internal db.svc.cluster.local',
      'rewrite name old.example new.example',
      'rewrite name suffix .shop.example .svc.cluster.local',
      'rewrite name regex (.*)\\.x {1}.y',
      'hosts {',
      '  10.0.0.9 host.example other.example',
      '  fallthrough',
      '}',
      'template ANY A tmpl.example {',
      'log',
    ].join('\n'),
    other: 'never.example { }',
  };
  const configMap = { kind: 'ConfigMap', metadata: { name: 'coredns-custom' }, data };
  const domains = [
    'corp.example',
    'b.example',
    'd.example',
    'db.internal',
    'old.example',
    'shop.example',
    'host.example',
    'other.example',
    'tmpl.example',
  ];

  test('returns the domains with rules, from JSON, a list and YAML', () => {
    expect(facts(configMap)).toEqual({ coreDnsCustomDomains: domains });
    expect(facts({ kind: 'List', items: [{ kind: 'ConfigMap', metadata: { name: 'x' } }, configMap] })).toEqual({
      coreDnsCustomDomains: domains,
    });
    const yaml = new TextEncoder().encode(toYaml(configMap));
    expect(parseFacts(yaml, '--facts', parseYaml)).toEqual({ coreDnsCustomDomains: domains });
  });

  test('is rejected if it is another ConfigMap', () => {
    expect(() => facts({ kind: 'ConfigMap', metadata: { name: 'coredns' }, data: {} })).toThrow('Unknown fact');
  });
});
