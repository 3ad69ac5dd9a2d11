import { listeners } from '../render/addresses.ts';
import type { Lookup } from './lookup.ts';
import type { ListenerChoice, SearchPath } from './lookup-explanation.ts';

/** Whether the pod uses the DNS of the node instead of that of the cluster. */
function hasNodeDns({ dnsPolicy, hostNetwork }: Lookup): boolean {
  return dnsPolicy === 'Default' || (dnsPolicy === 'ClusterFirst' && hostNetwork);
}

/**
 * Source: Kubernetes documentation, Pod's DNS policy; AgentBaker, which gives kubelet `clusterDNS` and the node's
 * resolv.conf.
 */
export function listenerFor(lookup: Lookup): ListenerChoice | null {
  if (lookup.dnsPolicy === 'None') return null;
  if (!hasNodeDns(lookup)) {
    return choice(
      'kubeDNSOverrides',
      `kubelet writes this address into the resolv.conf of pods with dnsPolicy ${lookup.dnsPolicy}`,
    );
  }
  const who =
    lookup.dnsPolicy === 'Default' ? 'pods with dnsPolicy Default' : 'pods with ClusterFirst in the host network';
  return choice('vnetDNSOverrides', `${who} use the resolv.conf of the node, which has this address`);
}

function choice(map: ListenerChoice['map'], why: string): ListenerChoice {
  return { ...listeners[map], map, why };
}

/** Source: Kubernetes documentation, DNS for services and pods. */
export function searchPathFor(lookup: Lookup): SearchPath {
  const { domain, assumed } = lookup.nodeSuffix;
  const ofNode = domain === '' ? [] : [domain];
  if (hasNodeDns(lookup)) return { ndots: lookup.ndots ?? 1, domains: ofNode, nodeSuffixAssumed: assumed };
  const { namespace, clusterDomain } = lookup;
  const ofCluster = [`${namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain];
  return { ndots: lookup.ndots ?? 5, domains: [...ofCluster, ...ofNode], nodeSuffixAssumed: assumed };
}

export interface QueriedName {
  /** In lower case, with the trailing dot. */
  readonly name: string;
  readonly searchDomain: string | null;
}

/**
 * The names that a resolver queries, in order: with fewer dots than `ndots`, the search path comes first, otherwise the
 * name itself; with a trailing dot, only the name itself. Source: resolv.conf(5); glibc, resolv/res_query.c.
 */
export function queriedNames(given: string, search: SearchPath): readonly QueriedName[] {
  const name = given.toLowerCase();
  if (name.endsWith('.')) return [{ name, searchDomain: null }];
  const itself = { name: `${name}.`, searchDomain: null };
  const searched = search.domains.map((domain) => ({ name: `${name}.${domain}.`, searchDomain: domain }));
  return name.split('.').length - 1 >= search.ndots ? [itself, ...searched] : [...searched, itself];
}
