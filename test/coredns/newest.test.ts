import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { decode, encode, RECURSION_AVAILABLE, type Answer } from 'dns-packet';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { coreDnsRunner } from '../../src/adapters/dns/index.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';
import { documentedDefault } from '../../src/domain/localdns/index.ts';
import { renderCorefile, templateGenerations, type CorefileTemplate } from '../../src/domain/localdns/render/index.ts';
import { explainLookup } from '../../src/domain/localdns/resolve/index.ts';
import type { EffectiveProfile, FullOverride } from '../../src/model/profile.ts';
import { loopback, type StubBehaviour } from '../../src/model/rehearsal.ts';
import { askedFor } from '../../src/usecases/rehearse/ask.ts';
import { onLoopback } from '../../src/usecases/rehearse/loopback.ts';
import {
  buildMilliseconds,
  coreDnsMissing,
  coreDnsProgram,
  coreDnsVersions,
  type CoreDnsVersion,
} from '../support/coredns.ts';
import { withCoreDns } from './harness.ts';

/** Features of the newest template generations: health checks, failing fast, changing order. */

const patience = { timeout: 60_000, interval: 50 };
const base = documentedDefault();

function withZone(change: Partial<FullOverride>): EffectiveProfile {
  const root = base.kubeDNSOverrides['.'];
  if (root === undefined) throw new Error('The default has a root zone.');
  const override = { ...root, serveStale: 'Disable' as const, cacheDurationInSeconds: 1, ...change };
  return { ...base, kubeDNSOverrides: { ...base.kubeDNSOverrides, 'x.test': override } };
}

const question = (name: string) => ({ name: `${name}.x.test.`, type: 'A' });
const probe = { name: 'probe.test.', type: 'NS' };

/** Returns four addresses for every name, always in the same order, and counts the queries. */
async function withAddresses<T>(work: (port: number, asked: () => number) => Promise<T>): Promise<T> {
  const socket = createSocket('udp4');
  let asked = 0;
  socket.on('message', (bytes, sender) => {
    const query = decode(bytes);
    const [first] = query.questions ?? [];
    if (first === undefined) return;
    const addresses = first.type === 'A' ? ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'] : [];
    if (first.type === 'A') asked += 1;
    const answers = addresses.map((data): Answer => ({ type: 'A', name: first.name, ttl: 300, data }));
    const answer = encode({
      type: 'response',
      id: query.id ?? 0,
      flags: RECURSION_AVAILABLE,
      questions: [first],
      answers,
    });
    socket.send(answer, sender.port, sender.address);
  });
  socket.bind(0, loopback);
  await once(socket, 'listening');
  try {
    return await work(socket.address().port, () => asked);
  } finally {
    socket.close();
  }
}

/** The addresses of a name in the order of the answer. */
async function addressesOf(port: number, name: string): Promise<readonly string[]> {
  const socket = createSocket('udp4');
  try {
    socket.connect(port, loopback);
    await once(socket, 'connect');
    socket.send(encode({ type: 'query', id: 7, questions: [{ type: 'A', name }] }));
    const [bytes] = (await once(socket, 'message')) as [Buffer];
    return (decode(bytes).answers ?? []).flatMap((record) => (record.type === 'A' ? [record.data] : []));
  } finally {
    socket.close();
  }
}

