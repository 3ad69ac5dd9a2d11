import { asArray, asNumber, asString, isJsonObject, own, type JsonObject } from '../../core/json.ts';
import type { SecurityGroup, World } from '../world.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { page } from './pages.ts';
import { gatewayError, ok, reply, type Reply } from './reply.ts';
import {
  defaultRules,
  onSecurityGroup,
  renderRule,
  securityGroupId,
  securityGroupTemplate,
} from './security-groups.ts';

const rule = (group: SecurityGroup, name: string): string => `${securityGroupId(group)}/securityRules/${name}`;

function store(world: World, group: SecurityGroup, rules: SecurityGroup['rules']): void {
  world.securityGroups.set(securityGroupId(group).toLowerCase(), { ...group, rules });
}

/** Names are compared without case. */
function nameIn(group: SecurityGroup, wanted: string): string | undefined {
  return Object.keys(group.rules).find((name) => name.toLowerCase() === wanted.toLowerCase());
}

const words: Readonly<Record<string, readonly string[]>> = {
  access: ['Allow', 'Deny'],
  direction: ['Inbound', 'Outbound'],
  protocol: ['Tcp', 'Udp', 'Icmp', 'Esp', 'Ah', '*'],
};

/** Source: Network API, security rules; codes and texts as users report them. */
function problemOf(group: SecurityGroup, name: string, sent: JsonObject): Reply | undefined {
  for (const [field, allowed] of Object.entries(words)) {
    const value = asString(own(sent, field));
    if (value !== undefined && allowed.some((word) => word.toLowerCase() === value.toLowerCase())) continue;
    return gatewayError(
      400,
      'InvalidRequestFormat',
      `Cannot parse the request: the value '${value ?? ''}' of ${field} in ${rule(group, name)} is not one of ${allowed.join(', ')}.`,
    );
  }
  const priority = asNumber(own(sent, 'priority'));
  if (priority === undefined || !Number.isInteger(priority) || priority < 100 || priority > 4096)
    return gatewayError(
      400,
      'SecurityRuleInvalidPriority',
      `Security rule has invalid Priority. Value provided: ${String(priority ?? 0)} Allowed range 100-4096.`,
    );
  const direction = asString(own(sent, 'direction'))?.toLowerCase();
  const [other] =
    Object.entries(group.rules).find(
      ([one, properties]) =>
        one.toLowerCase() !== name.toLowerCase() &&
        properties['priority'] === priority &&
        asString(properties['direction'])?.toLowerCase() === direction,
    ) ?? [];
  return other === undefined
    ? undefined
    : gatewayError(
        400,
        'SecurityRuleConflict',
        `Security rule ${name} conflicts with rule ${other}. Rules cannot have the same Priority and Direction. To learn more about rule priority, see https://aka.ms/nsgrulepriority.`,
      );
}

/** One value is kept under the singular name, several under the plural. Source: recorded rules of networks. */
function kept(sent: JsonObject): JsonObject {
  const fields: Record<string, unknown> = {};
  for (const [single, plural] of [
    ['sourceAddressPrefix', 'sourceAddressPrefixes'],
    ['destinationAddressPrefix', 'destinationAddressPrefixes'],
    ['sourcePortRange', 'sourcePortRanges'],
    ['destinationPortRange', 'destinationPortRanges'],
  ] as const) {
    const several = asArray(own(sent, plural));
    const one = asString(own(sent, single)) ?? (several.length === 1 ? several[0] : undefined);
    if (one === undefined && several.length > 1) fields[plural] = several;
    else fields[single] = one ?? '*';
  }
  const plain = ['description', 'access', 'direction', 'protocol', 'priority'].flatMap((field) => {
    const value = own(sent, field);
    return value === undefined || value === null ? [] : [[field, value]];
  });
  return { ...Object.fromEntries(plain), ...fields } as JsonObject;
}

/** Done at once; Azure answers with an operation (chosen). */
function put(exchange: Exchange, group: SecurityGroup): Reply {
  const name = param(exchange, 'rule');
  const sent = own(exchange.body, 'properties');
  const problem = problemOf(group, name, isJsonObject(sent) ? sent : {});
  if (problem !== undefined) return problem;
  const existing = nameIn(group, name);
  const properties = kept(isJsonObject(sent) ? sent : {});
  store(exchange.world, group, { ...group.rules, [existing ?? name]: properties });
  return reply(existing === undefined ? 201 : 200, renderRule(group, 'securityRules', existing ?? name, properties));
}

function get(exchange: Exchange, group: SecurityGroup): Reply {
  const wanted = param(exchange, 'rule');
  const name = nameIn(group, wanted);
  const properties = name === undefined ? undefined : group.rules[name];
  if (name !== undefined && properties !== undefined) return ok(renderRule(group, 'securityRules', name, properties));
  return gatewayError(404, 'NotFound', `Resource ${rule(group, wanted)} not found.`, { error: { details: [] } });
}

function remove(exchange: Exchange, group: SecurityGroup): Reply {
  const name = nameIn(group, param(exchange, 'rule'));
  if (name === undefined) return reply(204, undefined);
  store(exchange.world, group, Object.fromEntries(Object.entries(group.rules).filter(([one]) => one !== name)));
  return reply(200, undefined);
}

function list(kind: 'securityRules' | 'defaultSecurityRules') {
  return (exchange: Exchange, group: SecurityGroup): Reply => {
    const rules = kind === 'securityRules' ? group.rules : defaultRules;
    const all = Object.entries(rules).map(([name, properties]) => renderRule(group, kind, name, properties));
    return ok(page(exchange, all, 100));
  };
}

const rules = `${securityGroupTemplate}/securityRules`;
const one = { template: `${rules}/{rule}`, versions: 'network' } as const;
const action = 'Microsoft.Network/networkSecurityGroups/securityRules';

export const securityRuleRoutes: readonly Route[] = [
  {
    name: 'securityRules.list',
    method: 'GET',
    template: rules,
    handler: onSecurityGroup(list('securityRules')),
    versions: 'network',
    action: `${action}/read`,
  },
  {
    name: 'defaultSecurityRules.list',
    method: 'GET',
    template: `${securityGroupTemplate}/defaultSecurityRules`,
    handler: onSecurityGroup(list('defaultSecurityRules')),
    versions: 'network',
    action: 'Microsoft.Network/networkSecurityGroups/defaultSecurityRules/read',
  },
  { ...one, name: 'securityRules.get', method: 'GET', handler: onSecurityGroup(get), action: `${action}/read` },
  { ...one, name: 'securityRules.put', method: 'PUT', handler: onSecurityGroup(put), action: `${action}/write` },
  {
    ...one,
    name: 'securityRules.delete',
    method: 'DELETE',
    handler: onSecurityGroup(remove),
    action: `${action}/delete`,
  },
];
