import { list, oneLine, shellLine } from '../../../core/text.ts';
import type { SecurityRule } from '../../../model/inventory.ts';
import { warnsAlways, type PoolCheck } from '../check.ts';
import { outboundTcp } from '../network/outbound.ts';
import { ownDnsServers, securityOf } from '../network/pool-network.ts';
import { shown, unknown } from '../verdict-parts.ts';
import { parseResourceId } from '../../../model/ids.ts';

const required = 'TCP port 53 allowed from the subnet to the DNS servers of its network';
const needs = 'zones with ForceTCP need it, and so does refreshing stale entries on node images before 2026-08';

/** The closest free priority before the rule that denies. Azure accepts priorities from 100 to 4096. */
function freePriority(rules: readonly SecurityRule[], before: number): number | undefined {
  const taken = new Set(
    rules.filter(({ direction }) => direction.toLowerCase() === 'outbound').map(({ priority }) => priority),
  );
  for (let priority = Math.min(before - 1, 4096); priority >= 100; priority -= 1)
    if (!taken.has(priority)) return priority;
  return undefined;
}

function fixOf(groupId: string, rules: readonly SecurityRule[], servers: readonly string[], before: number): string {
  const id = parseResourceId(groupId);
  const name = id?.type === 'microsoft.network/networksecuritygroups' ? id.names[0] : undefined;
  const priority = freePriority(rules, before);
  if (id === undefined || name === undefined || priority === undefined) {
    return `Add an outbound security rule that allows TCP port 53 to ${list(servers)}, with a priority before the rule that denies it.`;
  }
  const words = [
    'az',
    'network',
    'nsg',
    'rule',
    'create',
    '-g',
    id.resourceGroup,
    '--nsg-name',
    name,
    '-n',
    'AllowDnsOverTcp',
    '--subscription',
    id.subscriptionId,
    '--direction',
    'Outbound',
    '--access',
    'Allow',
    '--protocol',
    'Tcp',
    '--priority',
    String(priority),
    '--destination-port-ranges',
    '53',
    '--destination-address-prefixes',
    ...servers,
  ];
  return shellLine(words.map((word) => oneLine(word)));
}

export const dnsTcp53: PoolCheck = {
  id: 'dns-tcp-53',
  title: 'Security rules allow DNS over TCP to the DNS servers of the network',
  problem: 'DNS over TCP blocked by security rules',
  level: 'pool',
  severity: warnsAlways,
  since: '2025-07',
  source: {
    document: 'Azure docs, Network security groups, how security rules are evaluated',
    link: 'https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview',
  },
  stops: 'turning-on',
  onlyWith: '--network',
  explanation:
    'Many networks allow outbound DNS over UDP only. LocalDNS also uses TCP: always for zones with `ForceTCP` that ' +
    'go to VnetDNS and, on node images before 2026-08, to refresh stale entries. If TCP port 53 is denied, lookups ' +
    'in those zones fail and stale entries are never refreshed. This check evaluates the outbound rules of the ' +
    'subnet for each custom DNS server of the network, by priority, as Azure does; private addresses count as ' +
    'VirtualNetwork, public ones as Internet. It does not cover rules on network interfaces, firewalls, routes, or ' +
    'rules at the other end. It runs only with `--network`, and only if the network has custom DNS servers; Azure ' +
    'DNS is not subject to these rules.',
  howToFix:
    'Add an outbound rule that allows TCP port 53 to the DNS servers, with a priority before the rule that denies it.',
  judge(facts) {
    const own = ownDnsServers(facts);
    if (own === undefined || (own.known && own.value.length === 0)) return undefined;
    if (!own.known) return unknown(required, own.why);
    const security = securityOf(facts);
    if (!security.known) return unknown(required, security.why);
    const { subnet, group } = security.value;
    const all = list(own.value.map((server) => shown(server)));
    if (group === undefined)
      return {
        status: 'pass',
        observed: 'no network security group',
        required,
        reason: 'The subnet has no network security group.',
      };
    const found = own.value.map((server) => ({
      server: shown(server),
      ...outboundTcp(group.rules, server, 53, subnet.prefixes),
    }));
    const denied = found.filter(({ access }) => access === 'deny');
    if (denied.length > 0) {
      const servers = denied.map(({ server }) => server);
      const rules = [...new Set(denied.map(({ rule }) => shown(rule)))];
      return {
        status: 'warn',
        observed: shown(`denied by ${list(rules)}: ${servers.join(', ')}`),
        required,
        reason: `A security rule (${shown(list(rules))}) blocks TCP port 53 to ${shown(list(servers))}: ${needs}.`,
        fix: fixOf(group.id, group.rules, servers, Math.min(...denied.map(({ priority }) => priority))),
      };
    }
    const open = found.find(({ access }) => access === 'unknown');
    if (open !== undefined)
      return unknown(
        required,
        `Cannot determine whether the security rule ${shown(open.rule)} applies to ${open.server}.`,
        undefined,
        shown(all),
      );
    return {
      status: 'pass',
      observed: shown(all),
      required,
      reason: 'The security rules of the subnet allow TCP port 53 to every DNS server of the network.',
    };
  },
};
