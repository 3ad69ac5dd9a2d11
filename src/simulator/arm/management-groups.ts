import type { JsonObject } from '../../core/json.ts';
import type { ManagementGroup, World } from '../world.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { page } from './pages.ts';
import { gatewayError, ok, type Reply } from './reply.ts';
import { homeTenantId } from './token.ts';

const base = '/providers/Microsoft.Management/managementGroups';
const prefix = `${base}/`;
const type = 'Microsoft.Management/managementGroups';

export function managementGroupNamed(world: World, name: string): ManagementGroup | undefined {
  return world.managementGroups.get(name.toLowerCase());
}

/** The group that a subscription hangs on. */
export function groupOf(world: World, subscriptionId: string): ManagementGroup | undefined {
  return [...world.managementGroups.values()].find((group) => group.subscriptions.has(subscriptionId.toLowerCase()));
}

/** From the group itself up to the root. */
export function ancestorsOf(world: World, group: ManagementGroup | undefined): readonly ManagementGroup[] {
  if (group === undefined) return [];
  const parent = group.parent === undefined ? undefined : managementGroupNamed(world, group.parent);
  return [group, ...ancestorsOf(world, parent)];
}

function childrenOf(world: World, group: ManagementGroup): readonly ManagementGroup[] {
  return [...world.managementGroups.values()].filter((one) => one.parent?.toLowerCase() === group.id.toLowerCase());
}

/** Ids of the subscriptions below a group, however deep. */
export function subscriptionsUnder(world: World, group: ManagementGroup): readonly string[] {
  return [...group.subscriptions, ...childrenOf(world, group).flatMap((child) => subscriptionsUnder(world, child))];
}

/** Source: Management Groups API, Get Descendants: groups before what is below them, each with its parent. */
function descendants(world: World, group: ManagementGroup): readonly JsonObject[] {
  const parent = { id: `${prefix}${group.id}` };
  const subscriptions = [...group.subscriptions].flatMap((id): readonly JsonObject[] => {
    const subscription = world.subscriptions.get(id);
    if (subscription === undefined) return [];
    return [
      {
        id: `/subscriptions/${subscription.id}`,
        type: '/subscriptions',
        name: subscription.id,
        properties: { displayName: subscription.name, parent },
      },
    ];
  });
  const groups = childrenOf(world, group).flatMap((child): readonly JsonObject[] => [
    {
      id: `${prefix}${child.id}`,
      type,
      name: child.id,
      properties: { displayName: child.displayName, parent },
    },
    ...descendants(world, child),
  ]);
  return [...subscriptions, ...groups];
}

/** Groups first, then subscriptions; `deep` with what is below the groups. */
function childTree(world: World, group: ManagementGroup, deep: boolean): readonly JsonObject[] {
  const groups = childrenOf(world, group).map((child): JsonObject => {
    const below = deep ? childTree(world, child, deep) : [];
    return {
      id: `${prefix}${child.id}`,
      type,
      name: child.id,
      displayName: child.displayName,
      ...(below.length === 0 ? {} : { children: below }),
    };
  });
  const subscriptions = [...group.subscriptions].flatMap((id): readonly JsonObject[] => {
    const subscription = world.subscriptions.get(id);
    if (subscription === undefined) return [];
    const { id: name, name: displayName } = subscription;
    return [{ id: `/subscriptions/${name}`, type: '/subscriptions', name, displayName }];
  });
  return [...groups, ...subscriptions];
}

/** Source: Management Groups API, Get: children and what is below them only when they are asked for. */
function get(exchange: Exchange, group: ManagementGroup): Reply {
  const { world, query } = exchange;
  const parent = ancestorsOf(world, group)[1];
  const children =
    query.get('$expand')?.toLowerCase() === 'children'
      ? { children: childTree(world, group, query.get('$recurse')?.toLowerCase() === 'true') }
      : {};
  return ok({
    id: `${prefix}${group.id}`,
    type,
    name: group.id,
    properties: {
      tenantId: homeTenantId,
      displayName: group.displayName,
      details: {
        version: 1,
        updatedTime: '2025-06-01T00:00:00.0000000Z',
        updatedBy: homeTenantId,
        ...(parent === undefined
          ? {}
          : { parent: { id: `${prefix}${parent.id}`, name: parent.id, displayName: parent.displayName } }),
      },
      ...children,
    },
  });
}

function list(exchange: Exchange): Reply {
  const all = [...exchange.world.managementGroups.values()].map((group) => ({
    id: `${prefix}${group.id}`,
    type,
    name: group.id,
    properties: { tenantId: homeTenantId, displayName: group.displayName },
  }));
  return ok(page(exchange, all, pageSize));
}

function listSubscriptions(exchange: Exchange, group: ManagementGroup): Reply {
  const { world } = exchange;
  const parent = { id: `${prefix}${group.id}` };
  const value = [...group.subscriptions].flatMap((id): readonly JsonObject[] => {
    const subscription = world.subscriptions.get(id);
    if (subscription === undefined) return [];
    const { id: name, name: displayName, tenantId: tenant } = subscription;
    const properties = { tenant, displayName, parent, state: subscription.state === 'Enabled' ? 'Active' : 'Disabled' };
    return [{ id: `${parent.id}/subscriptions/${name}`, type: `${type}/subscriptions`, name, properties }];
  });
  return ok(page(exchange, value, pageSize));
}

const pageSize = 100;

function listDescendants(exchange: Exchange, group: ManagementGroup): Reply {
  const top = Number(exchange.query.get('$top') ?? pageSize);
  return ok(
    page(
      exchange,
      descendants(exchange.world, group),
      Number.isInteger(top) && top > 0 ? Math.min(top, pageSize) : pageSize,
    ),
  );
}

function onGroup(handle: (exchange: Exchange, group: ManagementGroup) => Reply): Route['handler'] {
  return (exchange) => {
    const name = param(exchange, 'managementGroup');
    const group = managementGroupNamed(exchange.world, name);
    return group === undefined
      ? gatewayError(404, 'NotFound', `'${prefix}${name}' not found`)
      : handle(exchange, group);
  };
}

const one = `${prefix}{managementGroup}`;
const routes = [
  ['list', base, list, 'read'],
  ['get', one, onGroup(get), 'read'],
  ['subscriptions', `${one}/subscriptions`, onGroup(listSubscriptions), 'subscriptions/read'],
  ['descendants', `${one}/descendants`, onGroup(listDescendants), 'descendants/read'],
] as const;

export const managementGroupRoutes: readonly Route[] = routes.map(([name, template, handler, action]) => ({
  name: `managementGroups.${name}`,
  method: 'GET',
  template,
  handler,
  versions: 'management',
  action: `${type}/${action}`,
}));
