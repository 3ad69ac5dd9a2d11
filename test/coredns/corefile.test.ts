import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { documentedDefault, readProfile, type ProfileDocument } from '../../src/domain/localdns/index.ts';
import { renderCorefile } from '../../src/domain/localdns/render/index.ts';
import { explainLookup } from '../../src/domain/localdns/resolve/index.ts';
import type { EffectiveProfile, LocalDnsOverride } from '../../src/model/profile.ts';
import type { StubBehaviour } from '../../src/model/rehearsal.ts';
import { askedFor } from '../../src/usecases/rehearse/ask.ts';
import { problemsOf } from '../../src/usecases/rehearse/judge.ts';
import { arbitraryProfile, newerBounds } from '../support/arbitrary-profile.ts';
import {
  buildMilliseconds,
  coreDnsMissing,
  coreDnsProgram,
  coreDnsVersions,
  type CoreDnsVersion,
} from '../support/coredns.ts';
import { mapAll, seedFor, withCoreDns, withCorefile } from './harness.ts';

const folder = fileURLToPath(new URL('../../../shared/reference/corefile/', import.meta.url));
const vectors = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.corefile')) : [];

const up: StubBehaviour = () => ({ rcode: 'NOERROR', content: 'answer', ttl: 30 });
const base = documentedDefault();
const root = base.kubeDNSOverrides['.'] as Required<LocalDnsOverride>;

/** The Corefile as it would be without the reader and its rules. */
function unread(zones: Readonly<Record<string, Partial<LocalDnsOverride>>>): EffectiveProfile {
  const filled = Object.entries(zones).map(([zone, change]) => [
    zone,
    { ...(base.kubeDNSOverrides[zone] ?? root), ...change },
  ]);
  return { ...base, kubeDNSOverrides: { ...base.kubeDNSOverrides, ...Object.fromEntries(filled) } };
}

function read(profile: EffectiveProfile): ProfileDocument {
  return readProfile(new TextEncoder().encode(JSON.stringify(profile)), 'update');
}

const compareWords = (left: string, right: string): number => (left < right ? -1 : 1);

async function starts(program: string, corefile: string): Promise<string | undefined> {
  try {
    await withCorefile(program, corefile, up, async () => undefined);
    return undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'coredns-refused') return error.message;
    throw error;
  }
}

