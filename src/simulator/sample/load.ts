import { resourcesIn, type ListedResource } from '../../core/azure-resources.ts';
import { UsageError } from '../../core/errors.ts';
import { asArray, asString, isJsonObject, own, without, type JsonObject, type JsonValue } from '../../core/json.ts';
import { notAResource, resourceForms } from '../../core/resource-shapes.ts';
import { oneLine } from '../../core/text.ts';
import { featureKey, newFeature } from '../arm/features.ts';
import { clusterKey } from '../arm/lookup.ts';
import { loadedProvider } from '../arm/providers.ts';
import type { Cluster, Pool, Subscription, World } from '../world.ts';
import { homeTenantId } from '../arm/token.ts';
import { addCluster, addSubscription } from './resources.ts';
import { lockFrom, networkFrom, securityGroupFrom } from './load-more.ts';
import { fillManagementGroups } from './management-groups.ts';

interface Item {
  readonly index: number;
  readonly id: string;
  readonly names: readonly string[];
  readonly resource: JsonObject;
}

interface Kind {
  readonly name: string;
  readonly pattern: RegExp;
  readonly add: (world: World, item: Item) => void;
}

function refuse(item: Pick<Item, 'index'>, problem: string): never {
  throw new UsageError(`The resource at [${String(item.index)}] cannot be loaded: ${problem}`, [
    ...resourceForms,
    'Give a JSON array of ARM resources as GET returns them: subscriptions, features, providers, managed clusters with agentPoolProfiles, agent pools, virtual networks, network security groups, locks.',
  ]);
}

function name(item: Item, position: number): string {
  return item.names[position] ?? refuse(item, 'its id lacks a part.');
}

/** A subscription that only appears in ids exists too. */
function subscriptionOf(world: World, item: Item): Subscription {
  const id = name(item, 0);
  return world.subscriptions.get(id.toLowerCase()) ?? addSubscription(world, id, id);
}

function propertiesOf(item: Item): JsonObject {
  const properties = own(item.resource, 'properties');
  return isJsonObject(properties) ? properties : refuse(item, "it has no object 'properties'.");
}

function addLoadedSubscription(world: World, item: Item): void {
  const id = name(item, 0);
  const { resource } = item;
  const state = asString(own(resource, 'state'));
  const tenantId = asString(own(resource, 'tenantId'));
  addSubscription(world, id, asString(own(resource, 'displayName')) ?? id, {
    ...(state === undefined ? {} : { state }),
    ...(tenantId === undefined ? {} : { tenantId }),
  });
}

function addLoadedFeature(world: World, item: Item): void {
  const state = asString(own(propertiesOf(item), 'state')) ?? refuse(item, "a feature needs 'properties.state'.");
  const [namespace, feature] = [name(item, 1), name(item, 2)];
  subscriptionOf(world, item).features.set(featureKey(namespace, feature), newFeature(namespace, feature, state));
}

function addLoadedProvider(world: World, item: Item): void {
  const namespace = name(item, 1);
  subscriptionOf(world, item).providers.set(namespace.toLowerCase(), loadedProvider(namespace, item.resource));
}

/** An operation has ended on it, and not well. */
function isSettled(properties: JsonObject): boolean {
  return ['Failed', 'Canceled'].includes(asString(properties['provisioningState']) ?? '');
}

function poolFrom(world: World, poolName: string, properties: JsonObject): Pool {
  return {
    name: poolName,
    properties: {
      ...properties,
      provisioningState: properties['provisioningState'] ?? 'Succeeded',
      eTag: properties['eTag'] ?? world.random.guid(),
    },
    operation: undefined,
    hadOperation: isSettled(properties),
    reimagedNodes: 0,
  };
}

function addLoadedCluster(world: World, item: Item): void {
  const [group, clusterName] = [name(item, 1), name(item, 2)];
  const properties = propertiesOf(item);
  const location = asString(own(item.resource, 'location')) ?? refuse(item, "a managed cluster needs a 'location'.");
  const subscription = subscriptionOf(world, item);
  const key = clusterKey(group, clusterName);
  if (subscription.clusters.has(key)) refuse(item, `the cluster ${oneLine(clusterName)} appears twice.`);
  subscription.groups.set(group.toLowerCase(), { name: group, location });
  const cluster: Cluster = {
    subscriptionId: subscription.id,
    resourceGroup: group,
    name: clusterName,
    location,
    pools: new Map(),
    maintenance: new Map(),
    operation: undefined,
    hadOperation: isSettled(properties),
    nodesAtStop: new Map(),
    resource: { ...item.resource, properties: without(properties, ['agentPoolProfiles']) },
  };
  const profiles = properties['agentPoolProfiles'];
  if (profiles !== undefined && profiles !== null && !Array.isArray(profiles))
    refuse(item, "'properties.agentPoolProfiles' is not an array.");
  for (const profile of asArray(profiles)) {
    const poolName = asString(own(profile, 'name'));
    if (!isJsonObject(profile) || poolName === undefined)
      refuse(item, "an entry of 'agentPoolProfiles' has no 'name'.");
    cluster.pools.set(poolName.toLowerCase(), poolFrom(world, poolName, without(profile, ['name'])));
  }
  subscription.clusters.set(key, cluster);
}

