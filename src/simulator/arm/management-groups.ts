import type { JsonObject } from '../../core/json.ts';
import type { ManagementGroup, World } from '../world.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { page } from './pages.ts';
import { authorizationFailed, isGranted } from './permissions.ts';
import { gatewayError, ok, type Reply } from './reply.ts';

const prefix = '/providers/Microsoft.Management/managementGroups/';

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
      type: 'Microsoft.Management/managementGroups',
      name: child.id,
      properties: { displayName: child.displayName, parent },
    },
    ...descendants(world, child),
  ]);
  return [...subscriptions, ...groups];
}

const read = 'Microsoft.Management/managementGroups/descendants/read';
const pageSize = 100;

function list(exchange: Exchange): Reply {
  const { world } = exchange;
  const name = param(exchange, 'managementGroup');
  if (!isGranted(world.settings.grants, read)) return authorizationFailed(exchange, read);
  const group = managementGroupNamed(world, name);
  if (group === undefined) return gatewayError(404, 'NotFound', `'${prefix}${name}' not found`);
  const top = Number(exchange.query.get('$top') ?? pageSize);
  return ok(
    page(exchange, descendants(world, group), Number.isInteger(top) && top > 0 ? Math.min(top, pageSize) : pageSize),
  );
}

export const managementGroupRoutes: readonly Route[] = [
  {
    name: 'managementGroups.descendants',
    method: 'GET',
    template: `${prefix}{managementGroup}/descendants`,
    handler: list,
    versions: 'management',
  },
];
