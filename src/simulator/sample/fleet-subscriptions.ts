import { featureKey, newFeature } from '../arm/features.ts';
import { homeTenantId, objectIdOf } from '../arm/token.ts';
import type { SubscriptionPlan } from '../fleet-plan.ts';
import type { Subscription, World } from '../world.ts';
import { addSubscription } from './build.ts';
import { sample } from './sample.ts';

const clustersEach = 40;
const most = 250;

/** The tenant of those subscriptions that are delegated to ours. */
export const partnerTenantId = objectIdOf('partner-tenant');

function stateOf(index: number): SubscriptionPlan['state'] {
  if (index % 20 === 7) return 'Warned';
  return index % 20 === 13 ? 'PastDue' : 'Enabled';
}

function planOf(index: number, disabled: boolean): SubscriptionPlan {
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

function add(world: World, plan: SubscriptionPlan): Subscription {
  const { id, name, state, tenantId, featureRegistered } = plan;
  const added = addSubscription(world, id, name);
  const subscription: Subscription = {
    ...added,
    state,
    tenantId,
    ...(tenantId === homeTenantId ? {} : { managedByTenants: [homeTenantId] }),
  };
  world.subscriptions.set(id.toLowerCase(), subscription);
  const feature = newFeature(
    'Microsoft.ContainerService',
    'LocalDNSPreview',
    featureRegistered ? 'Registered' : 'NotRegistered',
  );
  subscription.features.set(featureKey('Microsoft.ContainerService', 'LocalDNSPreview'), feature);
  return subscription;
}

export interface FleetSubscription {
  readonly plan: SubscriptionPlan;
  readonly subscription: Subscription;
}

/** One for every 40 clusters, up to 250; from three on, one in fifty more is disabled, at least one. */
export function addFleetSubscriptions(world: World, clusters: number): readonly FleetSubscription[] {
  const count = Math.min(most, Math.max(1, Math.ceil(clusters / clustersEach)));
  const disabled = count < 3 ? 0 : Math.max(1, Math.floor(count / 50));
  return Array.from({ length: count + disabled }, (_, index) => {
    const plan = planOf(index, index >= count);
    return { plan, subscription: add(world, plan) };
  });
}