function addLoadedPool(world: World, item: Item): void {
  const cluster = subscriptionOf(world, item).clusters.get(clusterKey(name(item, 1), name(item, 2)));
  const poolName = name(item, 3);
  cluster?.pools.set(poolName.toLowerCase(), poolFrom(world, poolName, propertiesOf(item)));
}

const versionOf = (item: Item): string => asString(own(propertiesOf(item), 'currentOrchestratorVersion')) ?? '1.33.0';
const inOrder = new Intl.Collator('en', { numeric: true });

/** `az aks nodepool list` has no cluster: one is made up around its pools, with the version of the newest. */
function addMissingClusters(world: World, pools: readonly Item[]): void {
  for (const item of pools) {
    const [group, clusterName] = [name(item, 1), name(item, 2)];
    const subscription = subscriptionOf(world, item);
    const key = clusterKey(group, clusterName);
    if (subscription.clusters.has(key)) continue;
    const versions = pools.filter((other) => clusterKey(name(other, 1), name(other, 2)) === key).map(versionOf);
    const version = versions.sort((left, right) => inOrder.compare(left, right)).at(-1) ?? '';
    addCluster(world, subscription, { group, name: clusterName, location: 'westeurope', version });
  }
}

/** A group of a loaded resource is there as well. */
function placeOf(world: World, item: Item): { subscriptionId: string; resourceGroup: string; name: string } {
  const subscription = subscriptionOf(world, item);
  const [resourceGroup, resource] = [name(item, 1), name(item, 2)];
  const key = resourceGroup.toLowerCase();
  if (!subscription.groups.has(key))
    subscription.groups.set(key, { name: resourceGroup, location: asString(own(item.resource, 'location')) ?? '' });
  return { subscriptionId: subscription.id, resourceGroup, name: resource };
}

function addLoadedNetwork(world: World, item: Item): void {
  world.networks.set(item.id.toLowerCase(), networkFrom(placeOf(world, item), item.resource));
}

function addLoadedSecurityGroup(world: World, item: Item): void {
  world.securityGroups.set(item.id.toLowerCase(), securityGroupFrom(placeOf(world, item), item.resource));
}

function addLoadedLock(world: World, item: Item): void {
  const lock = lockFrom(name(item, 0), name(item, 1), item.resource);
  if (lock === undefined) refuse(item, "a lock needs 'properties.level', ReadOnly or CanNotDelete.");
  world.locks.set(item.id.toLowerCase(), lock);
}

const network = '/subscriptions/([^/]+)/resourcegroups/([^/]+)/providers/microsoft\\.network';
const cluster =
  '/subscriptions/([^/]+)/resourcegroups/([^/]+)/providers/microsoft\\.containerservice/managedclusters/([^/]+)';

/** In the order in which they are added; a file may list resources in any order. */
const kinds: readonly Kind[] = [
  { name: 'subscription', pattern: /^\/subscriptions\/([^/]+)$/i, add: addLoadedSubscription },
  {
    name: 'feature',
    pattern: /^\/subscriptions\/([^/]+)\/providers\/microsoft\.features\/providers\/([^/]+)\/features\/([^/]+)$/i,
    add: addLoadedFeature,
  },
  { name: 'provider', pattern: /^\/subscriptions\/([^/]+)\/providers\/([^/]+)$/i, add: addLoadedProvider },
  { name: 'managed cluster', pattern: new RegExp(`^${cluster}$`, 'i'), add: addLoadedCluster },
  { name: 'lock', pattern: /^(.+)\/providers\/microsoft\.authorization\/locks\/([^/]+)$/i, add: addLoadedLock },
  {
    name: 'virtual network',
    pattern: new RegExp(`^${network}/virtualnetworks/([^/]+)$`, 'i'),
    add: addLoadedNetwork,
  },
  {
    name: 'network security group',
    pattern: new RegExp(`^${network}/networksecuritygroups/([^/]+)$`, 'i'),
    add: addLoadedSecurityGroup,
  },
  { name: 'agent pool', pattern: new RegExp(`^${cluster}/agentpools/([^/]+)$`, 'i'), add: addLoadedPool },
];

function read({ entry, resource }: ListedResource, index: number): { readonly kind: Kind; readonly item: Item } {
  const id = asString(own(resource, 'id')) ?? '';
  for (const kind of isJsonObject(resource) ? kinds : []) {
    const [whole, ...names] = kind.pattern.exec(id) ?? [];
    if (isJsonObject(resource) && whole !== undefined) return { kind, item: { index, id, names, resource } };
  }
  return refuse({ index }, `${notAResource(entry)}.`);
}

/**
 * Fills the world from documents of ARM resources.
 * @throws UsageError that names the first entry that cannot be loaded, and why.
 */
export function fillFrom(world: World, data: JsonValue): void {
  const listed = resourcesIn(Array.isArray(data) ? asArray(data) : [data]);
  for (const { kind, resource } of listed) if (kind === 'vm-size') world.skus.push(resource as JsonObject);
  const items = listed.flatMap((one, index) =>
    one.kind === 'vm-size' || one.kind === 'other' ? [] : [read(one, index)],
  );
  for (const kind of kinds) {
    const these = items.filter((one) => one.kind === kind).map(({ item }) => item);
    if (kind.add === addLoadedPool) addMissingClusters(world, these);
    for (const item of these) kind.add(world, item);
  }
  fillManagementGroups(world, () => homeTenantId);
}
