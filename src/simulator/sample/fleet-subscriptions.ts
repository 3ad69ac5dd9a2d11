import { featureKey, newFeature } from '../arm/features.ts';
import { homeTenantId, objectIdOf } from '../arm/token.ts';
import type { Subscription, World } from '../world.ts';
import { addSubscription } from './resources.ts';
import { sample } from './sample.ts';

export interface FleetSubscription {
  readonly id: string;
  readonly name: string;
  readonly state: 'Enabled' | 'Warned' | 'PastDue' | 'Disabled';
  readonly tenantId: string;
  readonly featureRegistered: boolean;
  readonly managementGroup: string;
}

const clustersEach = 40;
const maxSubscriptions = 250;

/** The tenant of the subscriptions that are delegated to ours. */
const partnerTenantId = objectIdOf('partner-tenant');

function stateOf(index: number): FleetSubscription['state'] {
  if (index % 20 === 7) return 'Warned';
  return index % 20 === 13 ? 'PastDue' : 'Enabled';
}

function subscriptionAt(index: number, disabled: boolean): FleetSubscription {
  const groups = ['contoso-prod', 'contoso-dev', 'contoso-prod-eu'] as const;
  return {
    // The first one is the sample's, so that its name can be used in examples of either.
    id: index === 0 ? sample.subscriptionId : objectIdOf(`subscription-${String(index)}`),
    name: index === 0 ? sample.subscriptionName : `Contoso ${String(index + 1)}`,
    state: disabled ? 'Disabled' : stateOf(index),
    tenantId: index % 10 === 6 ? partnerTenantId : homeTenantId,
    featureRegistered: index % 4 !== 3,
    managementGroup: groups[index % groups.length] ?? 'contoso',
  };
}

function add(world: World, { id, name, state, tenantId, featureRegistered }: FleetSubscription): Subscription {
  const delegated = tenantId === homeTenantId ? {} : { managedByTenants: [homeTenantId] };
  const subscription = addSubscription(world, id, name, { state, tenantId, ...delegated });
  const [namespace, feature] = ['Microsoft.ContainerService', 'LocalDNSPreview'] as const;
  subscription.features.set(
    featureKey(namespace, feature),
    newFeature(namespace, feature, featureRegistered ? 'Registered' : 'NotRegistered'),
  );
  return subscription;
}

/** One for every 40 clusters, up to 250; from three on, one in fifty more is disabled, at least one. */
export function addFleetSubscriptions(world: World, clusters: number): ReadonlyMap<FleetSubscription, Subscription> {
  const count = Math.min(maxSubscriptions, Math.max(1, Math.ceil(clusters / clustersEach)));
  const disabled = count < 3 ? 0 : Math.max(1, Math.floor(count / 50));
  return new Map(
    Array.from({ length: count + disabled }, (_, index) => {
      const subscription = subscriptionAt(index, index >= count);
      return [subscription, add(world, subscription)];
    }),
  );
}
