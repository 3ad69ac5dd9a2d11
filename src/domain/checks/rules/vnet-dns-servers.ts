import { warnsAlways, type PoolCheck } from '../check.ts';
import { azureDns, ownDnsServers } from '../network/pool-network.ts';
import { shown, unknown } from '../verdict-parts.ts';

const required = 'Azure DNS, or servers of your own that take DNS over TCP from every node';

export const vnetDnsServers: PoolCheck = {
  id: 'vnet-dns-servers',
  title: 'The DNS servers of the network are ready for LocalDNS',
  problem: 'Network with DNS servers of its own',
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
    'What LocalDNS forwards to VnetDNS goes to the DNS servers of the virtual network, now from every node. Zones with `ForceTCP` ask them over TCP, and ' +
    'on node images before 2026-08 so do refreshes of stale entries, whatever the protocol of the zone (read from AgentBaker and CoreDNS). Connections are ' +
    'kept for ten seconds, and servers or appliances with a limit of TCP clients turn nodes away. Azure DNS takes this; whether servers of your own do, Azure does not ' +
    'show. When the servers of a network change, nodes keep the old ones until AKS reimages them. Only read with `--network`; a network that AKS made is not looked at.',
  howToFix:
    'Try `dig +tcp` against each server from a node, and raise its limit of TCP clients above the number of nodes.',
  judge(facts) {
    const servers = ownDnsServers(facts);
    if (servers === undefined) return undefined;
    if (!servers.known) return unknown(required, servers.why);
    if (servers.value.length === 0)
      return {
        status: 'pass',
        observed: `Azure DNS (${azureDns})`,
        required,
        reason: 'The network uses Azure DNS, which takes TCP from every node.',
      };
    return {
      status: 'warn',
      observed: shown(servers.value.join(', ')),
      required,
      reason:
        'The network has DNS servers of its own: every node asks them, zones with ForceTCP over TCP, and on node images before 2026-08 refreshes of stale entries too.',
      fix: 'Make sure that these servers answer over TCP, and that their limit of TCP clients is above the number of nodes.',
    };
  },
};
