import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { templateGenerations, type TemplateGeneration } from '../../src/domain/localdns/render/index.ts';
import { explainLookup, type Candidate } from '../../src/domain/localdns/resolve/index.ts';
import { overrideMaps, type EffectiveProfile, type OverrideMap } from '../../src/model/profile.ts';
import type { DnsQuestion, Transport } from '../../src/model/rehearsal.ts';
import { problemsOf } from '../../src/usecases/rehearse/judge.ts';
import { arbitraryProfile, newerBounds } from '../support/arbitrary-profile.ts';
import { buildMilliseconds, coreDnsMissing, coreDnsProgram, type CoreDnsVersion } from '../support/coredns.ts';
import { clusterDns, mapAll, replyByName, seedFor, withCoreDns, type Setup } from './harness.ts';

/** The number of pairs of a name and a profile; `npm run bench:dns` uses more. */
const wanted = Number(process.env['AKS_LOCALDNS_DNS_PAIRS'] ?? 2000);
const namesOfProfile = 40;
const shares: Readonly<Record<CoreDnsVersion, number>> = { '1.14.3': 0.7, '1.12.1': 0.3 };

interface Pair {
  readonly map: OverrideMap;
  readonly question: DnsQuestion;
  readonly transport: Transport;
}

interface Case extends Omit<Setup, 'program' | 'behaviour'> {
  readonly template: TemplateGeneration;
  readonly hostsPlugin: boolean;
  readonly hosts: ReadonlyMap<string, string>;
  readonly vnetDnsServers: readonly string[];
  readonly pairs: readonly Pair[];
}

const types = fc.constantFrom('A', 'A', 'A', 'AAAA', 'TXT', 'SRV', 'MX', 'PTR', 'CNAME', 'DS');
const hostsFile = new Map([
  ['mcr.microsoft.com', '192.0.2.1'],
  ['packages.aks.azure.com', '192.0.2.2'],
]);

const fixedNames = fc.constantFrom(
  'health-check.localdns.local',
  'x.health-check.localdns.local',
  'host.id.loc.internal.cloudapp.net',
  'internal.cloudapp.net',
  'reddog.microsoft.com',
  'mcr.microsoft.com',
  'packages.aks.azure.com',
  'single',
  'local',
);

function mixedCase(name: string, bits: number): string {
  return Array.from(name, (letter, index) => ((bits >> (index % 24)) & 1 ? letter.toUpperCase() : letter)).join('');
}

/** A name at a zone, below it, next to it, or one that the guard answers. */
function arbitraryName(profile: EffectiveProfile): fc.Arbitrary<string> {
  const zones = overrideMaps
    .flatMap((map) => Object.keys(profile[map]))
    .map((zone) => zone.replace(/\.$/, ''))
    .filter((zone) => zone !== '');
  const zone = fc.constantFrom(
    ...zones,
    'other.test',
    'internal.cloudapp.net',
    'reddog.microsoft.com',
    'microsoft.com',
  );
  const label = fc.stringMatching(/^[a-z0-9_][a-z0-9_-]{0,8}$/);
  const below = fc
    .tuple(fc.array(label, { minLength: 1, maxLength: 5 }), zone)
    .map(([labels, end]) => [...labels, end].join('.'));
  const beside = fc.tuple(label, zone).map(([first, end]) => `${first}${end}`);
  const shorter = zone.map((name) => name.split('.').slice(1).join('.')).filter((name) => name !== '');
  return fc
    .tuple(
      fc.oneof(
        { weight: 6, arbitrary: below },
        { weight: 2, arbitrary: beside },
        { weight: 1, arbitrary: zone },
        { weight: 1, arbitrary: shorter },
        { weight: 2, arbitrary: fixedNames },
      ),
      fc.integer({ min: 0, max: 2 ** 24 - 1 }),
    )
    .map(([name, bits]) => mixedCase(name, bits))
    .filter((name) => name.length <= 253 && name.split('.').every((part) => part.length <= 63));
}

function arbitraryPairs(profile: EffectiveProfile): fc.Arbitrary<readonly Pair[]> {
  const pair = fc.record({
    map: fc.constantFrom(...overrideMaps),
    question: fc.record({ name: arbitraryName(profile).map((name) => `${name}.`), type: types }),
    transport: fc.constantFrom('udp' as const, 'tcp' as const),
  });
  return fc.uniqueArray(pair, {
    minLength: namesOfProfile,
    maxLength: namesOfProfile,
    selector: ({ map, question }) => `${map} ${question.type} ${question.name.toLowerCase()}`,
  });
}

