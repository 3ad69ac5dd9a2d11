import type { EffectiveProfile } from '../../../model/profile.ts';
import { blockFor } from './block.ts';
import { cachePlan } from './caching.ts';
import { failurePlan, forwardPlan } from './forwarding.ts';
import type { QueriedName } from './listener.ts';
import type { Lookup } from './lookup.ts';
import { maxNameLength } from './names.ts';
import { guardOf, hostsHit, isHealthCheck } from './stages.ts';
import type { Candidate, ListenerChoice } from './lookup-explanation.ts';

/**
 * What the node does with a name, in the order of the CoreDNS plugins: block, guard, hosts file, upstream. Source:
 * CoreDNS, plugin.cfg.
 */
export function candidateFor(
  asked: QueriedName,
  profile: EffectiveProfile,
  listener: ListenerChoice,
  lookup: Lookup,
): Candidate {
  const { name } = asked;
  if (name.length - 1 > maxNameLength) {
    return {
      ...asked,
      answeredBy: 'resolver',
      outcome: `not queried: it has more than ${String(maxNameLength)} characters`,
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
      outcome: 'answered by the node: no record, but the address of the client as additional data',
    };
  }
  if (zone === undefined || override === undefined) {
    return {
      ...asked,
      answeredBy: 'listener',
      rcode: 'REFUSED',
      outcome: 'no zone matches, and there is no root zone',
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
      outcome: 'answered by the node immediately; not cached',
    };
  }
  const hosts = hostsHit(name, zone, lookup);
  if (hosts === 'yes') {
    const outcome = ['A', 'AAAA'].includes(lookup.type)
      ? `answered from the hosts file, without a record if it has no ${lookup.type} for the name`
      : 'answered from the hosts file, which has the name but no record of this type';
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
    outcome: `answered from the cache or by ${forward.upstreams.join(', ')}`,
    forward,
    cache: cachePlan(override, forward.destination, lookup.coreDnsVersion),
    upstreamDown: failurePlan(override, lookup),
  };
}
