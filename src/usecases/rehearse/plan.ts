import { UsageError } from '../../core/errors.ts';
import {
  defaultCoreDnsServiceIp,
  effectiveCorefile,
  generationOf,
  listeners,
  renderCorefile,
  templateGenerations,
} from '../../domain/localdns/render/index.ts';
import { explainLookup, type Candidate } from '../../domain/localdns/resolve/index.ts';
import { overrideMaps, type OverrideMap } from '../../model/profile.ts';
import type { DnsQuestion, StubBehaviour, StubUpstream } from '../../model/rehearsal.ts';
import { upstreamsOf } from './loopback.ts';
import type { RehearsalOptions, RehearsalReport } from './rehearsal.ts';

const maxNames = 1000;
const maxOutageSeconds = 24 * 3600;

/** A name at a listener, and its explanation. */
export interface Subject {
  readonly map: OverrideMap;
  readonly listener: string;
  readonly question: DnsQuestion;
  readonly candidate: Candidate;
}

export interface Plan {
  readonly corefile: string;
  readonly upstreams: readonly StubUpstream[];
  readonly ttlOf: (address: string) => number;
  readonly outageSeconds: number;
  readonly latency: number;
  readonly clusterDns: string;
  readonly template: RehearsalReport['template'];
}

/**
 * With an outage, the shortest TTL that CoreDNS keeps, so that answers expire during it. Otherwise the usual one:
 * CoreDNS in the cluster caches for 30 s.
 */
const outageTtl = 5;
const clusterTtl = 30;
const vnetTtl = 300;

export function planOf(options: RehearsalOptions): Plan {
  const {
    profile,
    template,
    hostsPlugin,
    vnetDnsServers = [],
    coreDnsServiceIp = defaultCoreDnsServiceIp,
    outageSeconds = 0,
    upstreamLatencyMs = 0,
  } = options;
  if (!(outageSeconds >= 0 && outageSeconds <= maxOutageSeconds))
    throw new UsageError(`The outage must last from 0 to ${String(maxOutageSeconds)} seconds.`);
  const corefile = effectiveCorefile(
    renderCorefile(profile, { template, hostsPlugin, coreDnsServiceIp }),
    vnetDnsServers,
  );
  return {
    corefile,
    upstreams: upstreamsOf(corefile),
    ttlOf: (address) => (outageSeconds > 0 ? outageTtl : address === coreDnsServiceIp ? clusterTtl : vnetTtl),
    outageSeconds,
    latency: upstreamLatencyMs,
    clusterDns: coreDnsServiceIp,
    template: {
      generation: template === undefined || template === 'current' ? templateGenerations[0] : template,
      addressOrder: generationOf(template).loadBalances ? 'changing' : 'as upstream',
    },
  };
}

/** The upstreams know every name, and do not answer while `down` returns true. */
export function behaviourOf(plan: Plan, down: () => boolean): StubBehaviour {
  return (_question, { address }) =>
    down()
      ? undefined
      : { rcode: 'NOERROR', content: 'answer', ttl: plan.ttlOf(address), afterMilliseconds: plan.latency };
}

function absolute(name: string): string {
  const lower = name.trim().toLowerCase();
  return lower.endsWith('.') ? lower : `${lower}.`;
}

/** @throws UsageError for no names, too many, or an invalid name */
export function subjectsOf(options: RehearsalOptions, coreDnsVersion: string): readonly Subject[] {
  const names = [...new Set(options.names.map(absolute))];
  if (names.length === 0) throw new UsageError('No names to rehearse.', ['Add names with --names.']);
  if (names.length > maxNames)
    throw new UsageError(
      `A rehearsal supports at most ${String(maxNames)} names, and ${String(names.length)} were given.`,
    );
  const { vnetDnsServers, coreDnsServiceIp, template, hostsPlugin } = options;
  const common = { vnetDnsServers, coreDnsServiceIp, template, hostsPlugin, criticalFqdns: [], coreDnsVersion };
  return names.flatMap((name) =>
    overrideMaps.flatMap((map): readonly Subject[] => {
      const dnsPolicy = map === 'vnetDNSOverrides' ? 'Default' : 'ClusterFirst';
      const { candidates, type } = explainLookup(options.profile, { ...common, name, dnsPolicy });
      return candidates.map((candidate) => ({
        map,
        listener: listeners[map].address,
        question: { name: candidate.name, type },
        candidate,
      }));
    }),
  );
}
