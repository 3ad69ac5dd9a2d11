import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../../src/core/errors.ts';
import { documentedDefault } from '../../../../src/domain/localdns/index.ts';
import { explainLookup, type Candidate } from '../../../../src/domain/localdns/resolve/index.ts';
import { dnsPolicies, type LookupInput } from '../../../../src/domain/localdns/resolve/lookup-explanation.ts';
import { type NoteId, noteTexts } from '../../../../src/domain/localdns/resolve/notes.ts';
import type { EffectiveProfile } from '../../../../src/model/profile.ts';
import { full, kubeZones, names, profiles, vnetZones } from '../render/profiles.ts';

const nodeSuffix = 'xyz.bx.internal.cloudapp.net';
const standard = documentedDefault();

function explain(input: Partial<LookupInput>, profile: EffectiveProfile = standard): ReturnType<typeof explainLookup> {
  return explainLookup(profile, { name: 'example.com', nodeSuffix, ...input });
}

function only(input: Partial<LookupInput>, profile?: EffectiveProfile): Candidate {
  const { candidates } = explain({ ...input, name: input.name ?? 'example.com.' }, profile);
  const [candidate] = candidates;
  if (candidate === undefined || candidates.length !== 1) throw new Error('not one candidate');
  return candidate;
}

function forwarded(
  input: Partial<LookupInput>,
  profile?: EffectiveProfile,
): Extract<Candidate, { answeredBy: 'upstream' }> {
  const candidate = only(input, profile);
  if (candidate.answeredBy !== 'upstream') throw new Error(`not forwarded: ${candidate.answeredBy}`);
  return candidate;
}

const noteIds = (input: Partial<LookupInput>, profile?: EffectiveProfile): readonly NoteId[] =>
  explain(input, profile).notes.map(({ id }) => id);

const cluster = { name: 'example.com.' } as const;
const node = { name: 'example.com.', dnsPolicy: 'Default' } as const;

describe('the listener', () => {
  test.each([
    [{ dnsPolicy: 'ClusterFirst' }, '169.254.10.11', 'kubeDNSOverrides', 'localdns-pod'],
    [{ dnsPolicy: 'ClusterFirstWithHostNet', hostNetwork: true }, '169.254.10.11', 'kubeDNSOverrides', 'localdns-pod'],
    [{ dnsPolicy: 'Default' }, '169.254.10.10', 'vnetDNSOverrides', 'localdns'],
    [{ dnsPolicy: 'ClusterFirst', hostNetwork: true }, '169.254.10.10', 'vnetDNSOverrides', 'localdns'],
  ] as const)('for %j is %s', (input, address, map, nsid) => {
    const { listener, bypass } = explain(input);
    expect(listener).toMatchObject({ address, map, nsid });
    expect(bypass).toBeNull();
  });

  test('does not exist with dnsPolicy None, and the explanation has nothing else', () => {
    const explained = explain({ dnsPolicy: 'None' });
    expect(explained).toMatchObject({ listener: null, search: null, candidates: [], notes: [] });
    expect(explained.bypass).toContain('dnsPolicy None');
  });
});

