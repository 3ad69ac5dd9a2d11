import type { EffectiveProfile } from '../../../model/profile.ts';
import { candidateFor } from './candidate.ts';
import { askedNames, listenerFor, searchPathFor } from './listener.ts';
import { checkedLookup } from './lookup.ts';
import { remarksOn } from './remarks.ts';
import type { LookupExplanation, LookupInput } from './types.ts';

const bypass =
  'a pod with dnsPolicy None, or with a server of its own in dnsConfig, asks that server: LocalDNS never sees the lookup, and neither caches nor outlasts anything';

/**
 * What happens to a lookup on a node with this profile, step by step, for every name that the pod's resolver asks for.
 * @throws UsageError for a name, address, type or number of dots that cannot be
 */
export function explainLookup(profile: EffectiveProfile, input: LookupInput): LookupExplanation {
  const lookup = checkedLookup(input);
  const listener = listenerFor(lookup);
  const search = listener === null ? null : searchPathFor(lookup);
  const asked = search === null ? [] : askedNames(lookup.name, search);
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
