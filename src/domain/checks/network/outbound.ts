import type { SecurityRule } from '../../../model/inventory.ts';
import { blockOf, contains, isPrivate, overlaps, type Block } from './addresses.ts';

/** `maybe`: the known facts do not decide it. */
type Match = 'yes' | 'no' | 'maybe';

export interface Outbound {
  readonly access: 'allow' | 'deny' | 'unknown';
  /** The rule that decides, or the first that might. */
  readonly rule: string;
  readonly priority: number;
}

/** Source: Azure docs, Network security groups, default security rules (outbound). */
const defaultRules: readonly SecurityRule[] = [
  { name: 'AllowVnetOutBound', access: 'Allow', priority: 65_000, destinations: ['VirtualNetwork'] },
  { name: 'AllowInternetOutBound', access: 'Allow', priority: 65_001, destinations: ['Internet'] },
  { name: 'DenyAllOutBound', access: 'Deny', priority: 65_500, destinations: ['*'] },
].map((rule) => ({ ...rule, direction: 'Outbound', protocol: '*', ports: ['*'] }));

function any<T>(items: readonly T[], match: (item: T) => Match): Match {
  const found = items.map((item) => match(item));
  return found.includes('yes') ? 'yes' : found.includes('maybe') ? 'maybe' : 'no';
}

/** The weakest of several matches that must all be met. */
function all(matches: readonly Match[]): Match {
  return matches.includes('no') ? 'no' : matches.includes('maybe') ? 'maybe' : 'yes';
}

function portMatch(text: string, port: number): Match {
  if (text.trim() === '*') return 'yes';
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text.trim());
  if (match === null) return 'maybe';
  const first = Number(match[1]);
  return first <= port && port <= Number(match[2] ?? first) ? 'yes' : 'no';
}

/**
 * A server with a private address is in the network, in a peered network or behind a gateway, all of which
 * `VirtualNetwork` covers; a server with a public address is assumed to be on the internet. Every other tag covers
 * public addresses of Azure. Source: Azure docs, Virtual network service tags.
 */
function tagMatch(tag: string, server: string): Match {
  const inside = isPrivate(server);
  if (tag === 'virtualnetwork') return inside ? 'yes' : 'no';
  if (tag === 'internet') return inside ? 'no' : 'yes';
  return inside ? 'no' : 'maybe';
}

function destinationMatch(destination: string, server: string): Match {
  const word = destination.trim().toLowerCase();
  if (word === '*' || word === 'any') return 'yes';
  const own = blockOf(server);
  const block = blockOf(word);
  if (block !== undefined) return own !== undefined && contains(block, own) ? 'yes' : 'no';
  if (word.includes(':'))
    return own !== undefined
      ? 'no'
      : word === '::/0' || word.replace(/\/128$/, '') === server.toLowerCase()
        ? 'yes'
        : 'maybe';
  return tagMatch(word, server);
}

function sourceMatch(source: string, subnet: readonly Block[]): Match {
  const word = source.trim().toLowerCase();
  if (word === '*' || word === 'any' || word === 'virtualnetwork') return 'yes';
  const block = blockOf(word);
  if (block === undefined) return word.includes(':') ? 'maybe' : 'no';
  if (subnet.length > 0 && subnet.every((part) => contains(block, part))) return 'yes';
  return subnet.length === 0 || subnet.some((part) => overlaps(block, part)) ? 'maybe' : 'no';
}

function ruleMatch(rule: SecurityRule, server: string, port: number, subnet: readonly Block[]): Match {
  const protocol = rule.protocol.trim().toLowerCase();
  if (rule.direction.trim().toLowerCase() !== 'outbound' || (protocol !== 'tcp' && protocol !== '*')) return 'no';
  const { sources = ['*'] } = rule;
  return all([
    any(rule.ports, (text) => portMatch(text, port)),
    // Without prefixes, the rule uses application security groups, whose members are unknown.
    rule.destinations.length === 0 ? 'maybe' : any(rule.destinations, (text) => destinationMatch(text, server)),
    sources.length === 0 ? 'maybe' : any(sources, (text) => sourceMatch(text, subnet)),
  ]);
}

/**
 * Whether security rules allow outbound TCP from a subnet to a server. Rules are evaluated by priority, the first match
 * decides, and the default rules come last. The result is unknown if a rule that might match disagrees with the rule
 * that matches. `prefixes` are those of the subnet. Source: Azure docs, Network security groups, how security rules are
 * evaluated.
 */
export function outboundTcp(
  rules: readonly SecurityRule[],
  server: string,
  port: number,
  prefixes: readonly string[],
): Outbound {
  const subnet = prefixes.map((text) => blockOf(text)).filter((block) => block !== undefined);
  const ordered = [...rules, ...defaultRules].sort((left, right) => left.priority - right.priority);
  let first: Outbound | undefined;
  for (const rule of ordered) {
    const match = ruleMatch(rule, server, port, subnet);
    if (match === 'no') continue;
    const word = rule.access.trim().toLowerCase();
    const found: Outbound = {
      access: word === 'allow' || word === 'deny' ? word : 'unknown',
      rule: rule.name,
      priority: rule.priority,
    };
    if (first !== undefined && first.access !== found.access) return { ...first, access: 'unknown' };
    first ??= found;
    if (match === 'yes') return first;
  }
  return first ?? { access: 'unknown', rule: 'none', priority: 0 };
}
