import { CliError, InterruptedError } from '../../core/errors.ts';
import type { Emit } from '../../core/events.ts';
import { inputName } from '../../core/stdin.ts';
import { clusterId, clusterKey } from '../../model/ids.ts';
import type { ClusterScope } from '../../model/inventory.ts';
import type { Azure, SubscriptionOptions } from '../../model/ports.ts';
import type { Subscription } from '../../model/registration.ts';
import { describeClusters, describeConditions, describeSubscriptions } from './description.ts';
import type { ScopeConditions, ScopeRequest, ScopeRoot } from './scope-request.ts';
import { maxIdsBytes, readResourceIds, type NamedCluster } from './resource-ids.ts';

export interface ScopeDeps {
  readonly azure: Pick<Azure, 'accounts' | 'fleet'>;
  /** Reads a file that the user named, or standard input for `-`. */
  readonly input: (file: string, maxBytes: number) => Promise<Uint8Array>;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

export interface ResolvedScope {
  readonly scope: ClusterScope;
  /** A description of the scope: `all subscriptions, location westeurope, tag team=shop`. */
  readonly description: string;
  /**
   * If a file names only some pools of a cluster: those pools in lower case, by the key of the cluster. A cluster that
   * is not listed includes all of its pools.
   */
  readonly pools: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Place {
  readonly subscriptions: readonly Subscription[];
  readonly description: string;
  readonly clusters?: readonly NamedCluster[];
}

function once(subscriptions: readonly Subscription[]): readonly Subscription[] {
  return [...new Map(subscriptions.map((subscription) => [subscription.id.toLowerCase(), subscription])).values()];
}

/** The named subscriptions, without duplicates. */
export async function namedSubscriptions(
  { accounts }: ScopeDeps['azure'],
  names: readonly string[],
  options?: SubscriptionOptions,
): Promise<readonly Subscription[]> {
  const found: Subscription[] = [];
  for (const name of names) found.push(await accounts.subscription(name, options));
  return once(found);
}

function isBare({ id, name }: Subscription): boolean {
  return name.toLowerCase() === id.toLowerCase();
}

/**
 * Adds names to subscriptions that are known only by ID, with one request for all of them. If it fails, the IDs serve
 * as names.
 */
async function withNames(
  { fleet }: ScopeDeps['azure'],
  subscriptions: readonly Subscription[],
): Promise<readonly Subscription[]> {
  try {
    const seen = new Map((await fleet.subscriptions()).map((each) => [each.id.toLowerCase(), each]));
    return subscriptions.map((each) => (isBare(each) ? (seen.get(each.id.toLowerCase()) ?? each) : each));
  } catch (error) {
    if (!(error instanceof CliError) || error instanceof InterruptedError) throw error;
    return subscriptions;
  }
}

async function fromFile({ azure, input }: ScopeDeps, file: string): Promise<Place> {
  const name = inputName(file);
  const clusters = readResourceIds(await input(file, maxIdsBytes), name);
  const ids = new Set(clusters.map(({ subscriptionId }) => subscriptionId));
  const subscriptions = await namedSubscriptions(azure, [...ids], { unread: true });
  return {
    subscriptions: subscriptions.some(isBare) ? await withNames(azure, subscriptions) : subscriptions,
    description: describeClusters(clusters, name),
    clusters,
  };
}

async function findPlace(deps: ScopeDeps, root: ScopeRoot): Promise<Place> {
  const { accounts, fleet } = deps.azure;
  if (root.kind === 'file') return fromFile(deps, root.file);
  if (root.kind === 'all')
    return { subscriptions: once(await fleet.subscriptions()), description: 'all subscriptions' };
  if (root.kind === 'management-group')
    return {
      subscriptions: once(await fleet.subscriptionsUnder(root.id)),
      description: `management group ${root.id}`,
    };
  // A nonexistent subscription becomes a row when its clusters are read.
  const found =
    root.kind === 'named'
      ? await namedSubscriptions(deps.azure, root.names, { unread: true })
      : [await accounts.subscription(undefined)];
  // A single subscription is quickly read directly.
  const subscriptions = found.filter(isBare).length > 1 ? await withNames(deps.azure, found) : found;
  return { subscriptions, description: describeSubscriptions(subscriptions) };
}

function scopeOf(
  { subscriptions, clusters }: Place,
  { resourceGroup, clusterName, locations, tags, clusterPattern }: ScopeConditions,
): ClusterScope {
  return {
    subscriptions,
    ...(resourceGroup === undefined ? {} : { resourceGroup }),
    ...(clusterName === undefined ? {} : { clusterName }),
    ...(locations.length === 0 ? {} : { locations }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(clusterPattern === undefined ? {} : { clusterPattern }),
    ...(clusters === undefined ? {} : { clusterIds: clusters.map((cluster) => clusterId(cluster)) }),
  };
}

/**
 * Looks up the subscriptions, clusters and pools of a request.
 * @throws CliError if there is no subscription of that name, or a file cannot be read; UsageError if a file names no
 * cluster; AzureError
 */
export async function resolveScope(deps: ScopeDeps, { root, conditions }: ScopeRequest): Promise<ResolvedScope> {
  const place = await findPlace(deps, root);
  const partial = (place.clusters ?? []).flatMap((cluster) =>
    cluster.pools === undefined ? [] : [[clusterKey(cluster), cluster.pools] as const],
  );
  return {
    scope: scopeOf(place, conditions),
    description: [place.description, ...describeConditions(conditions)].join(', '),
    pools: new Map(partial),
  };
}