describe('the search path', () => {
  const asked = (input: Partial<LookupInput>): readonly string[] => explain(input).candidates.map(({ name }) => name);

  test('comes first for a name with fewer than five dots in a pod', () => {
    expect(asked({ name: 'Example.com', namespace: 'shop' })).toEqual([
      'example.com.shop.svc.cluster.local.',
      'example.com.svc.cluster.local.',
      'example.com.cluster.local.',
      'example.com.xyz.bx.internal.cloudapp.net.',
      'example.com.',
    ]);
  });

  test('comes after a name with at least ndots dots', () => {
    expect(asked({ name: 'a.b', ndots: 1, clusterDomain: 'k8s.corp' })).toEqual([
      'a.b.',
      'a.b.default.svc.k8s.corp.',
      'a.b.svc.k8s.corp.',
      'a.b.k8s.corp.',
      'a.b.xyz.bx.internal.cloudapp.net.',
    ]);
    expect(asked({ name: 'a.b', dnsPolicy: 'Default' })).toEqual(['a.b.', 'a.b.xyz.bx.internal.cloudapp.net.']);
    expect(asked({ name: 'a', dnsPolicy: 'Default' })).toEqual(['a.xyz.bx.internal.cloudapp.net.', 'a.']);
  });

  test('is not used for a name with a trailing dot, or if there is none', () => {
    expect(asked({ name: 'a.b.' })).toEqual(['a.b.']);
    expect(asked({ name: 'a', dnsPolicy: 'Default', nodeSuffix: '' })).toEqual(['a.']);
    expect(asked({ name: '.' })).toEqual(['.']);
  });

  test('assumes the domain of the node if it is not given: that of Azure DNS or of a VNet with custom DNS servers', () => {
    const { search, notes } = explainLookup(standard, { name: 'a.b' });
    expect(search).toMatchObject({ nodeSuffixAssumed: true });
    expect(search?.domains.at(-1)).toBe('id.location.internal.cloudapp.net');
    expect(notes.map(({ id }) => id)).toContain('node-suffix-assumed');
    expect(explainLookup(standard, { name: 'a.b', vnetDnsServers: ['10.1.0.4'] }).search?.domains.at(-1)).toBe(
      'reddog.microsoft.com',
    );
  });

  test('shows that a name that becomes too long is not queried', () => {
    const long = Array.from({ length: 4 }, () => 'a'.repeat(60)).join('.');
    const explained = explain({ name: long, namespace: 'a-long-namespace' }).candidates.map(
      ({ answeredBy }) => answeredBy,
    );
    expect(explained).toEqual(['resolver', 'resolver', 'resolver', 'resolver', 'upstream']);
  });
});

describe('an answer of the node itself', () => {
  test.each([
    ['a.b.id.loc.internal.cloudapp.net.', 'guard'],
    ['A.B.ID.LOC.Internal.CloudApp.NET.', 'guard'],
    ['host.id.loc.internal.cloudapp.net.', 'upstream'],
    ['internal.cloudapp.net.', 'upstream'],
    ['reddog.microsoft.com.', 'guard'],
    ['a.reddog.microsoft.com.', 'guard'],
    ['myreddog.microsoft.com.', 'upstream'],
    ['health-check.localdns.local.', 'health-check'],
  ])('%s comes from: %s', (name, answeredBy) => {
    expect(only({ name }).answeredBy).toBe(answeredBy);
    expect(only({ name, dnsPolicy: 'Default' }).answeredBy).toBe(answeredBy);
  });

  test('is not given to a dead end of the search path in a separate zone, and a note explains it', () => {
    const profile = kubeZones({ ...standard.kubeDNSOverrides, net: full({ forwardDestination: 'ClusterCoreDNS' }) });
    const name = 'a.b.id.loc.internal.cloudapp.net.';
    expect(only({ name }, profile)).toMatchObject({ answeredBy: 'upstream', zone: 'net' });
    expect(noteIds({ name }, profile)).toContain('guard-not-here');
    expect(noteIds({ name })).toContain('guard-not-cached');
  });

  test('has no NSID for the health check, and that of the listener otherwise', () => {
    expect(only({ name: 'health-check.localdns.local.' })).toMatchObject({ nsid: null });
    expect(only({ name: 'reddog.microsoft.com.' })).toMatchObject({ nsid: 'localdns-pod', rcode: 'NXDOMAIN' });
    expect(only(node)).toMatchObject({ nsid: 'localdns' });
  });

  test('is REFUSED if no zone matches the name', () => {
    expect(only(cluster, kubeZones({ 'example.org': full() }))).toMatchObject({
      answeredBy: 'listener',
      rcode: 'REFUSED',
    });
  });

  test('comes from the hosts file only for its names in the root zone', () => {
    const hosts = { hostsPlugin: true, criticalFqdns: ['MCR.microsoft.com.'], name: 'mcr.microsoft.com.' };
    expect(only(hosts)).toMatchObject({ answeredBy: 'hosts', cache: { positiveTtl: { least: 5, most: 5 } } });
    expect(only({ ...hosts, type: 'TXT' })).toMatchObject({
      answeredBy: 'hosts',
      outcome: expect.stringContaining('no record') as string,
    });
    expect(only({ ...hosts, name: 'example.com.' })).toMatchObject({ answeredBy: 'upstream', hosts: 'no' });
    expect(only({ ...hosts, criticalFqdns: undefined })).toMatchObject({ answeredBy: 'upstream', hosts: 'possible' });
    expect(only({ ...hosts, hostsPlugin: false })).toMatchObject({ answeredBy: 'upstream', hosts: 'no' });
    expect(only({ ...hosts, name: '1.2.3.4.in-addr.arpa.', type: 'PTR' })).toMatchObject({ hosts: 'possible' });
    expect(only(hosts, kubeZones({ '.': full(), 'microsoft.com': full() }))).toMatchObject({
      answeredBy: 'upstream',
      zone: 'microsoft.com',
      hosts: 'no',
    });
  });
});

