import type { NewerSetting } from '../../../model/profile.ts';
import type { SettingName } from '../settings.ts';
import { quoted } from '../text.ts';
import { ages, destination, destinations, scope, seconds, type Block } from './words.ts';

/** The same zone before and after. */
export interface BlockChange {
  readonly old: Block;
  readonly now: Block;
}

type Consequence = (change: BlockChange) => string;

/**
 * What the change of a setting does, as what follows the names that it is about. Sources: those of `config explain` and
 * of the lint rules.
 */
const consequencesOf: Readonly<Record<SettingName | NewerSetting, Consequence>> = {
  queryLogging: ({ now }) =>
    now.override.queryLogging === 'Log'
      ? "have every query written to the node's journal, at a cost in CPU and disk, and errors are no longer logged"
      : "have only errors written to the node's journal, no longer every query",
  protocol: ({ now }) => {
    const upstream = destinations[destination(now)];
    return now.override.protocol === 'ForceTCP'
      ? `are asked of ${upstream} over TCP only: the network must let TCP 53 through, and the servers must bear a connection of each node`
      : `are asked of ${upstream} over UDP, and again over TCP only where an answer is truncated`;
  },
  forwardDestination: goElsewhere,
  forwardPolicy: chooseOtherwise,
  maxConcurrent: ({ old, now }) => concurrency(old.override.maxConcurrent, now.override.maxConcurrent),
  cacheDurationInSeconds: liveOtherwise,
  serveStaleDurationInSeconds: staleForOtherwise,
  serveStale: staleOtherwise,
  failfastAllUnhealthyUpstreams: ({ now }) =>
    now.override.failfastAllUnhealthyUpstreams === true
      ? 'fail at once, or get the old answer at once, while all upstream servers are known to be down, without waiting for one of them'
      : 'wait for an upstream server even while all of them are known to be down',
  healthCheck: watchOtherwise,
};

export function settingConsequence(setting: SettingName | NewerSetting, change: BlockChange): string {
  return `${scope(change.now.map, change.now.zone)} ${consequencesOf[setting](change)}.`;
}

function watchOtherwise({ now }: BlockChange): string {
  const { duration, noRecursion, domain } = now.override.healthCheck ?? {};
  if (duration === undefined)
    return 'have upstream servers that are asked again every 0.5 s after a failure, as CoreDNS does by itself';
  const how = noRecursion === true ? ', without asking for recursion' : '';
  return `have upstream servers that are asked for ${quoted(domain ?? '.')} every ${duration} after a failure${how}, until they answer`;
}

function goElsewhere({ old, now }: BlockChange): string {
  const [from, to] = [destination(old), destination(now)];
  if (from === to)
    return `go to ${destinations[to]} as before, because the node sends this zone there whatever the setting says`;
  if (to === 'VnetDNS') {
    const reverse =
      now.zone === '.'
        ? ', and the addresses of the cluster have no names in reverse lookups unless a zone of its own sends those back'
        : '';
    return `go to ${destinations.VnetDNS} instead of ${destinations.ClusterCoreDNS}: rules of coredns-custom no longer apply to them, answers live for up to ${seconds(ages(now).ttl)} instead of ${seconds(ages(old).ttl)}${reverse}`;
  }
  return `go to ${destinations.ClusterCoreDNS} instead of ${destinations.VnetDNS}: rules of coredns-custom apply to them, answers live for up to ${seconds(ages(now).ttl)} instead of ${seconds(ages(old).ttl)}, and new names fail while CoreDNS is down`;
}

function chooseOtherwise({ now }: BlockChange): string {
  if (destination(now) === 'ClusterCoreDNS')
    return `are asked as before: ${destinations.ClusterCoreDNS} is one address, so that there is nothing to choose`;
  const policies: Readonly<Record<string, string>> = {
    Sequential:
      "are asked of the first of the VNet's DNS servers alone, of the next only where that one cannot be reached",
    RoundRobin: "are asked of the VNet's DNS servers in turn, so that each must know all names",
    Random: "are asked of any of the VNet's DNS servers, so that each must know all names",
  };
  return policies[now.override.forwardPolicy] ?? 'are asked of upstream servers by another policy';
}

function concurrency(before: number, after: number): string {
  if (after === 0)
    return `may wait for upstream in any number at once, no longer ${String(before)}: a flood of them can use up the memory of LocalDNS`;
  const limit = before === 0 ? 'no limit' : String(before);
  return before === 0 || after < before
    ? `are answered REFUSED where more than ${String(after)} wait for upstream at once (before: ${limit})`
    : `may wait for upstream ${String(after)} at once instead of ${limit}, at about 2 KB of memory each; more are answered REFUSED`;
}

function liveOtherwise({ old, now }: BlockChange): string {
  const [before, after] = [ages(old), ages(now)];
  if (before.ttl === after.ttl) {
    const why =
      destination(now) === 'ClusterCoreDNS' && after.ttl <= 30
        ? `${destinations.ClusterCoreDNS} gives out no longer TTLs`
        : 'CoreDNS on the node keeps nothing longer';
    return `live for at most ${seconds(after.ttl)} as before, because ${why}`;
  }
  const oldest = after.stale === 0 ? '' : `; served stale, an answer may be ${seconds(after.worst)} old`;
  return after.ttl > before.ttl
    ? `live for up to ${seconds(after.ttl)} instead of ${seconds(before.ttl)}: changed records are seen later, and upstream is asked less often${oldest}`
    : `live for up to ${seconds(after.ttl)} instead of ${seconds(before.ttl)}: changed records are seen sooner, and upstream is asked more often${oldest}`;
}

function isStale({ override }: Block): boolean {
  return override.serveStale === 'Immediate' || override.serveStale === 'Verify';
}

function staleForOtherwise({ old, now }: BlockChange): string {
  if (!isStale(now))
    return `are not served stale, so that nothing changes while serveStale is ${now.override.serveStale}`;
  const { stale, worst } = ages(now);
  const before = old.override.serveStaleDurationInSeconds;
  if (stale === 0)
    return 'are no longer served stale: where upstream fails, they fail with SERVFAIL once their TTL is over';
  const longer = stale > before;
  const what =
    now.override.serveStale === 'Immediate'
      ? `the first answer after a pause may be ${seconds(worst)} old`
      : `while upstream is down, an answer may be ${seconds(worst)} old`;
  return `may be served stale for ${seconds(stale)} after their TTL instead of ${seconds(before)}: ${what}, and ${longer ? 'longer' : 'only shorter'} outages of upstream are bridged`;
}

function staleOtherwise({ now }: BlockChange): string {
  const { stale, worst } = ages(now);
  if (!isStale(now))
    return 'are no longer served stale: where upstream fails, they fail with SERVFAIL once their TTL is over';
  if (stale === 0) return 'are not served stale all the same, because serveStaleDurationInSeconds is 0';
  return now.override.serveStale === 'Immediate'
    ? `get the old answer at once after their TTL, up to ${seconds(worst)} old, while upstream is asked in the background`
    : `are asked of upstream first after their TTL; the old answer, up to ${seconds(worst)} old, is given only where that fails, after waiting for it`;
}
