import type { EffectiveProfile } from '../../../model/profile.ts';
import { candidateFor } from './candidate.ts';
import { queriedNames, listenerFor, searchPathFor } from './listener.ts';
import { checkedLookup } from './lookup.ts';
import { remarksOn } from './remarks.ts';
import type { LookupExplanation, LookupInput } from './lookup-explanation.ts';

const bypass =
  'a pod with dnsPolicy None, or with its own DNS server in dnsConfig, queries that server: LocalDNS never sees the ' +
  'lookup, so there is no cache and no stale answer';

/**
 * Explains step by step what happens to a lookup on a node with this profile, for every name that the pod's resolver
 * queries.
 * @throws UsageError for an invalid name, address, type or ndots value.
 */
export function explainLookup(profile: EffectiveProfile, input: LookupInput): LookupExplanation {
  const lookup = checkedLookup(input);
  const listener = listenerFor(lookup);
  const search = listener === null ? null : searchPathFor(lookup);
  const asked = search === null ? [] : queriedNames(lookup.name, search);
  const candidates = listener === null ? [] : asked.map((name) => candidateFor(name, profile, listener, lookup));
  return {
    name: lookup.name,
    type: lookup.type,
    dnsPolicy: lookup.dnsPolicy,
    hostNetwork: lookup.hostNetwork,
    listener,
    bypass: listener === null ? bypass : null,
    search,
    candidates,
    notes: remarksOn({ profile, lookup, listener, search, candidates }),
  };
}