describe('forwarding', () => {
  test('lists the upstream servers after the replacement', () => {
    expect(forwarded(cluster).forward).toMatchObject({ destination: 'ClusterCoreDNS', upstreams: ['10.0.0.10'] });
    expect(forwarded({ ...cluster, coreDnsServiceIp: '10.9.0.10' }).forward.upstreams).toEqual(['10.9.0.10']);
    expect(forwarded(node).forward).toMatchObject({ destination: 'VnetDNS', upstreams: ['168.63.129.16'] });
    expect(forwarded({ ...node, vnetDnsServers: ['10.1.0.4', 'fd00::53'] }).forward.upstreams).toEqual([
      '10.1.0.4',
      'fd00::53',
    ]);
  });

  test('explains if the block does not follow its setting', () => {
    const { forward } = forwarded(node, vnetZones({ '.': full({ forwardDestination: 'ClusterCoreDNS' }) }));
    expect(forward.destination).toBe('VnetDNS');
    expect(forward.why).toContain('although forwardDestination is ClusterCoreDNS');
  });

  test.each([
    ['ForceTCP', 'current', 'tcp', 'tcp'],
    ['PreferUDP', 'current', 'udp', 'udp'],
    ['PreferUDP', 'pre-2026-08', 'as-client', 'tcp'],
    ['ForceTCP', 'pre-2026-08', 'tcp', 'tcp'],
  ] as const)('with %s on a %s node uses %s, and refreshes use %s', (protocol, template, asked, refreshed) => {
    const at = (override: Parameters<typeof full>[0]): object =>
      forwarded({ ...node, template }, vnetZones({ '.': full({ protocol, ...override }) })).forward;
    expect(at({})).toMatchObject({ protocol: asked, refreshProtocol: refreshed });
    expect(at({ serveStale: 'Disable' })).toMatchObject({ protocol: asked, refreshProtocol: null });
  });

  test('explains the policy: no effect with one server, and no failover after an answer with several', () => {
    const effect = (forwardPolicy: 'Sequential' | 'RoundRobin' | 'Random', vnetDnsServers: readonly string[]): string =>
      forwarded({ ...node, vnetDnsServers }, vnetZones({ '.': full({ forwardPolicy }) })).forward.policyEffect;
    expect(effect('RoundRobin', [])).toContain('no effect');
    for (const policy of ['Sequential', 'RoundRobin', 'Random'] as const)
      expect(effect(policy, ['10.0.0.1', '10.0.0.2'])).toContain('SERVFAIL, NXDOMAIN and REFUSED count as answers');
  });

  test('has no concurrency limit if it is 0', () => {
    expect(forwarded(node, vnetZones({ '.': full({ maxConcurrent: 0 }) })).forward.maxConcurrent).toBeNull();
    expect(forwarded(node).forward).toMatchObject({
      maxConcurrent: 1000,
      concurrencyEffect: expect.stringContaining('REFUSED') as string,
    });
  });
});

