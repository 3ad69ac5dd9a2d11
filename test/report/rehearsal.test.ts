import { describe, expect, test } from 'vitest';
import { rehearsalText } from '../../src/report/rehearsal.ts';
import type { RehearsalReport } from '../../src/usecases/rehearse/index.ts';

const none = { upstream: 0, cache: 0, stale: 0, node: 0, failed: 0, nothing: 0 };

const report: RehearsalReport = {
  schemaVersion: 1,
  coreDns: { path: '/usr/bin/coredns', version: '1.14.3' },
  template: { generation: '2026-11', addressOrder: 'changing' },
  outageSeconds: 30,
  upstreamLatencyMs: 0,
  upstreams: [{ address: '10.0.0.10', standsFor: 'cluster DNS', ttl: 5 }],
  names: [
    {
      name: 'www.bing.com.',
      type: 'A',
      map: 'kubeDNSOverrides',
      listener: '169.254.10.11',
      zone: '.',
      asks: [
        {
          step: 'first',
          transport: 'udp',
          atSeconds: 0,
          rcode: 'NOERROR',
          source: 'upstream',
          upstream: '10.0.0.10',
          upstreamTransport: 'udp',
          ttl: 5,
          ageSeconds: 0,
          nsid: 'localdns-pod',
          milliseconds: 3,
        },
        {
          step: 'outage',
          transport: 'udp',
          atSeconds: 6.5,
          rcode: 'NOERROR',
          source: 'stale',
          upstream: '10.0.0.10',
          upstreamTransport: 'udp',
          ttl: 0,
          ageSeconds: 6.5,
          nsid: 'localdns-pod',
          milliseconds: 1,
        },
        {
          step: 'outage-end',
          transport: 'udp',
          atSeconds: 29,
          rcode: null,
          source: 'nothing',
          upstream: null,
          upstreamTransport: null,
          ttl: null,
          ageSeconds: null,
          nsid: null,
          milliseconds: 12000,
        },
      ],
    },
    { name: 'x.', type: 'A', map: 'kubeDNSOverrides', listener: '169.254.10.11', zone: null, asks: [] },
  ],
  cache: [
    { map: 'vnetDNSOverrides', listener: '169.254.10.10', asked: 0, bySource: none, hitRatio: null },
    {
      map: 'kubeDNSOverrides',
      listener: '169.254.10.11',
      asked: 3,
      bySource: { ...none, upstream: 1, stale: 1, nothing: 1 },
      hitRatio: 0.333,
    },
  ],
  differences: [],
};

describe('a rehearsal as text', () => {
  test('has a table for each name, and the effects of the cache', () => {
    expect(rehearsalText(report)).toBe(`CoreDNS 1.14.3 (/usr/bin/coredns)
Stub for 10.0.0.10, cluster DNS: TTL 5
Template 2026-11: several addresses are returned in changing order (loadbalance)
Outage of all upstreams: 30s

www.bing.com. A at 169.254.10.11 (kubeDNSOverrides), zone .
  Step           Protocol  Answer   Source     Upstream       TTL  Age    Time
  first          udp       NOERROR  upstream   10.0.0.10 udp  5    0.0 s  3 ms
  during outage  udp       NOERROR  stale      10.0.0.10 udp  0    6.5 s  1 ms
  end of outage  udp       -        no answer  -              -    -      12000 ms

x. A at 169.254.10.11 (kubeDNSOverrides), no matching zone
  not queried: the name is too long

Cache
  169.254.10.10  no queries
  169.254.10.11  3 queries: 1 upstream, 1 stale, 1 no answer; cache hit ratio 33 %

CoreDNS matches config explain.
`);
  });

  test('names each difference, fit for a terminal', () => {
    const text = rehearsalText({
      ...report,
      differences: [
        {
          name: 'www.bing.com.',
          map: 'kubeDNSOverrides',
          step: 'again',
          what: 'ttl',
          explained: '5',
          seen: '\u001b[31m7',
        },
      ],
    });
    expect(text).toContain(
      'CoreDNS differs from config explain in 1 place. Please report this.\n  www.bing.com. (kubeDNSOverrides, again): ttl expected 5, observed \\u001b[31m7\n',
    );
  });
});
