import { count, list, oneLine, shortList } from '../../core/text.ts';
import { subscriptionName, type Subscription } from '../../model/registration.ts';
import type { ScopeConditions } from './scope-request.ts';
import type { NamedCluster } from './resource-ids.ts';

/** A title with more names would be unreadable. */
const maxNamed = 5;

export function describeSubscriptions(subscriptions: readonly Subscription[]): string {
  const names = subscriptions.map((subscription) => oneLine(subscriptionName(subscription)));
  return `${names.length === 1 ? 'subscription' : 'subscriptions'} ${shortList(names, maxNamed)}`;
}

export function describeClusters(clusters: readonly NamedCluster[], name: string): string {
  const whole = clusters.filter(({ pools }) => pools === undefined).length;
  const pools = clusters.reduce((sum, cluster) => sum + (cluster.pools?.size ?? 0), 0);
  const parts = [
    ...(whole === 0 ? [] : [count(whole, 'cluster')]),
    ...(pools === 0 ? [] : [count(pools, 'node pool')]),
  ];
  return `${list(parts)} of ${name}`;
}

export function describeConditions({
  resourceGroup,
  clusterName,
  locations,
  tags,
  clusterPattern,
}: ScopeConditions): readonly string[] {
  return [
    ...(resourceGroup === undefined ? [] : [`resource group ${resourceGroup}`]),
    ...(clusterName === undefined ? [] : [`cluster ${clusterName}`]),
    ...(locations.length === 0
      ? []
      : [`${locations.length === 1 ? 'location' : 'locations'} ${list(locations, 'or')}`]),
    ...(tags.length === 0
      ? []
      : [
          `${tags.length === 1 ? 'tag' : 'tags'} ${list(tags.map(({ key, value }) => oneLine(value === undefined ? key : `${key}=${value}`)))}`,
        ]),
    ...(clusterPattern === undefined ? [] : [`clusters named ${clusterPattern}`]),
  ];
}