describe('caching', () => {
  test("is at most 30 s through the cluster's CoreDNS, and an hour from the VNet", () => {
    expect(forwarded(cluster).cache).toMatchObject({
      positiveTtl: { least: 5, most: 30 },
      negativeTtl: { least: 5, most: 30 },
    });
    expect(forwarded(node).cache).toMatchObject({
      positiveTtl: { least: 5, most: 3600 },
      negativeTtl: { least: 5, most: 3600 },
    });
    const day = vnetZones({ '.': full({ cacheDurationInSeconds: 86_400 }) });
    expect(forwarded(node, day).cache.positiveTtl.most).toBe(3600);
    expect(forwarded({ ...node, coreDnsVersion: '1.14.4' }, day).cache.positiveTtl.most).toBe(86_400);
    expect(forwarded(node, vnetZones({ '.': full({ cacheDurationInSeconds: 2 }) })).cache.positiveTtl).toEqual({
      least: 2,
      most: 2,
    });
  });

  test.each([
    ['Immediate', 3600, 7200, 7200],
    ['Verify', 3600, 3600, 7200],
    ['Disable', 0, 3600, 3600],
  ] as const)(
    'with %s has a window of %d s and answers up to %d s old, or %d s in an outage',
    (serveStale, windowSeconds, upstreamHealthy, upstreamDown) => {
      const { cache, upstreamDown: failure } = forwarded(node, vnetZones({ '.': full({ serveStale }) }));
      expect(cache.stale).toMatchObject({
        mode: serveStale,
        windowSeconds,
        worstAgeSeconds: { upstreamHealthy, upstreamDown },
      });
      expect(failure.newName).toContain('SERVFAIL');
      expect(failure.knownName.includes('the stale answer')).toBe(serveStale !== 'Disable');
    },
  );

  test('has no stale answers if their window is 0', () => {
    const { cache } = forwarded(node, vnetZones({ '.': full({ serveStaleDurationInSeconds: 0 }) }));
    expect(cache.stale).toMatchObject({ mode: 'Disable', windowSeconds: 0 });
  });
});

describe('the notes', () => {
  const cases: readonly (readonly [NoteId, Partial<LookupInput>, EffectiveProfile?])[] = [
    ['mode-disabled', cluster, documentedDefault('Disabled')],
    ['mode-preferred', cluster, documentedDefault('Preferred')],
    ['search-order', {}],
    ['both-families', cluster],
    ['node-suffix-assumed', { nodeSuffix: undefined }],
    ['host-network', { hostNetwork: true }],
    ['ds-query', { ...cluster, type: 'ds' }],
    ['cluster-cache', cluster],
    ['bypasses-coredns-custom', cluster, kubeZones({ '.': full() })],
    ['cluster-addresses', { name: '1.0.0.10.in-addr.arpa.', type: 'PTR' }, kubeZones({ '.': full() })],
    [
      'vnet-loop',
      { name: 'a.my-cluster.local.', dnsPolicy: 'Default' },
      vnetZones({ '.': full(), 'my-cluster.local': full() }),
    ],
    ['listener-upstream', { ...node, vnetDnsServers: ['169.254.10.10', '10.0.0.1'] }],
    ['guard-not-here', { name: 'a.reddog.microsoft.com.' }, kubeZones({ '.': full(), com: full() })],
    ['zone-with-capitals', { name: 'a.example.com.' }, kubeZones({ '.': full(), 'Example.com': full() })],
    ['guard-not-cached', {}],
    ['hosts-unknown', { ...cluster, hostsPlugin: true }],
    ['negative-first', cluster],
    ['refresh-per-query', { ...cluster, coreDnsVersion: '1.12.1' }],
    ['answer-order', cluster],
    ['cache-room', cluster],
  ];

  test.each(cases.map(([id, input, profile]) => ({ id, input, profile })))(
    '$id is included if it applies',
    ({ id, input, profile }) => {
      expect(noteIds(input, profile)).toContain(id);
    },
  );

  test('all have a case, a text and a source', () => {
    expect(cases.map(([id]) => id)).toEqual(Object.keys(noteTexts));
    for (const { text, source } of Object.values(noteTexts))
      expect([text.length > 20, text.endsWith('.'), source.length > 5]).toEqual([true, true, true]);
  });

  test('are left out if they do not apply', () => {
    const older = { ...cluster, template: '2026-08' } as const;
    expect(noteIds(older)).toEqual(['both-families', 'cluster-cache', 'negative-first', 'cache-room']);
    expect(noteIds({ ...node, template: '2026-08', vnetDnsServers: ['169.254.10.10'], type: 'MX' })).toEqual([
      'negative-first',
      'cache-room',
    ]);
  });
});