describe.skipIf(coreDnsMissing !== undefined).each(Object.keys(coreDnsVersions) as CoreDnsVersion[])(
  `the Corefile, on CoreDNS %s${coreDnsMissing === undefined ? '' : ` (${coreDnsMissing})`}`,
  (version) => {
    let program = '';
    beforeAll(async () => {
      program = await coreDnsProgram(version);
    }, buildMilliseconds);

    describe.skipIf(vectors.length === 0)(
      `of upstream${vectors.length === 0 ? ' (no vectors beside this checkout)' : ''}`,
      () => {
        test.each(vectors)('%s starts and answers on both listeners', async (file) => {
          await withCorefile(program, readFileSync(`${folder}${file}`, 'utf8'), up, async ({ ask }) => {
            for (const map of ['vnetDNSOverrides', 'kubeDNSOverrides'] as const) {
              for (const transport of ['udp', 'tcp'] as const) {
                expect(
                  (await ask(map, { name: 'health-check.localdns.local.', type: 'A' }, transport)).answer,
                ).toMatchObject({ rcode: 'NOERROR', authoritative: true });
              }
            }
          });
        });
      },
    );

    test('with a hundred zones in each map starts', async () => {
      const zones = Object.fromEntries(
        Array.from({ length: 98 }, (_, index) => [`zone-${String(index)}.example`, root]),
      );
      const vnet = Object.fromEntries(
        Object.keys(zones).map((zone) => [zone, { ...root, forwardDestination: 'VnetDNS' as const }]),
      );
      const profile: EffectiveProfile = {
        ...base,
        kubeDNSOverrides: { ...base.kubeDNSOverrides, ...zones },
        vnetDNSOverrides: { ...base.vnetDNSOverrides, ...vnet },
      };
      expect(read(profile).findings).toEqual([]);
      await withCoreDns({ program, profile, behaviour: up }, async ({ ask, log }) => {
        const asked = await ask('vnetDNSOverrides', { name: 'x.zone-97.example.', type: 'A' }, 'udp');
        expect(askedFor(asked, log).map(({ upstream }) => upstream.zone)).toEqual(['zone-97.example']);
      });
    });

    test('of random valid profiles starts', async () => {
      const seed = seedFor(`starts on ${version}`);
      const profiles = fc.sample(arbitraryProfile(newerBounds), { seed, numRuns: 25 });
      for (const [index, profile] of profiles.entries())
        expect(
          await starts(program, renderCorefile(profile)),
          `seed ${String(seed)}, profile ${String(index)}`,
        ).toBeUndefined();
    });

    test.each([
      [
        'L009',
        'a cache duration of 0',
        { '.': { cacheDurationInSeconds: 0 } },
        'cache TTL can not be zero or negative',
      ],
      [
        'L009',
        'a negative cache duration',
        { '.': { cacheDurationInSeconds: -1 } },
        'cache TTL can not be zero or negative',
      ],
      ['L009', 'negative concurrency', { '.': { maxConcurrent: -1 } }, 'max_concurrent'],
      ['L009', 'a negative stale duration', { '.': { serveStaleDurationInSeconds: -1 } }, 'negative'],
      ['L010', 'a zone twice but for the final dot', { 'example.com': {}, 'example.com.': {} }, 'already defined'],
      ['L010', 'the root zone beside another', { 'cluster.local.': {} }, 'already defined'],
      ['L010', "LocalDNS's own zone", { 'health-check.localdns.local': {} }, 'already defined'],
      ['L010', "LocalDNS's own zone with its final dot", { 'health-check.localdns.local.': {} }, 'already defined'],
    ] as const)('%s: CoreDNS rejects %s, like the validator', async (rule, _what, zones, said) => {
      const profile = unread(zones);
      expect(read(profile).findings).toContainEqual(expect.objectContaining({ rule, severity: 'fail' }));
      expect(await starts(program, renderCorefile(profile))).toContain(said);
    });

    test.each([
      ['example.com:5353', 'x.example.com.'],
      ['example.com/8', 'x.example.com.'],
    ])(
      'L010: the validator rejects a zone %s, because CoreDNS starts with it but does not serve the intended name',
      async (zone, name) => {
        const profile = unread({ [zone]: { forwardDestination: 'ClusterCoreDNS' } });
        expect(read(profile).findings).toContainEqual(expect.objectContaining({ rule: 'L010', severity: 'fail' }));
        await withCoreDns({ program, profile, behaviour: up }, async ({ ask, log }) => {
          const asked = await ask('kubeDNSOverrides', { name, type: 'A' }, 'udp');
          expect(askedFor(asked, log).map(({ upstream }) => upstream.zone)).toEqual(['.']);
        });
      },
    );

    test('L010: an address range is its reverse zone', async () => {
      const profile = unread({ '10.0.0.0/8': {} });
      expect(read(profile).findings).toContainEqual(
        expect.objectContaining({ rule: 'L010', severity: 'fail', instead: '10.in-addr.arpa' }),
      );
      await withCoreDns({ program, profile, behaviour: up }, async ({ ask, log }) => {
        const asked = await ask('kubeDNSOverrides', { name: '4.3.2.10.in-addr.arpa.', type: 'PTR' }, 'udp');
        expect(askedFor(asked, log).map(({ upstream }) => upstream.zone)).toEqual(['10.0.0.0/8']);
      });
    });

    test('answers REFUSED above max_concurrent, and answers from the cache do not count', async () => {
      const profile = unread({ 'x.test': { maxConcurrent: 2 } });
      const slow: StubBehaviour = ({ type }) => ({
        rcode: 'NOERROR',
        content: 'answer',
        ttl: 30,
        afterMilliseconds: type === 'A' ? 400 : 0,
      });
      const [candidate] = explainLookup(profile, { name: 'n.x.test.' }).candidates;
      expect(candidate).toMatchObject({ forward: { maxConcurrent: 2 } });
      await withCoreDns({ program, profile, behaviour: slow }, async ({ ask }) => {
        // CoreDNS's own loop detection query, just after its start, counts as well.
        await delay(1500);
        const five = async (name: (index: number) => string): Promise<readonly string[]> =>
          (
            await mapAll([1, 2, 3, 4, 5], async (index) =>
              ask('kubeDNSOverrides', { name: name(index), type: 'A' }, 'udp'),
            )
          )
            .map(({ answer }) => answer?.rcode ?? 'nothing')
            .sort(compareWords);
        expect(await five((index) => `n${String(index)}.x.test.`)).toEqual([
          'NOERROR',
          'NOERROR',
          'REFUSED',
          'REFUSED',
          'REFUSED',
        ]);
        const more = await mapAll([6, 7, 8], async (index) =>
          ask('kubeDNSOverrides', { name: `n${String(index)}.x.test.`, type: 'A' }, 'udp'),
        );
        expect(
          more.filter(({ answer }) => answer?.rcode === 'REFUSED').every(({ answer }) => answer?.nsid === null),
        ).toBe(true);
        await ask('kubeDNSOverrides', { name: 'kept.x.test.', type: 'A' }, 'udp');
        expect(await five(() => 'kept.x.test.')).toEqual(Array.from({ length: 5 }, () => 'NOERROR'));
      });
    });

    test('without zones answers REFUSED to everything except the health check', async () => {
      const profile: EffectiveProfile = { mode: 'Required', vnetDNSOverrides: {}, kubeDNSOverrides: {} };
      await withCoreDns({ program, profile, behaviour: up }, async ({ ask, log }) => {
        for (const name of ['www.example.', 'health-check.localdns.local.']) {
          const [candidate] = explainLookup(profile, { name }).candidates;
          const asked = await ask('kubeDNSOverrides', { name, type: 'A' }, 'udp');
          expect(candidate === undefined ? ['no candidate'] : problemsOf(candidate, asked, log)).toEqual([]);
          expect(asked.answer?.rcode).toBe(name === 'www.example.' ? 'REFUSED' : 'NOERROR');
        }
      });
    });

    test('is rejected without a number, which the renderer always writes', async () => {
      const corefile = renderCorefile(base);
      expect(corefile).not.toContain('<nil>');
      expect(await starts(program, corefile.replace('max_concurrent 1000', 'max_concurrent <nil>'))).toContain('<nil>');
      expect(await starts(program, corefile.replace('serve_stale 3600s', 'serve_stale <nil>s'))).toContain('<nil>');
    });
  },
);
