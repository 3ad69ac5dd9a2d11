import fc from 'fast-check';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { documentedDefault } from '../../src/domain/localdns/index.ts';
import { explainLookup, type Candidate } from '../../src/domain/localdns/resolve/index.ts';
import {
  overrideMaps,
  type EffectiveProfile,
  type LocalDnsOverride,
  type OverrideMap,
} from '../../src/model/profile.ts';
import type { StubBehaviour, Transport } from '../../src/model/rehearsal.ts';
import { askedFor, seenIn } from '../../src/usecases/rehearse/ask.ts';
import { problemsOf } from '../../src/usecases/rehearse/judge.ts';
import { arbitraryProfile, usualBounds } from '../support/arbitrary-profile.ts';
import {
  buildMilliseconds,
  coreDnsMissing,
  coreDnsProgram,
  coreDnsVersions,
  type CoreDnsVersion,
} from '../support/coredns.ts';
import { clusterDns, mapAll, seedFor, withCoreDns, type Bench } from './harness.ts';

type Upstream = 'up' | 'silent' | 'failing';

/** How long to wait for what follows an answer, in milliseconds. */
const patience = 30_000;

/** Short, so that a test covers the whole lifetime of an entry. */
const shortBounds = {
  cacheDuration: fc.integer({ min: 1, max: 3 }),
  staleDuration: fc.constantFrom(0, 2, 4, 8, 3600),
  maxConcurrent: fc.constantFrom(0, 1000),
  zones: { ...usualBounds.zones, minLength: 4 },
};

function candidateFor(profile: EffectiveProfile, map: OverrideMap, name: string, coreDnsVersion: string): Candidate {
  const [candidate] = explainLookup(profile, {
    name,
    dnsPolicy: map === 'vnetDNSOverrides' ? 'Default' : 'ClusterFirst',
    coreDnsServiceIp: clusterDns,
    coreDnsVersion,
  }).candidates;
  if (candidate === undefined) throw new Error('A name has an explanation.');
  return candidate;
}

interface Subject {
  readonly map: OverrideMap;
  readonly name: string;
}

/** For every zone of both maps, a name that exists and one that does not, as a client of each listener would query. */
function subjectsOf(profile: EffectiveProfile): readonly Subject[] {
  return overrideMaps.flatMap((map) =>
    Object.keys(profile[map]).flatMap((zone) =>
      ['is', 'not'].map((first) => ({
        map,
        name: zone === '.' ? `${first}.root.test.` : `${first}.stale.${zone.replace(/\.$/, '').toLowerCase()}.`,
      })),
    ),
  );
}

function switchable(): { readonly behaviour: StubBehaviour; set(state: Upstream): void } {
  let state: Upstream = 'up';
  return {
    set: (next) => {
      state = next;
    },
    behaviour: ({ name }) => {
      if (state === 'silent') return undefined;
      if (state === 'failing') return { rcode: 'SERVFAIL', content: 'nothing', ttl: 0 };
      return {
        rcode: name.startsWith('not.') ? 'NXDOMAIN' : 'NOERROR',
        content: name.startsWith('not.') ? 'soa' : 'answer',
        ttl: 30,
      };
    },
  };
}

/** A round of queries, each compared with the explanation; counts the answers by source. */
async function round(
  bench: Bench,
  profile: EffectiveProfile,
  transport: Transport,
  counts: Map<string, number>,
  when: string,
): Promise<readonly string[]> {
  const found = await mapAll(subjectsOf(profile), async ({ map, name }) => {
    const candidate = candidateFor(profile, map, name, bench.dns.version);
    const ask = await bench.ask(map, { name, type: 'A' }, transport);
    const { source } = seenIn(ask, bench.log);
    const mode = candidate.answeredBy === 'upstream' ? candidate.cache.stale.mode : candidate.answeredBy;
    counts.set(`${mode} ${source}`, (counts.get(`${mode} ${source}`) ?? 0) + 1);
    return problemsOf(candidate, ask, bench.log).map(
      ({ what, explained, seen }) =>
        `${when}: ${map} ${name} (${mode}): ${what} explained ${explained}, seen ${seen}, answered from ${source}`,
    );
  });
  return found.flat();
}

