import type { NewerSetting } from '../../../model/profile.ts';
import type { SettingName } from '../settings.ts';
import { quoted } from '../text.ts';
import { ages, destination, destinations, scope, seconds, type EffectiveZone } from './effective-zone.ts';

/** The same zone before and after the change. */
export interface EffectiveZoneChange {
  readonly old: EffectiveZone;
  readonly now: EffectiveZone;
}

type Consequence = (change: EffectiveZoneChange) => string;

/**
 * The effect of a changed setting, as a predicate for the names of the zone. Sources: those of `config explain` and of
 * the lint rules.
 */
const consequencesOf: Readonly<Record<SettingName | NewerSetting, Consequence>> = {
  queryLogging: ({ now }) =>
    now.override.queryLogging === 'Log'
      ? "have every query logged in the node's journal, which costs CPU and disk space; errors are no longer logged"
      : "have only errors logged in the node's journal, no longer every query",
  protocol: ({ now }) => {
    const upstream = destinations[destination(now)];
    return now.override.protocol === 'ForceTCP'
      ? `are resolved by ${upstream} over TCP only: the network must allow TCP port 53, and the servers must handle a connection from each node`
      : `are resolved by ${upstream} over UDP, and over TCP only if an answer is truncated`;
  },
  forwardDestination: destinationEffect,
  forwardPolicy: policyEffect,
  maxConcurrent: ({ old, now }) => concurrencyEffect(old.override.maxConcurrent, now.override.maxConcurrent),
  cacheDurationInSeconds: cacheEffect,
  serveStaleDurationInSeconds: staleDurationEffect,
  serveStale: serveStaleEffect,
  failfastAllUnhealthyUpstreams: ({ now }) =>
    now.override.failfastAllUnhealthyUpstreams === true
      ? 'fail or get the stale answer immediately while all upstream servers are known to be down, without waiting for one of them'
      : 'wait for an upstream server even while all of them are known to be down',
  healthCheck: healthCheckEffect,
};

export function settingConsequence(setting: SettingName | NewerSetting, change: EffectiveZoneChange): string {
  return `${scope(change.now.map, change.now.zone)} ${consequencesOf[setting](change)}.`;
}

function healthCheckEffect({ now }: EffectiveZoneChange): string {
  const { duration, noRecursion, domain } = now.override.healthCheck ?? {};
  if (duration === undefined)
    return 'have upstream servers that are probed every 0.5 s after a failure, the default of CoreDNS';
  const how = noRecursion === true ? ' without recursion' : '';
  return `have upstream servers that are probed with ${quoted(domain ?? '.')} every ${duration}${how} after a failure, until they answer`;
}

function destinationEffect({ old, now }: EffectiveZoneChange): string {
  const [from, to] = [destination(old), destination(now)];
  if (from === to)
    return `are resolved by ${destinations[to]} as before, because the node sends this zone there regardless of the setting`;
  if (to === 'VnetDNS') {
    const reverse =
      now.zone === '.'
        ? ', and reverse lookups of cluster addresses fail unless reverse zones are forwarded to ClusterCoreDNS'
        : '';
    return `are resolved by ${destinations.VnetDNS} instead of ${destinations.ClusterCoreDNS}: coredns-custom rules no longer apply to them, answers are cached for up to ${seconds(ages(now).ttl)} instead of ${seconds(ages(old).ttl)}${reverse}`;
  }
  return `are resolved by ${destinations.ClusterCoreDNS} instead of ${destinations.VnetDNS}: coredns-custom rules apply to them, answers are cached for up to ${seconds(ages(now).ttl)} instead of ${seconds(ages(old).ttl)}, and uncached names fail while CoreDNS is down`;
}

function policyEffect({ now }: EffectiveZoneChange): string {
  if (destination(now) === 'ClusterCoreDNS')
    return `are resolved as before, because ${destinations.ClusterCoreDNS} has a single address`;
  const policies: Readonly<Record<string, string>> = {
    Sequential:
      "are resolved by the first of the VNet's DNS servers; the next one is used only if it cannot be reached",
    RoundRobin: "are resolved by the VNet's DNS servers in turn, so each must be able to resolve all names",
    Random: "are resolved by a random one of the VNet's DNS servers, so each must be able to resolve all names",
  };
  return policies[now.override.forwardPolicy] ?? 'are forwarded to upstream servers with another policy';
}

function concurrencyEffect(before: number, after: number): string {
  if (after === 0)
    return `can wait for an upstream server without a limit instead of at most ${String(before)} at once: a flood of queries can use up the memory of LocalDNS`;
  const limit = before === 0 ? 'no limit' : String(before);
  return before === 0 || after < before
    ? `are answered with REFUSED if more than ${String(after)} wait for an upstream server at once (before: ${limit})`
    : `can wait for an upstream server ${String(after)} at once instead of ${limit}, with about 2 KB of memory each; further queries are answered with REFUSED`;
}

function cacheEffect({ old, now }: EffectiveZoneChange): string {
  const [before, after] = [ages(old), ages(now)];
  if (before.ttl === after.ttl) {
    const why =
      destination(now) === 'ClusterCoreDNS' && after.ttl <= 30
        ? `${destinations.ClusterCoreDNS} returns no longer TTLs`
        : 'CoreDNS on the node caches nothing longer';
    return `are cached for at most ${seconds(after.ttl)} as before, because ${why}`;
  }
  const oldest = after.stale === 0 ? '' : `; a stale answer can be up to ${seconds(after.worst)} old`;
  return after.ttl > before.ttl
    ? `are cached for up to ${seconds(after.ttl)} instead of ${seconds(before.ttl)}: changed records are seen later, and there are fewer upstream queries${oldest}`
    : `are cached for up to ${seconds(after.ttl)} instead of ${seconds(before.ttl)}: changed records are seen sooner, and there are more upstream queries${oldest}`;
}

function isStale({ override }: EffectiveZone): boolean {
  return override.serveStale === 'Immediate' || override.serveStale === 'Verify';
}

function staleDurationEffect({ old, now }: EffectiveZoneChange): string {
  if (!isStale(now))
    return `are not served stale, so this has no effect while serveStale is ${now.override.serveStale}`;
  const { stale, worst } = ages(now);
  const before = old.override.serveStaleDurationInSeconds;
  if (stale === 0)
    return 'are no longer served stale: if the upstream server fails, lookups fail with SERVFAIL once the TTL has expired';
  const longer = stale > before;
  const what =
    now.override.serveStale === 'Immediate'
      ? `the first answer after a pause can be up to ${seconds(worst)} old`
      : `while the upstream server is down, an answer can be up to ${seconds(worst)} old`;
  return `can be served stale for ${seconds(stale)} after their TTL instead of ${seconds(before)}: ${what}, and ${longer ? 'longer' : 'only shorter'} upstream outages are bridged`;
}

function serveStaleEffect({ now }: EffectiveZoneChange): string {
  const { stale, worst } = ages(now);
  if (!isStale(now))
    return 'are no longer served stale: if the upstream server fails, lookups fail with SERVFAIL once the TTL has expired';
  if (stale === 0) return 'are still not served stale, because serveStaleDurationInSeconds is 0';
  return now.override.serveStale === 'Immediate'
    ? `get the stale answer, up to ${seconds(worst)} old, immediately after their TTL, while it is refreshed in the background`
    : `are resolved upstream first after their TTL; the stale answer, up to ${seconds(worst)} old, is served only after that has failed`;
}
