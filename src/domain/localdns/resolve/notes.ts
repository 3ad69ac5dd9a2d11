export interface NoteText {
  readonly text: string;
  /** Where the fact comes from. */
  readonly source: string;
}

/** What a reader should know beside the steps themselves. */
export const noteTexts = {
  'mode-disabled': {
    text: 'The mode is Disabled: the nodes have no LocalDNS. This is what would happen with it.',
    source: 'AKS documentation, localdns-custom, LocalDNS modes',
  },
  'mode-preferred': {
    text: "The mode is Preferred: whether the nodes have LocalDNS depends on the cluster's version. The pool's localDNSProfile.state says it.",
    source: 'AKS documentation, localdns-custom; AKS release notes 2026-05-29',
  },
  'search-order': {
    text: 'The names are asked in this order until one has an answer. glibc goes on with the search path after a name that was asked as it is; musl does not.',
    source: 'resolv.conf(5); musl, src/network/lookup_name.c',
  },
  'both-families': {
    text: 'Most programs ask for A and AAAA: each is a query of its own, cached on its own.',
    source: 'CoreDNS, plugin/cache/cache.go, hash',
  },
  'node-suffix-assumed': {
    text: "The node's own search domain was not given: the usual form is assumed. On a node it stands in /run/systemd/resolve/resolv.conf.",
    source: 'Kubernetes documentation, DNS for services and pods',
  },
  'host-network': {
    text: 'A pod in the host network with ClusterFirst gets the DNS of the node, as with Default; ClusterFirstWithHostNet would give it the DNS of the cluster.',
    source: "Kubernetes documentation, Pod's DNS policy",
  },
  'ds-query': {
    text: 'A query of type DS goes to the shortest zone that fits, not the longest.',
    source: 'CoreDNS, core/dnsserver/server.go, ServeDNS',
  },
  'cluster-cache': {
    text: "The cluster's CoreDNS caches for 30 s itself and gives what remains, so that no answer through it lives longer here, unless coredns-custom changes that.",
    source: 'AKS documentation, coredns-custom; CoreDNS, plugin/cache',
  },
  'bypasses-coredns-custom': {
    text: "A zone of the cluster's listener goes to the VNet: the cluster's CoreDNS never sees it, so that rules in coredns-custom do not apply.",
    source: 'CoreDNS, plugin/forward; AKS documentation, coredns-custom',
  },
  'cluster-addresses': {
    text: 'Names of cluster addresses (PTR) are known to the cluster alone: they need zones in-addr.arpa and ip6.arpa that go to ClusterCoreDNS.',
    source: 'CoreDNS, plugin/kubernetes',
  },
  'vnet-loop': {
    text: "A VNet zone goes to the cluster's CoreDNS, which asks its node for the name again: a loop over the nodes. config validate names such zones (L006, L013).",
    source: 'AKSNodeClass CRD of Karpenter, rules of vnetDNSOverrides',
  },
  'listener-upstream': {
    text: "The VNet's servers include an address of LocalDNS itself: queries would go round in a circle.",
    source: 'CoreDNS, plugin/loop; AgentBaker, pull request 9471',
  },
  'guard-not-here': {
    text: 'In the root zone the node would answer NXDOMAIN to this name at once; a zone of its own takes it away from that.',
    source: 'AgentBaker, localdns Corefile template; CoreDNS, core/dnsserver/server.go',
  },
  'zone-with-capitals': {
    text: 'A zone of the profile would take this name, but it is written with capitals: CoreDNS looks names up in lower case, and never finds it.',
    source: 'CoreDNS, core/dnsserver/register.go and server.go; measured with 1.14.3 and 1.12.1',
  },
  'guard-not-cached': {
    text: 'The NXDOMAIN of the node itself has no SOA record: it is not cached here, and a client may ask each time. It costs no query beyond the node.',
    source: 'CoreDNS, plugin/template, plugin/pkg/response/typify.go',
  },
  'hosts-unknown': {
    text: 'The hosts file of the node may have this name: A and AAAA are then answered from it with TTL 5, other types with no record.',
    source: 'AgentBaker, localdns Corefile template; CoreDNS, plugin/hosts',
  },
  'negative-first': {
    text: 'A name that was asked before it existed is answered NXDOMAIN once more after that answer expired, since the old answer is given before it is refreshed.',
    source: 'CoreDNS, plugin/cache/handler.go',
  },
  'refresh-per-query': {
    text: 'This version of CoreDNS starts a refresh for each query that gets an old answer, not one for each name.',
    source: 'CoreDNS 1.14.3, plugin/cache/handler.go, tryPrefetch',
  },
  'answer-order': {
    text: 'Answers with several addresses come in changing order, from the cache too (loadbalance in the template of 2026-11): a client that takes the first one is spread over all of them.',
    source: 'AgentBaker, pull request 9468; CoreDNS, plugin/loadbalance',
  },
  'cache-room': {
    text: 'Each block keeps 9984 answers and 9984 denials, by name, type and DNSSEC flags; what is full loses entries at random, a restart loses all.',
    source: 'AgentBaker, localdns Corefile template; CoreDNS, plugin/cache',
  },
} as const satisfies Readonly<Record<string, NoteText>>;

export type NoteId = keyof typeof noteTexts;

export interface Note extends NoteText {
  readonly id: NoteId;
}

/** In the order of the table, each once. */
export function notesFor(ids: ReadonlySet<NoteId>): readonly Note[] {
  return (Object.keys(noteTexts) as NoteId[]).filter((id) => ids.has(id)).map((id) => ({ id, ...noteTexts[id] }));
}