const arbitraryCase: fc.Arbitrary<Case> = arbitraryProfile(newerBounds).chain((profile) =>
  fc.record({
    profile: fc.constant(profile),
    template: fc.constantFrom(...templateGenerations),
    hostsPlugin: fc.boolean(),
    hosts: fc.constant(hostsFile),
    vnetDnsServers: fc.constantFrom(
      [],
      ['168.63.129.16'],
      ['10.1.0.4'],
      ['10.1.0.4', '10.1.0.5'],
      ['10.1.0.4', '10.1.0.5', 'fd00::53'],
    ),
    pairs: arbitraryPairs(profile),
  }),
);

function explained(
  { profile, template, hostsPlugin, vnetDnsServers, hosts }: Case,
  { map, question }: Pair,
  coreDnsVersion: string,
): Candidate {
  const [candidate] = explainLookup(profile, {
    ...question,
    dnsPolicy: map === 'vnetDNSOverrides' ? 'Default' : 'ClusterFirst',
    template,
    hostsPlugin,
    criticalFqdns: [...hosts.keys()],
    vnetDnsServers,
    coreDnsServiceIp: clusterDns,
    coreDnsVersion,
  }).candidates;
  if (candidate === undefined) throw new Error('A name has an explanation.');
  return candidate;
}

interface Run {
  readonly pairs: number;
  readonly by: ReadonlyMap<string, number>;
  readonly problems: readonly string[];
}

/** Queries each name twice, the second time with the other transport, and compares both with the explanation. */
async function run(program: string, given: Case, explain = explained): Promise<Run> {
  return withCoreDns({ program, ...given, behaviour: replyByName }, async ({ ask, log, dns }) => {
    const by = new Map<string, number>();
    const problems = await mapAll(given.pairs, async (pair) => {
      const question = { ...pair.question, name: pair.question.name.toLowerCase() };
      const candidate = explain(given, pair, dns.version);
      by.set(candidate.answeredBy, (by.get(candidate.answeredBy) ?? 0) + 1);
      const first = { ...(await ask(pair.map, pair.question, pair.transport)), question };
      // Queries in the same millisecond do not count as earlier.
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
      const again = { ...(await ask(pair.map, pair.question, pair.transport === 'udp' ? 'tcp' : 'udp')), question };
      return [first, again].flatMap((one) =>
        problemsOf(candidate, one, log).map(
          ({ what, explained: told, seen }) =>
            `${pair.map} ${question.type} ${question.name} ${one.transport} (${candidate.answeredBy}): ${what} explained ${told}, seen ${seen}`,
        ),
      );
    });
    return { pairs: given.pairs.length, by, problems: problems.flat() };
  });
}

describe.skipIf(coreDnsMissing !== undefined).each(Object.keys(shares) as CoreDnsVersion[])(
  `the explanation of a lookup, on CoreDNS %s${coreDnsMissing === undefined ? '' : ` (${coreDnsMissing})`}`,
  (version) => {
    let program = '';
    beforeAll(async () => {
      program = await coreDnsProgram(version);
    }, buildMilliseconds);

    test('matches CoreDNS for random names and profiles', { timeout: 1_800_000 }, async () => {
      const seed = seedFor(`resolution on ${version}`);
      const profiles = Math.ceil((wanted * shares[version]) / namesOfProfile);
      let pairs = 0;
      const by = new Map<string, number>();
      for (const [index, given] of fc.sample(arbitraryCase, { seed, numRuns: profiles }).entries()) {
        const result = await run(program, given);
        pairs += result.pairs;
        for (const [who, amount] of result.by) by.set(who, (by.get(who) ?? 0) + amount);
        expect(
          result.problems,
          `seed ${String(seed)}, profile ${String(index)}: ${JSON.stringify(given.profile)}, template ${given.template}, hosts ${String(given.hostsPlugin)}, VNet ${given.vnetDnsServers.join(' ')}`,
        ).toEqual([]);
      }
      process.stdout.write(
        `${version}: ${String(pairs)} pairs of a name and a profile: ${[...by].map(([who, amount]) => `${who} ${String(amount)}`).join(', ')}\n`,
      );
      expect(pairs).toBeGreaterThanOrEqual(wanted * shares[version]);
      for (const who of ['upstream', 'guard', 'health-check']) expect(by.get(who) ?? 0, who).toBeGreaterThan(0);
    });

    test('is reported if it is wrong', async () => {
      const [given] = fc.sample(arbitraryCase, { seed: 1, numRuns: 1 });
      if (given === undefined) throw new Error('A sample has a case.');
      const other = {
        ...given.profile,
        kubeDNSOverrides: given.profile.vnetDNSOverrides,
        vnetDNSOverrides: given.profile.kubeDNSOverrides,
      };
      const { problems } = await run(program, given, (_case, pair, coreDnsVersion) =>
        explained({ ...given, profile: other }, pair, coreDnsVersion),
      );
      expect(problems.length).toBeGreaterThan(10);
      for (const what of ['block', 'ttl'])
        expect(
          problems.some((problem) => problem.includes(`: ${what} explained`)),
          what,
        ).toBe(true);
    });
  },
);
