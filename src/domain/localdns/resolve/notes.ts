export interface NoteText {
  readonly text: string;
  /** The source of the fact. */
  readonly source: string;
}

/** Background information about the steps. */
export const noteTexts = {
  'mode-disabled': {
    text: 'The mode is Disabled, so the nodes have no LocalDNS. The explanation shows what would happen with it.',
    source: 'AKS documentation, localdns-custom, LocalDNS modes',
  },
  'mode-preferred': {
    text: 'The mode is Preferred, so whether the nodes have LocalDNS depends on the version of the cluster. The localDNSProfile.state of the pool shows the result.',
    source: 'AKS documentation, localdns-custom; AKS release notes 2026-05-29',
  },
  'search-order': {
    text: 'The names are queried in this order until one has an answer. After querying the name itself, glibc continues with the search path, but musl does not.',
    source: 'resolv.conf(5); musl, src/network/lookup_name.c',
  },
  'both-families': {
    text: 'Most programs query A and AAAA; these are separate queries that are cached separately.',
    source: 'CoreDNS, plugin/cache/cache.go, hash',
  },
  'node-suffix-assumed': {
    text: 'The search domain of the node is unknown, so a typical one is assumed. On a node, it is in /run/systemd/resolve/resolv.conf.',
    source: 'Kubernetes documentation, DNS for services and pods',
  },
  'host-network': {
    text: 'A pod in the host network with ClusterFirst uses the DNS of the node, as with Default; with ClusterFirstWithHostNet, it would use the DNS of the cluster.',
    source: "Kubernetes documentation, Pod's DNS policy",
  },
  'ds-query': {
    text: 'A query of type DS goes to the shortest matching zone, not the longest.',
    source: 'CoreDNS, core/dnsserver/server.go, ServeDNS',
  },
  'cluster-cache': {
    text: "The cluster's CoreDNS caches for 30 s and returns the remaining TTL, so its answers are not cached longer here, unless coredns-custom changes that.",
    source: 'AKS documentation, coredns-custom; CoreDNS, plugin/cache',
  },
  'bypasses-coredns-custom': {
    text: "A zone of the cluster's listener is forwarded to the VNet. The cluster's CoreDNS never sees its queries, so coredns-custom rules do not apply.",
    source: 'CoreDNS, plugin/forward; AKS documentation, coredns-custom',
  },
  'cluster-addresses': {
    text: 'Only the cluster can resolve cluster addresses to names (PTR). This needs the zones in-addr.arpa and ip6.arpa with ClusterCoreDNS.',
    source: 'CoreDNS, plugin/kubernetes',
  },
  'vnet-loop': {
    text: "A VNet zone is forwarded to the cluster's CoreDNS, which queries its node for the name again: a loop over the nodes. config validate reports such zones (L006, L013).",
    source: 'AKSNodeClass CRD of Karpenter, rules of vnetDNSOverrides',
  },
  'listener-upstream': {
    text: "The VNet's servers include an address of LocalDNS itself, so queries would loop.",
    source: 'CoreDNS, plugin/loop; AgentBaker, pull request 9471',
  },
  'guard-not-here': {
    text: 'In the root zone, the node would answer this name with NXDOMAIN immediately; a separate zone for it bypasses that.',
    source: 'AgentBaker, localdns Corefile template; CoreDNS, core/dnsserver/server.go',
  },
  'zone-with-capitals': {
    text: 'A zone of the profile would match this name, but has capital letters; CoreDNS matches names in lower case, so it never matches.',
    source: 'CoreDNS, core/dnsserver/register.go and server.go; measured with 1.14.3 and 1.12.1',
  },
  'guard-not-cached': {
    text: 'The NXDOMAIN answer of the node has no SOA record, so it is not cached and a client may repeat the query. No query leaves the node.',
    source: 'CoreDNS, plugin/template, plugin/pkg/response/typify.go',
  },
  'hosts-unknown': {
    text: 'The hosts file of the node may have this name. If so, A and AAAA are answered from it with TTL 5, and other types without a record.',
    source: 'AgentBaker, localdns Corefile template; CoreDNS, plugin/hosts',
  },
  'negative-first': {
    text: 'A name that was queried before it existed is answered with NXDOMAIN once more after that answer has expired, because the stale answer is served before it is refreshed.',
    source: 'CoreDNS, plugin/cache/handler.go',
  },
  'refresh-per-query': {
    text: 'This version of CoreDNS starts a refresh for each query that gets a stale answer, not one for each name.',
    source: 'CoreDNS 1.14.3, plugin/cache/handler.go, tryPrefetch',
  },
  'answer-order': {
    text: 'The order of answers with several addresses changes, including answers from the cache (loadbalance in the template of 2026-11), so clients that use the first address are spread over all of them.',
    source: 'AgentBaker, pull request 9468; CoreDNS, plugin/loadbalance',
  },
  'cache-room': {
    text: 'Each block caches 9984 positive and 9984 negative answers, by name, type and DNSSEC flags. When the cache is full, random entries are dropped; a restart drops all.',
    source: 'AgentBaker, localdns Corefile template; CoreDNS, plugin/cache',
  },
} as const satisfies Readonly<Record<string, NoteText>>;

export type NoteId = keyof typeof noteTexts;

export interface Note extends NoteText {
  readonly id: NoteId;
}

/** In the order of the table, without duplicates. */
export function notesFor(ids: ReadonlySet<NoteId>): readonly Note[] {
  return (Object.keys(noteTexts) as NoteId[]).filter((id) => ids.has(id)).map((id) => ({ id, ...noteTexts[id] }));
}
