import { CliError, InterruptedError } from '../../core/errors.ts';
import { clusterId, clusterKey } from '../../model/ids.ts';
import type { ClusterScope } from '../../model/inventory.ts';
import type { Azure } from '../../model/ports.ts';
import type { Subscription } from '../../model/registration.ts';
import type { Context } from '../framework/context.ts';
import { inputName } from '../named-files.ts';
import type { ScopeArguments } from '../options/scope.ts';
import { readScope, type ClusterArgument, type ScopeConditions, type ScopeRoot } from './request.ts';
import { maxIdsBytes, readResourceIds, type NamedCluster } from './resource-ids.ts';
import { conditionWords, fileWords, subscriptionWords } from './words.ts';

export interface ResolvedScope {
  readonly scope: ClusterScope;
  /** What was asked for: `all subscriptions, location westeurope, tag team=shop`. */
  readonly words: string;
  /**
   * Of clusters that a file named by some of their pools alone: those pools, by the cluster's id in lower case. A
   * cluster that is not among them: all.
   */
  readonly pools: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Where {
  readonly subscriptions: readonly Subscription[];
  readonly words: string;
  readonly clusters?: readonly NamedCluster[];
}

function once(subscriptions: readonly Subscription[]): readonly Subscription[] {
  return [...new Map(subscriptions.map((subscription) => [subscription.id.toLowerCase(), subscription])).values()];
}

/** One that is not there is found out when it is read, and is a row then: an id is taken as it is. */
async function named(azure: Azure, names: readonly string[]): Promise<readonly Subscription[]> {
  const found: Subscription[] = [];
  for (const name of names) found.push(await azure.accounts.subscription(name, { unread: true }));
  return once(found);
}

/**
 * What the account sees of subscriptions that are known by their ids alone: one request for all; where it fails, the
 * ids have to do.
 */
async function withNames(azure: Azure, subscriptions: readonly Subscription[]): Promise<readonly Subscription[]> {
  try {
    const seen = new Map((await azure.fleet.subscriptions()).map((each) => [each.id.toLowerCase(), each]));
    return subscriptions.map((each) => (isBare(each) ? (seen.get(each.id.toLowerCase()) ?? each) : each));
  } catch (error) {
    if (!(error instanceof CliError) || error instanceof InterruptedError) throw error;
    return subscriptions;
  }
}

function isBare({ id, name }: Subscription): boolean {
  return name.toLowerCase() === id.toLowerCase();
}

async function fromFile(context: Context, azure: Azure, file: string): Promise<Where> {
  const name = inputName(file);
  const clusters = readResourceIds(await context.input(file, maxIdsBytes), name);
  const ids = new Set(clusters.map(({ subscriptionId }) => subscriptionId));
  const subscriptions = await named(azure, [...ids]);
  return {
    subscriptions: subscriptions.some(isBare) ? await withNames(azure, subscriptions) : subscriptions,
    words: fileWords(clusters, name),
    clusters,
  };
}

async function look(context: Context, azure: Azure, root: ScopeRoot): Promise<Where> {
  if (root.kind === 'file') return fromFile(context, azure, root.file);
  if (root.kind === 'all')
    return { subscriptions: once(await azure.fleet.subscriptions()), words: 'all subscriptions' };
  if (root.kind === 'management-group')
    return { subscriptions: once(await azure.fleet.subscriptionsUnder(root.id)), words: `management group ${root.id}` };
  const found = root.kind === 'named' ? await named(azure, root.names) : [await azure.accounts.subscription(undefined)];
  // One is read by itself soon, and in few requests.
  const subscriptions = found.filter(isBare).length > 1 ? await withNames(azure, found) : found;
  return { subscriptions, words: subscriptionWords(subscriptions) };
}

function scopeOf(
  { subscriptions, clusters }: Where,
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
 * What the scope options mean. Every word is checked before anything is asked of Azure.
 * @throws UsageError; CliError of a subscription's name that is not there, or of a file that cannot be read; AzureError
 */
export async function resolveScope(
  context: Context,
  azure: Azure,
  args: ScopeArguments & ClusterArgument,
): Promise<ResolvedScope> {
  const { root, conditions } = readScope(args, context.settings.defaultGroup);
  const where = await look(context, azure, root);
  const partial = (where.clusters ?? []).flatMap((cluster) =>
    cluster.pools === undefined ? [] : [[clusterKey(cluster), cluster.pools] as const],
  );
  return {
    scope: scopeOf(where, conditions),
    words: [where.words, ...conditionWords(conditions)].join(', '),
    pools: new Map(partial),
  };
}