/** Fresh, expired, an outage of this kind, and recovered. */
async function life(
  program: string,
  profile: EffectiveProfile,
  outage: Upstream,
  counts: Map<string, number>,
): Promise<readonly string[]> {
  const upstream = switchable();
  return withCoreDns({ program, profile, behaviour: upstream.behaviour }, async (bench) => {
    const problems = [...(await round(bench, profile, 'udp', counts, 'first'))];
    await delay(20);
    problems.push(...(await round(bench, profile, 'tcp', counts, 'again')));
    await delay(4600);
    problems.push(...(await round(bench, profile, 'udp', counts, 'expired')));
    await delay(4600);
    upstream.set(outage);
    problems.push(...(await round(bench, profile, 'udp', counts, outage)));
    await delay(500);
    problems.push(...(await round(bench, profile, 'tcp', counts, `${outage}, once more`)));
    upstream.set('up');
    await delay(1500);
    problems.push(...(await round(bench, profile, 'udp', counts, 'back')));
    await delay(1500);
    problems.push(...(await round(bench, profile, 'tcp', counts, 'settled')));
    return problems;
  });
}

// Mostly waiting, so all at once.
describe.skipIf(coreDnsMissing !== undefined).concurrent.each(Object.keys(coreDnsVersions) as CoreDnsVersion[])(
  `stale answers, on CoreDNS %s${coreDnsMissing === undefined ? '' : ` (${coreDnsMissing})`}`,
  (version) => {
    let program = '';
    beforeAll(async () => {
      program = await coreDnsProgram(version);
    }, buildMilliseconds);

    test.each(['silent', 'failing'] as const)(
      'are given, verified or not, as explained, with upstreams that become %s',
      async (outage) => {
        const seed = seedFor(`stale on ${version}, ${outage}`);
        const counts = new Map<string, number>();
        const problems = await Promise.all(
          fc
            .sample(arbitraryProfile(shortBounds), { seed, numRuns: 4 })
            .map(async (profile, index) =>
              (await life(program, profile, outage, counts)).map(
                (problem) => `seed ${String(seed)}, profile ${String(index)}: ${problem}`,
              ),
            ),
        );
        expect(problems.flat()).toEqual([]);
        process.stdout.write(
          `${version}, ${outage}: ${[...counts].map(([what, amount]) => `${what} ${String(amount)}`).join(', ')}\n`,
        );
        for (const what of ['Immediate stale', 'Verify stale', 'Verify upstream', 'Disable failed', 'Disable upstream'])
          expect(counts.get(what) ?? 0, what).toBeGreaterThan(0);
        expect(counts.get('Disable stale') ?? 0).toBe(0);
      },
    );

    const base = documentedDefault();
    const zone = (change: Partial<LocalDnsOverride>): EffectiveProfile => {
      const override = base.kubeDNSOverrides['.'];
      if (override === undefined) throw new Error('The default has a root zone.');
      return {
        ...base,
        kubeDNSOverrides: { ...base.kubeDNSOverrides, 'x.test': { ...override, cacheDurationInSeconds: 1, ...change } },
      };
    };
    const name = 'a.x.test.';

    test('are refreshed in the background with the explained protocol', async () => {
      for (const [protocol, template] of [
        ['PreferUDP', 'current'],
        ['PreferUDP', 'pre-2026-08'],
        ['ForceTCP', 'current'],
      ] as const) {
        const profile = zone({ protocol, serveStale: 'Immediate', serveStaleDurationInSeconds: 60 });
        const explained = explainLookup(profile, { name, template, coreDnsVersion: version }).candidates[0];
        await withCoreDns({ program, profile, template, behaviour: switchable().behaviour }, async ({ ask, log }) => {
          await ask('kubeDNSOverrides', { name, type: 'A' }, 'udp');
          await delay(2300);
          const stale = await ask('kubeDNSOverrides', { name, type: 'A' }, 'udp');
          expect(seenIn(stale, log).source).toBe('stale');
          await vi.waitFor(() => {
            const refresh = askedFor({ ...stale, got: Date.now() }, log);
            expect(
              refresh.map(({ transport }) => transport),
              `${protocol} ${template}`,
            ).toEqual(explained?.answeredBy === 'upstream' ? [explained.forward.refreshProtocol] : []);
          }, patience);
        });
      }
    });

    test('are refreshed once at a time or once per query, depending on the version', async () => {
      const profile = zone({ serveStale: 'Immediate', serveStaleDurationInSeconds: 60 });
      const behaviour: StubBehaviour = () => ({
        rcode: 'NOERROR',
        content: 'answer',
        ttl: 30,
        afterMilliseconds: 600,
      });
      const { notes } = explainLookup(profile, { name, coreDnsVersion: version });
      await withCoreDns({ program, profile, behaviour }, async ({ ask, log }) => {
        await ask('kubeDNSOverrides', { name, type: 'A' }, 'udp');
        await delay(2600);
        const asks = await mapAll([1, 2, 3, 4, 5], async () => ask('kubeDNSOverrides', { name, type: 'A' }, 'udp'));
        expect(asks.map((one) => seenIn(one, log).source)).toEqual(['stale', 'stale', 'stale', 'stale', 'stale']);
        const refreshes = (): number => log.of('kubeDNSOverrides', { name, type: 'A' }).length - 1;
        const perQuery = notes.some(({ id }) => id === 'refresh-per-query');
        await vi.waitFor(() => {
          expect(refreshes()).toBeGreaterThan(perQuery ? 1 : 0);
        }, patience);
        await delay(300);
        if (!perQuery) expect(refreshes()).toBe(1);
      });
    });

    test('without them, a silent upstream takes about 6 s at first and 2 s later', async () => {
      const upstream = switchable();
      upstream.set('silent');
      await withCoreDns({ program, profile: zone({}), behaviour: upstream.behaviour }, async ({ ask }) => {
        const seconds = async (first: string): Promise<number> => {
          const { answer, sent, got } = await ask('kubeDNSOverrides', { name: `${first}.x.test.`, type: 'A' }, 'udp');
          expect(answer).toMatchObject({ rcode: 'SERVFAIL', nsid: null });
          return (got - sent) / 1000;
        };
        // A busy machine takes longer, but the later one always takes less than the first.
        const first = await seconds('a');
        expect(first).toBeGreaterThan(4.9);
        expect(first).toBeLessThan(12);
        await delay(3000);
        const later = await seconds('b');
        expect(later).toBeGreaterThan(1.9);
        expect(later).toBeLessThan(4.9);
      });
    });

    test('of a name that did not exist are served once more after it exists, with Immediate', async () => {
      let exists = false;
      const behaviour: StubBehaviour = () =>
        exists ? { rcode: 'NOERROR', content: 'answer', ttl: 30 } : { rcode: 'NXDOMAIN', content: 'soa', ttl: 30 };
      await withCoreDns(
        { program, profile: zone({ serveStale: 'Immediate', serveStaleDurationInSeconds: 60 }), behaviour },
        async ({ ask }) => {
          const rcode = async (): Promise<string | undefined> =>
            (await ask('kubeDNSOverrides', { name, type: 'A' }, 'udp')).answer?.rcode;
          expect(await rcode()).toBe('NXDOMAIN');
          exists = true;
          await delay(2300);
          expect(await rcode()).toBe('NXDOMAIN');
          await vi.waitFor(async () => {
            expect(await rcode()).toBe('NOERROR');
          }, patience);
        },
      );
    });

    test('of a name that did not exist are kept with Verify, which queries upstream each time, until their window ends', async () => {
      let exists = false;
      const behaviour: StubBehaviour = () =>
        exists ? { rcode: 'NOERROR', content: 'answer', ttl: 30 } : { rcode: 'NXDOMAIN', content: 'soa', ttl: 1 };
      await withCoreDns(
        {
          program,
          profile: zone({ cacheDurationInSeconds: 3600, serveStale: 'Verify', serveStaleDurationInSeconds: 60 }),
          behaviour,
        },
        async ({ ask, log }) => {
          const question = { name, type: 'A' };
          expect((await ask('kubeDNSOverrides', question, 'udp')).answer?.rcode).toBe('NXDOMAIN');
          exists = true;
          // A TTL below 5 s counts as 5.
          await delay(6300);
          for (let time = 0; time < 3; time += 1) {
            const asked = await ask('kubeDNSOverrides', question, 'udp');
            expect([asked.answer?.rcode, seenIn(asked, log).source]).toEqual(['NOERROR', 'upstream']);
            await delay(20);
          }
        },
      );
    });
  },
);
