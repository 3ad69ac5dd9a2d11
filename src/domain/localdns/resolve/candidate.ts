import type { EffectiveProfile } from '../../../model/profile.ts';
import { blockFor } from './block.ts';
import { cachePlan } from './caching.ts';
import { failurePlan, forwardPlan } from './forwarding.ts';
import type { AskedName } from './listener.ts';
import type { Lookup } from './lookup.ts';
import { longestName } from './names.ts';
import { guardOf, hostsHit, isHealthCheck } from './stages.ts';
import type { Candidate, ListenerChoice } from './types.ts';

/**
 * What the node does with one name, in the order of CoreDNS's plugins: block, guard, hosts file, upstream. Source:
 * CoreDNS, plugin.cfg.
 */
export function candidateFor(
  asked: AskedName,
  profile: EffectiveProfile,
  listener: ListenerChoice,
  lookup: Lookup,
): Candidate {
  const { name } = asked;
  if (name.length - 1 > longestName) {
    return {
      ...asked,
      answeredBy: 'resolver',
      outcome: `not asked: it has more than ${String(longestName)} characters`,
    };
  }
  const { zone } = blockFor(profile, listener.map, name, lookup.type);
  const override = zone === undefined ? undefined : profile[listener.map][zone];
  if (zone !== undefined && isHealthCheck(zone)) {
    return {
      ...asked,
      zone,
      nsid: null,
      answeredBy: 'health-check',
      rcode: 'NOERROR',
      outcome: "from the node itself: no record, the client's own address beside it",
    };
  }
  if (zone === undefined || override === undefined) {
    return {
      ...asked,
      answeredBy: 'listener',
      rcode: 'REFUSED',
      outcome: 'no zone takes it, and there is no root zone',
    };
  }
  const inBlock = { ...asked, zone, nsid: listener.nsid };
  const guard = zone === '.' ? guardOf(name) : undefined;
  if (guard !== undefined) {
    return {
      ...inBlock,
      answeredBy: 'guard',
      rcode: 'NXDOMAIN',
      guard,
      outcome: 'from the node itself, at once, and not cached',
    };
  }
  const hosts = hostsHit(name, zone, lookup);
  if (hosts === 'yes') {
    const outcome = ['A', 'AAAA'].includes(lookup.type)
      ? `the hosts file answers, with no record where it has no ${lookup.type} for the name`
      : 'the hosts file has the name but nothing of this type: no record';
    return {
      ...inBlock,
      answeredBy: 'hosts',
      rcode: 'NOERROR',
      outcome,
      cache: cachePlan(override, 'hosts', lookup.coreDnsVersion),
    };
  }
  const forward = forwardPlan(listener.map, zone, override, lookup);
  return {
    ...inBlock,
    answeredBy: 'upstream',
    hosts,
    outcome: `answered from the cache, else by ${forward.upstreams.join(', ')}`,
    forward,
    cache: cachePlan(override, forward.destination, lookup.coreDnsVersion),
    upstreamDown: failurePlan(override, lookup),
  };
}