// Mostly waiting, so all at once.
describe.skipIf(coreDnsMissing !== undefined).concurrent.each(Object.keys(coreDnsVersions) as CoreDnsVersion[])(
  `the newest template, on CoreDNS %s${coreDnsMissing === undefined ? '' : ` (${coreDnsMissing})`}`,
  (version) => {
    let program = '';
    beforeAll(async () => {
      program = await coreDnsProgram(version);
    }, buildMilliseconds);

    test('starts with every form of a health check and of failing fast', async () => {
      const zones: Record<string, FullOverride> = {};
      for (const duration of ['500ms', '1s', '1m30s', '1.5h'])
        for (const noRecursion of [undefined, true])
          for (const domain of [undefined, 'probe.test'])
            for (const failfast of [undefined, true, false]) {
              const override = withZone({
                healthCheck: {
                  duration,
                  ...(noRecursion === undefined ? {} : { noRecursion }),
                  ...(domain === undefined ? {} : { domain }),
                },
                ...(failfast === undefined ? {} : { failfastAllUnhealthyUpstreams: failfast }),
              }).kubeDNSOverrides['x.test'];
              if (override !== undefined) zones[`z${String(Object.keys(zones).length)}.test`] = override;
            }
      const profile = { ...base, kubeDNSOverrides: { ...base.kubeDNSOverrides, ...zones } };
      const behaviour: StubBehaviour = () => ({ rcode: 'NOERROR', content: 'answer', ttl: 30 });
      for (const template of templateGenerations)
        await withCoreDns({ program, profile, template, behaviour }, async ({ ask }) => {
          const { answer } = await ask('kubeDNSOverrides', { name: 'a.z47.test.', type: 'A' }, 'udp');
          expect(answer, template).toMatchObject({ rcode: 'NOERROR' });
        });
    });

    test('probes a failed upstream with the name of the health check until it answers', async () => {
      let silent = true;
      const behaviour: StubBehaviour = () => (silent ? undefined : { rcode: 'NOERROR', content: 'answer', ttl: 30 });
      const profile = withZone({ healthCheck: { duration: '100ms', noRecursion: true, domain: 'probe.test' } });
      const [candidate] = explainLookup(profile, { name: question('a').name }).candidates;
      expect(candidate).toMatchObject({
        forward: {
          healthCheckEffect:
            'a failed upstream server is probed with probe.test every 100ms without recursion until it answers',
        },
      });
      await withCoreDns({ program, profile, behaviour }, async ({ ask, log }) => {
        const probes = (): number => log.of('kubeDNSOverrides', probe).length;
        expect((await ask('kubeDNSOverrides', question('a'), 'udp')).answer?.rcode).toBe('SERVFAIL');
        await vi.waitFor(() => {
          expect(probes()).toBeGreaterThan(2);
        }, patience);
        silent = false;
        await vi.waitFor(async () => {
          expect((await ask('kubeDNSOverrides', question('b'), 'udp')).answer?.rcode).toBe('NOERROR');
        }, patience);
        // It answers, so there are no more probes within a second.
        await vi.waitFor(
          async () => {
            const before = probes();
            await new Promise((resolve) => {
              setTimeout(resolve, 1000);
            });
            expect(probes()).toBe(before);
          },
          { ...patience, interval: 1 },
        );
      });
    });

    test.each([
      ['2026-11', true],
      ['2026-08', true],
      ['pre-2026-08', false],
    ] as const)('of %s fails immediately once all upstreams are down: %s', async (template, failsAtOnce) => {
      const profile = withZone({ failfastAllUnhealthyUpstreams: true });
      const [candidate] = explainLookup(profile, { name: question('a').name, template }).candidates;
      expect(JSON.stringify(candidate).includes('failfastAllUnhealthyUpstreams is true')).toBe(failsAtOnce);
      await withCoreDns({ program, profile, template, behaviour: () => undefined }, async ({ ask, log }) => {
        const upstreamsAsked = async (name: string): Promise<number> => {
          const asked = await ask('kubeDNSOverrides', question(name), 'udp');
          expect(asked.answer?.rcode).toBe('SERVFAIL');
          return askedFor(asked, log).length;
        };
        let time = 0;
        const next = async (): Promise<number> => upstreamsAsked(`n${String((time += 1))}`);
        expect(await next()).toBeGreaterThan(0);
        if (failsAtOnce)
          await vi.waitFor(async () => {
            expect(await next()).toBe(0);
          }, patience);
        else for (const _ of [1, 2]) expect(await next()).toBeGreaterThan(0);
      });
    });

    test.each([
      ['2026-11', true],
      ['2026-08', false],
      ['pre-2026-08', false],
    ] as const)('of %s changes the order of addresses, also from the cache: %s', async (template, changes) => {
      const notes = (generation: CorefileTemplate): readonly string[] =>
        explainLookup(base, { name: 'shop.example.', template: generation }).notes.map(({ id }) => id);
      expect(notes(template).includes('answer-order')).toBe(changes);
      await withAddresses(async (upstream, asked) => {
        const corefile = renderCorefile(base, { template });
        const dns = await coreDnsRunner(systemProcesses).start(program, (ports) =>
          onLoopback(corefile, { ports, upstreamPort: () => upstream, hosts: new Map() }),
        );
        try {
          const firsts = new Set<string | undefined>();
          for (let time = 0; time < 60; time += 1) {
            const found = await addressesOf(dns.ports.vnetDNSOverrides, 'shop.example');
            expect([...found].sort()).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4']);
            firsts.add(found[0]);
          }
          expect(asked()).toBe(1);
          expect(firsts.size > 1).toBe(changes);
        } finally {
          await dns.stop();
        }
      });
    });
  },
);
