import type { EffectiveProfile } from '../../../model/profile.ts';
import { normalZone } from '../profile-changes.ts';
import { listeners } from '../render/addresses.ts';
import { generationOf } from '../render/corefile.ts';
import { isAtOrBelow } from './block.ts';
import type { Lookup } from './lookup.ts';
import { notesFor, type Note, type NoteId } from './notes.ts';
import { guardOf, isReverse } from './stages.ts';
import { refreshesOnce } from './ttl.ts';
import type { Candidate, Forwarded, ListenerChoice, SearchPath } from './lookup-explanation.ts';

export interface Explained {
  readonly profile: EffectiveProfile;
  readonly lookup: Lookup;
  readonly listener: ListenerChoice | null;
  readonly search: SearchPath | null;
  readonly candidates: readonly Candidate[];
}

function someForwarded({ candidates }: Explained, matches: (candidate: Forwarded) => boolean): boolean {
  return candidates.some((candidate) => candidate.answeredBy === 'upstream' && matches(candidate));
}

function bypassesGuard(candidate: Candidate): boolean {
  return 'zone' in candidate && candidate.zone !== '.' && guardOf(candidate.name) !== undefined;
}

const ofCluster = ({ listener }: Explained): boolean => listener?.map === 'kubeDNSOverrides';
const toVnet = ({ forward }: Forwarded): boolean => forward.destination === 'VnetDNS';
const addresses = Object.values(listeners).map(({ address }) => address);

/** The node keeps Azure DNS if its own listener is the only server. */
function forwardsToItself({ vnetDnsServers }: Lookup): boolean {
  const harmless = vnetDnsServers.length === 1 && vnetDnsServers[0] === listeners.vnetDNSOverrides.address;
  return !harmless && vnetDnsServers.some((server) => addresses.includes(server));
}

/** The zones with capital letters, in lower case. */
function capitalZones({ profile, listener }: Explained): readonly string[] {
  const zones = listener === null ? [] : Object.keys(profile[listener.map]);
  return zones.filter((zone) => zone !== zone.toLowerCase()).map((zone) => normalZone(zone));
}

const conditions: Readonly<Record<NoteId, (explained: Explained) => boolean>> = {
  'mode-disabled': ({ profile }) => profile.mode === 'Disabled',
  'mode-preferred': ({ profile }) => profile.mode === 'Preferred',
  'search-order': ({ candidates }) => candidates.length > 1,
  'both-families': ({ lookup, listener }) => listener !== null && (lookup.type === 'A' || lookup.type === 'AAAA'),
  'node-suffix-assumed': ({ search, candidates }) => search?.nodeSuffixAssumed === true && candidates.length > 1,
  'host-network': ({ lookup }) => lookup.hostNetwork && lookup.dnsPolicy === 'ClusterFirst',
  'ds-query': ({ lookup, listener }) => listener !== null && lookup.type === 'DS',
  'cluster-cache': (explained) => someForwarded(explained, (candidate) => !toVnet(candidate)),
  'bypasses-coredns-custom': (explained) => ofCluster(explained) && someForwarded(explained, toVnet),
  'cluster-addresses': (explained) =>
    ofCluster(explained) && someForwarded(explained, (candidate) => toVnet(candidate) && isReverse(candidate.name)),
  'vnet-loop': (explained) =>
    explained.listener?.map === 'vnetDNSOverrides' &&
    someForwarded(
      explained,
      (candidate) => !toVnet(candidate) && !isAtOrBelow(candidate.name.slice(0, -1), explained.lookup.clusterDomain),
    ),
  'listener-upstream': (explained) => forwardsToItself(explained.lookup) && someForwarded(explained, toVnet),
  'guard-not-here': ({ candidates }) => candidates.some((candidate) => bypassesGuard(candidate)),
  'zone-with-capitals': (explained) =>
    explained.candidates.some(({ name }) =>
      capitalZones(explained).some((zone) => isAtOrBelow(name.slice(0, -1), zone)),
    ),
  'guard-not-cached': ({ candidates }) => candidates.some(({ answeredBy }) => answeredBy === 'guard'),
  'hosts-unknown': (explained) => someForwarded(explained, ({ hosts }) => hosts === 'possible'),
  'negative-first': (explained) => someForwarded(explained, ({ cache }) => cache.stale.mode === 'Immediate'),
  'refresh-per-query': (explained) =>
    !refreshesOnce(explained.lookup.coreDnsVersion) &&
    someForwarded(explained, ({ cache }) => cache.stale.mode === 'Immediate'),
  'answer-order': (explained) =>
    generationOf(explained.lookup.template).loadBalances &&
    ['A', 'AAAA', 'MX'].includes(explained.lookup.type) &&
    explained.candidates.some(({ answeredBy }) => answeredBy === 'upstream' || answeredBy === 'hosts'),
  'cache-room': (explained) => someForwarded(explained, () => true),
};

/** The notes that apply to this lookup. */
export function remarksOn(explained: Explained): readonly Note[] {
  return notesFor(new Set((Object.keys(conditions) as NoteId[]).filter((id) => conditions[id](explained))));
}
