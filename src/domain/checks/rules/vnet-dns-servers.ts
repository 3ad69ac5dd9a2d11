import { warnsAlways, type PoolCheck } from '../check.ts';
import { azureDns, ownDnsServers } from '../network/pool-network.ts';
import { shown, unknown } from '../verdict-parts.ts';

const required = 'Azure DNS, or custom DNS servers that accept DNS over TCP from every node';

export const vnetDnsServers: PoolCheck = {
  id: 'vnet-dns-servers',
  title: 'The DNS servers of the network are ready for LocalDNS',
  problem: 'Network with custom DNS servers',
  level: 'pool',
  severity: warnsAlways,
  since: '2025-07',
  source: {
    document: 'AKS docs, DNS resolution with LocalDNS, on TCP and the DNS servers of a virtual network',
    link: 'https://learn.microsoft.com/azure/aks/localdns-custom',
  },
  stops: 'turning-on',
  onlyWith: '--network',
  explanation:
    'With LocalDNS, every node forwards queries for VnetDNS to the DNS servers of the virtual network. Zones with ' +
    '`ForceTCP` use TCP and, on node images before 2026-08, so does refreshing stale entries, regardless of the ' +
    'protocol of the zone (source: AgentBaker and CoreDNS). Connections are kept for ten seconds, so servers or ' +
    'appliances that limit the number of TCP clients may reject nodes. Azure DNS can handle this load; Azure does ' +
    'not show whether custom DNS servers can. When the DNS servers of a network change, nodes keep the old ones ' +
    'until AKS reimages them. Runs only with `--network`; networks created by AKS are not checked.',
  howToFix:
    'Run `dig +tcp` against each server from a node, and raise its limit of TCP clients above the number of nodes.',
  judge(facts) {
    const servers = ownDnsServers(facts);
    if (servers === undefined) return undefined;
    if (!servers.known) return unknown(required, servers.why);
    if (servers.value.length === 0)
      return {
        status: 'pass',
        observed: `Azure DNS (${azureDns})`,
        required,
        reason: 'The network uses Azure DNS, which accepts TCP from every node.',
      };
    return {
      status: 'warn',
      observed: shown(servers.value.join(', ')),
      required,
      reason:
        'The network has custom DNS servers. Every node queries them, using TCP for zones with ForceTCP and, on node ' +
        'images before 2026-08, for refreshing stale entries.',
      fix: 'Make sure that these servers answer over TCP and that their limit of TCP clients is above the number of nodes.',
    };
  },
};
