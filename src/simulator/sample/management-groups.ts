import { homeTenantId } from '../arm/token.ts';
import type { World } from '../world.ts';

/** The tree that the sample and the fleets hang on; the root bears the tenant's id, as in Azure. */
const tree = [
  { id: homeTenantId, displayName: 'Tenant Root Group', parent: undefined },
  { id: 'contoso', displayName: 'Contoso', parent: homeTenantId },
  { id: 'contoso-prod', displayName: 'Contoso production', parent: 'contoso' },
  { id: 'contoso-prod-eu', displayName: 'Contoso production, Europe', parent: 'contoso-prod' },
  { id: 'contoso-dev', displayName: 'Contoso development', parent: 'contoso' },
] as const;

/** @param groupFor the group of a subscription, by its lower-case id */
export function fillManagementGroups(world: World, groupFor: (subscriptionId: string) => string): void {
  for (const { id, displayName, parent } of tree)
    world.managementGroups.set(id.toLowerCase(), { id, displayName, parent, subscriptions: new Set() });
  for (const id of world.subscriptions.keys())
    world.managementGroups.get(groupFor(id).toLowerCase())?.subscriptions.add(id);
}
