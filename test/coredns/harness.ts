import { createHash, randomInt } from 'node:crypto';
import { coreDnsRunner, dnsClient, stubUpstreams } from '../../src/adapters/dns/index.ts';
import { systemClock } from '../../src/adapters/system/index.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';
import { mapLimited } from '../../src/core/limit.ts';
import { effectiveCorefile, renderCorefile, type CorefileTemplate } from '../../src/domain/localdns/render/index.ts';
import type { EffectiveProfile, OverrideMap } from '../../src/model/profile.ts';
import type {
  DnsQuestion,
  RunningCoreDns,
  RunningStubs,
  StubBehaviour,
  StubReply,
  Transport,
} from '../../src/model/rehearsal.ts';
import type { Ask } from '../../src/usecases/rehearse/ask.ts';
import { onLoopback, upstreamsOf } from '../../src/usecases/rehearse/loopback.ts';
import { QueryLog } from '../../src/usecases/rehearse/query-log.ts';

export const clusterDns = '10.0.0.10';

/** Printed; set AKS_LOCALDNS_SEED to repeat a run. */
export function seedFor(what: string): number {
  const given = process.env['AKS_LOCALDNS_SEED'];
  const seed = given === undefined ? randomInt(2 ** 31) : Number(given);
  process.stdout.write(`${what}: AKS_LOCALDNS_SEED=${String(seed)}\n`);
  return seed;
}

export interface Setup {
  readonly program: string;
  readonly profile: EffectiveProfile;
  readonly template?: CorefileTemplate;
  readonly hostsPlugin?: boolean;
  readonly hosts?: ReadonlyMap<string, string>;
  readonly vnetDnsServers?: readonly string[];
  readonly behaviour: StubBehaviour;
}

export interface Bench {
  readonly dns: RunningCoreDns;
  readonly stubs: RunningStubs;
  readonly log: QueryLog;
  ask(map: OverrideMap, question: DnsQuestion, transport: Transport): Promise<Ask>;
}

/** The Corefile that a node would load. */
function nodeCorefile({
  profile,
  template,
  hostsPlugin,
  vnetDnsServers,
}: Omit<Setup, 'program' | 'behaviour'>): string {
  return effectiveCorefile(
    renderCorefile(profile, { template, hostsPlugin, coreDnsServiceIp: clusterDns }),
    vnetDnsServers ?? [],
  );
}

/** Runs a task with its own CoreDNS and upstreams, and stops them afterwards. */
export async function withCoreDns<T>(setup: Setup, work: (bench: Bench) => Promise<T>): Promise<T> {
  return withCorefile(setup.program, nodeCorefile(setup), setup.behaviour, work, setup.hosts);
}

export async function withCorefile<T>(
  program: string,
  corefile: string,
  behaviour: StubBehaviour,
  work: (bench: Bench) => Promise<T>,
  hosts: ReadonlyMap<string, string> = new Map(),
): Promise<T> {
  const stubs = await stubUpstreams(systemClock).start(upstreamsOf(corefile), behaviour);
  try {
    const dns = await coreDnsRunner(systemProcesses).start(program, (ports) =>
      onLoopback(corefile, { ports, upstreamPort: (upstream) => stubs.port(upstream), hosts }),
    );
    try {
      const ask: Bench['ask'] = async (map, question, transport) => {
        const sent = systemClock.now();
        const answer = await dnsClient.ask(dns.ports[map], { ...question, transport }, { timeoutMilliseconds: 15_000 });
        return { question, map, transport, sent, got: systemClock.now(), answer };
      };
      return await work({ dns, stubs, log: new QueryLog(stubs.queries), ask });
    } finally {
      await dns.stop();
    }
  } finally {
    await stubs.stop();
  }
}

export const mapAll = async <T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> =>
  mapLimited(items, 30, work);

type Kind = Pick<StubReply, 'rcode' | 'content' | 'truncated'>;

const answer: Kind = { rcode: 'NOERROR', content: 'answer' };
const kinds: readonly Kind[] = [
  ...Array.from({ length: 10 }, () => answer),
  ...Array.from({ length: 2 }, (): Kind => ({ ...answer, truncated: true })),
  ...Array.from({ length: 2 }, (): Kind => ({ rcode: 'NOERROR', content: 'soa' })),
  ...Array.from({ length: 3 }, (): Kind => ({ rcode: 'NXDOMAIN', content: 'soa' })),
  { rcode: 'NOERROR', content: 'nothing' },
  { rcode: 'NXDOMAIN', content: 'nothing' },
  { rcode: 'SERVFAIL', content: 'nothing' },
  { rcode: 'REFUSED', content: 'nothing' },
];
const ttls = [0, 1, 3, 4, 5, 6, 29, 30, 31, 60, 300, 3599, 3600, 3601, 7200, 86_400, 2_147_483_647];

/** All upstreams have the same reply to a question; the cluster's DNS returns no TTL above 30 s, like its cache. */
export const replyByName: StubBehaviour = ({ name, type }, { address }) => {
  const hash = createHash('sha256').update(`${name} ${type}`).digest();
  const kind = kinds[hash.readUInt16BE(0) % kinds.length] ?? answer;
  const ttl = ttls[hash.readUInt16BE(2) % ttls.length] ?? 300;
  const hasRecords = type !== 'DS';
  return {
    ...kind,
    content: kind.content === 'answer' && !hasRecords ? 'soa' : kind.content,
    ttl: address === clusterDns ? Math.min(ttl, 30) : ttl,
  };
};
