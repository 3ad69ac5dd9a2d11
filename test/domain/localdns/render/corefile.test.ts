import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../../src/core/errors.ts';
import { documentedDefault } from '../../../../src/domain/localdns/index.ts';
import {
  effectiveCorefile,
  renderCorefile,
  templateGenerations,
} from '../../../../src/domain/localdns/render/index.ts';
import { overrideEnums, type EffectiveProfile } from '../../../../src/model/profile.ts';
import { full, kubeZones, profiles, vnetZones } from './profiles.ts';

function blocks(corefile: string): readonly string[] {
  return corefile.split('\n').filter((line) => line.endsWith(':53 {'));
}

function blockOf(profile: EffectiveProfile, zone: string, options = {}): string {
  const corefile = renderCorefile(profile, options);
  return corefile.slice(corefile.indexOf(`\n${zone}:53 {\n`)).split('\n}\n')[0] ?? '';
}

describe('renderCorefile', () => {
  test('sorts the zones of each map by their bytes, with the VNet map first', () => {
    const zones = {
      'b.com': full(),
      'a.com': full(),
      '.': full(),
      'a-b.com': full(),
      'A.com': full(),
      '0.com': full(),
      'a_b.com': full(),
    };
    const sorted = ['.', '0.com', 'A.com', 'a-b.com', 'a.com', 'a_b.com', 'b.com'];
    expect(blocks(renderCorefile(vnetZones(zones))).slice(1, 8)).toEqual(sorted.map((zone) => `${zone}:53 {`));
    expect(blocks(renderCorefile(kubeZones(zones))).slice(-7)).toEqual(sorted.map((zone) => `${zone}:53 {`));
  });

  test('forwards by the end of the key as a string, ignoring labels, and the root of the VNet map only to the VNet', () => {
    const toVnet = full({ forwardDestination: 'VnetDNS' });
    const toCluster = full({ forwardDestination: 'ClusterCoreDNS' });
    const upstream = (profile: EffectiveProfile, zone: string): string | undefined =>
      /forward \. (\S+)/.exec(blockOf(profile, zone))?.[1];
    for (const zone of ['svc.cluster.local', 'my-cluster.local', 'notcluster.local'])
      expect(upstream(vnetZones({ [zone]: toVnet }), zone)).toBe('10.0.0.10');
    for (const zone of ['cluster.local.', 'Cluster.Local'])
      expect(upstream(vnetZones({ [zone]: toVnet }), zone)).toBe('168.63.129.16');
    expect(upstream(vnetZones({ '.': toCluster }), '.')).toBe('168.63.129.16');
    expect(upstream(kubeZones({ 'example.com': toCluster }), 'example.com')).toBe('10.0.0.10');
  });

  test('writes no line for disabled features, and `log` instead of `errors`', () => {
    const lines = blockOf(
      vnetZones({
        'example.com': full({
          queryLogging: 'Log',
          serveStale: 'Disable',
          protocol: 'ForceTCP',
          forwardPolicy: 'Random',
        }),
      }),
      'example.com',
    );
    expect(lines).toContain('    log\n');
    expect(lines).toContain('        force_tcp\n        policy random\n');
    expect(lines).not.toMatch(/errors|serve_stale|prefer_udp|hosts|template/);
  });

  test('writes hosts and the guard only to root zones', () => {
    const options = { hostsPlugin: true };
    expect(blockOf(documentedDefault(), '.', options)).toMatch(
      /hosts \/etc\/localdns\/hosts[\s\S]*template ANY ANY reddog\.microsoft\.com/,
    );
    expect(blockOf(documentedDefault(), 'cluster.local', options)).not.toMatch(/hosts|template/);
  });

  test('ignores unknown values stored by a newer service', () => {
    const odd = {
      ...full(),
      queryLogging: 'constructor',
      protocol: 'DoT',
      forwardPolicy: 'Fastest',
      serveStale: 'toString',
    } as unknown as ReturnType<typeof full>;
    const lines = blockOf(vnetZones({ 'example.com': odd }), 'example.com');
    expect(lines).toContain(':53 {\n    bind');
    expect(lines).toContain('policy sequential');
    expect(lines).not.toMatch(/tcp|udp|stale|function/);
  });

  test.each([
    'a b',
    'a\nb',
    'a\tb',
    'a{',
    'a}',
    'a"b',
    '#a',
    'a,b',
    '%HOME%',
    '{$HOME}',
    '',
    'ä',
    'a\u0000',
    '`a`',
    String.raw`a\b`,
  ])('never writes the zone %j, which could become another directive', (zone) => {
    expect(() => renderCorefile(vnetZones({ [zone]: full() }))).toThrow(/not valid in a Corefile/);
  });

  test.each([Number.NaN, Infinity, 0.5, undefined, '1\n}'])('never writes the number %j', (value) => {
    for (const setting of ['maxConcurrent', 'cacheDurationInSeconds', 'serveStaleDurationInSeconds']) {
      const odd = { ...full(), [setting]: value } as unknown as ReturnType<typeof full>;
      expect(() => renderCorefile(vnetZones({ 'example.com': odd })), setting).toThrow(/not valid in a Corefile/);
    }
  });

  test.each(['', 'coredns', '10.0.0', '10.0.0.10:53', '10.0.0.10\n}', 'fe80::1%eth0'])(
    'rejects %j as the address of the DNS service',
    (address) => {
      expect(() => renderCorefile(documentedDefault(), { coreDnsServiceIp: address })).toThrow(UsageError);
    },
  );

  test('writes a closed block for each zone, and never `<nil>`, `undefined` or `NaN`, for any profile', () => {
    fc.assert(
      fc.property(profiles, fc.boolean(), fc.constantFrom(...templateGenerations), (profile, hostsPlugin, template) => {
        const corefile = renderCorefile(profile, { hostsPlugin, template });
        expect(corefile).not.toMatch(/<nil>|undefined|NaN|\[object/);
        expect(blocks(corefile)).toHaveLength(
          1 + Object.keys(profile.vnetDNSOverrides).length + Object.keys(profile.kubeDNSOverrides).length,
        );
        expect(corefile.split('\n').filter((line) => line.endsWith('{'))).toHaveLength(
          corefile.split('\n').filter((line) => line.trim() === '}').length,
        );
        expect(corefile.endsWith('\n')).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('writes a separate line for every value of every setting, except for silent defaults', () => {
    const words = (setting: keyof typeof overrideEnums): number =>
      new Set(
        overrideEnums[setting].map((value) =>
          blockOf(vnetZones({ 'example.com': full({ [setting]: value }) }), 'example.com'),
        ),
      ).size;
    expect(
      Object.fromEntries(
        (Object.keys(overrideEnums) as (keyof typeof overrideEnums)[]).map((setting) => [setting, words(setting)]),
      ),
    ).toEqual({
      queryLogging: 2,
      protocol: 2,
      forwardDestination: 2,
      forwardPolicy: 3,
      serveStale: 3,
    });
  });
});

describe('effectiveCorefile', () => {
  const corefile = renderCorefile(documentedDefault());

  test.each([[[]], [['168.63.129.16']], [['169.254.10.10']]])('changes nothing for %j', (servers) => {
    expect(effectiveCorefile(corefile, servers)).toBe(corefile);
  });

  test('replaces every address of Azure DNS in both maps with all servers, including IPv6', () => {
    const both = renderCorefile(kubeZones({ 'example.com': full({ forwardDestination: 'VnetDNS' }) }));
    const effective = effectiveCorefile(both, ['168.63.129.16', 'fd00::53']);
    expect(effective.match(/forward \. 168\.63\.129\.16 fd00::53 \{/g)).toHaveLength(2);
  });

  test('replaces like sed on the node, where a dot matches any character', () => {
    expect(effectiveCorefile('forward . 168-63-129-16', ['10.0.0.1'])).toBe('forward . 10.0.0.1');
  });

  test.each(['10.1.0.4 }', '10.1.0', 'dns.example.com', '$&', '10.1.0.4:53', '10.1.0.4|e'])(
    'rejects %j, which is not an address',
    (server) => {
      expect(() => effectiveCorefile(corefile, [server])).toThrow(UsageError);
    },
  );

  test('rejects more servers than CoreDNS accepts', () => {
    const servers = (count: number): string[] =>
      Array.from({ length: count }, (_, index) => `10.0.0.${String(index + 1)}`);
    expect(effectiveCorefile(corefile, servers(15))).toContain('10.0.0.15');
    expect(() => effectiveCorefile(corefile, servers(16))).toThrow(UsageError);
  });
});

test('the newest generation has reload in the health check block and loadbalance before loop in all others', () => {
  const newest = renderCorefile(documentedDefault());
  expect(renderCorefile(documentedDefault(), { template: templateGenerations[0] })).toBe(newest);
  expect(renderCorefile(documentedDefault(), { template: 'current' })).toBe(newest);
  expect(newest).toContain('    bind 169.254.10.10 169.254.10.11\n    reload\n    whoami\n}');
  expect(newest.match(/\n {4}\}\n {4}loadbalance\n {4}loop\n/g)).toHaveLength(4);
  const older = renderCorefile(documentedDefault(), { template: '2026-08' });
  expect(newest.replaceAll('    loadbalance\n', '').replace('    reload\n', '')).toBe(older);
});