describe('invalid input', () => {
  test.each([
    '',
    'a..b',
    '.a',
    'a b',
    'a\nb',
    'münchen.de',
    'a'.repeat(64),
    `${'a.'.repeat(127)}a`,
    '10.0.0.1',
    'fd00::1',
    String.raw`a\.b`,
  ])('the name %j is rejected', (name) => {
    expect(() => explain({ name })).toThrow(UsageError);
  });

  test.each(['_sip._tcp.example.com', '*.example.com', 'a_b', '1', 'xn--mnchen-3ya.de', 'a/b', `${'a'.repeat(63)}.`])(
    'the name %j is accepted',
    (name) => {
      expect(explain({ name }).candidates.length).toBeGreaterThan(0);
    },
  );

  test.each([
    { type: 'A B' },
    { type: '' },
    { ndots: -1 },
    { ndots: 1.5 },
    { ndots: 16 },
    { ndots: Number.NaN },
    { namespace: 'a b' },
    { clusterDomain: '' },
    { nodeSuffix: 'a b' },
    { vnetDnsServers: ['x'] },
    { coreDnsServiceIp: 'x' },
  ])('%j is rejected', (input) => {
    expect(() => explain(input)).toThrow(UsageError);
  });

  test('explains how to look up the name of an address', () => {
    expect(() => explain({ name: '10.0.0.1' })).toThrow(
      expect.objectContaining({ hints: [expect.stringContaining('1.0.0.10.in-addr.arpa.')] }) as Error,
    );
  });
});

describe('for any input', () => {
  const inputs = fc.record({
    name: fc.oneof(
      names,
      names.map((name) => `${name}.`),
      fc.domain(),
    ),
    dnsPolicy: fc.constantFrom(...dnsPolicies),
    hostNetwork: fc.boolean(),
    type: fc.constantFrom('A', 'AAAA', 'SRV', 'PTR', 'DS', 'TXT'),
    ndots: fc.option(fc.nat(15), { nil: undefined }),
    vnetDnsServers: fc.array(fc.ipV4(), { maxLength: 15 }),
    template: fc.constantFrom('current' as const, 'pre-2026-08' as const),
    hostsPlugin: fc.boolean(),
    criticalFqdns: fc.option(fc.array(names, { maxLength: 3 }), { nil: undefined }),
    coreDnsVersion: fc.constantFrom('1.14.3', '1.12.1', '1.14.4'),
  });

  test('an explanation is complete and plain data', () => {
    fc.assert(
      fc.property(profiles, inputs, (profile, input) => {
        const explained = explainLookup(profile, input);
        expect(explained.candidates.length > 0).toBe(input.dnsPolicy !== 'None');
        expect(JSON.parse(JSON.stringify(explained))).toEqual(explained);
        expect(explained.candidates.filter(({ name }) => !name.endsWith('.') || name !== name.toLowerCase())).toEqual(
          [],
        );
        for (const candidate of explained.candidates) {
          if (candidate.answeredBy !== 'upstream') continue;
          expect(candidate.cache.positiveTtl.least).toBeLessThanOrEqual(candidate.cache.positiveTtl.most);
          expect(candidate.cache.stale.worstAgeSeconds.upstreamHealthy).toBeLessThanOrEqual(
            candidate.cache.stale.worstAgeSeconds.upstreamDown,
          );
          expect(candidate.forward.upstreams.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('any other text as a name is explained or rejected as a usage error', () => {
    const outcome = (name: string): string => {
      try {
        return explainLookup(standard, { name }).candidates.length > 0 ? 'explained' : 'nothing said';
      } catch (error) {
        return error instanceof UsageError ? 'refused' : String(error);
      }
    };
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(['explained', 'refused']).toContain(outcome(name));
      }),
      { numRuns: 200 },
    );
  });
});
