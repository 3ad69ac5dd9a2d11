import { isJsonObject, type JsonObject } from '../../../core/json.ts';
import type { AzureError } from '../../../model/azure-error.ts';
import { poolEntries, type Cluster } from '../../../model/cluster.ts';
import { clusterKey, type ClusterRef } from '../../../model/ids.ts';
import type { ClusterPage } from '../../../model/inventory.ts';
import type { Subscription } from '../../../model/registration.ts';
import type { ArmClient, ArmRequest } from '../arm/client.ts';
import { armPath, clusterPath, subscriptionPath } from '../arm/urls.ts';
import type { ContainerServiceVersions } from '../arm/versions.ts';
import { answerWithout } from '../errors/classify.ts';
import type { Budgets } from '../operations/budgets.ts';
import { inOrder } from './in-order.ts';
import { page, type Run } from './run.ts';
import { oddId, subscriptionTrouble, withoutPools } from './troubles.ts';

/** Subscriptions, or clusters, that are read at the same time. */
export const sideBySide = 8;

/** Whether an answer tells which pools a cluster has: one that does not must not read as a cluster without pools. */
export function saysPools({ resource }: Cluster): boolean {
  return poolEntries(resource['properties']) !== undefined;
}

/** Clusters from the resource provider itself: exact, and many requests. */
export class ArmClusters {
  readonly #client: ArmClient;
  readonly #versions: ContainerServiceVersions;
  readonly #budgets: Budgets;

  constructor(client: ArmClient, versions: ContainerServiceVersions, budgets: Budgets) {
    this.#client = client;
    this.#versions = versions;
    this.#budgets = budgets;
  }

  /** Rejects with AzureError. */
  async get(ref: ClusterRef, run: Run): Promise<Cluster> {
    await this.#budgets.take('cluster', clusterKey(ref), run.signal);
    const cluster = await this.#versions.with(ref.subscriptionId, async (apiVersion) =>
      this.#client.read(
        ref.subscriptionId,
        { method: 'GET', to: { path: clusterPath(ref), apiVersion }, signal: run.signal },
        (answer) => {
          const read = isJsonObject(answer.body) ? run.cluster(answer.body) : undefined;
          if (read !== undefined && saysPools(read)) return read;
          throw answerWithout(answer, 'the cluster and its node pools');
        },
      ),
    );
    run.answered();
    return cluster;
  }

  /** The pages of a subscription, or of one group of it, as ARM gives them. Rejects with AzureError. */
  async *list(
    subscriptionId: string,
    resourceGroup: string | undefined,
    run: Run,
    signal: AbortSignal,
  ): AsyncGenerator<readonly JsonObject[], void> {
    const group = resourceGroup === undefined ? '' : armPath('resourceGroups', resourceGroup);
    const path = `${subscriptionPath(subscriptionId)}${group}${armPath('providers', 'Microsoft.ContainerService', 'managedClusters')}`;
    const request = (apiVersion: string): ArmRequest => ({ method: 'GET', to: { path, apiVersion }, signal });
    const take = async (): Promise<void> =>
      this.#budgets.take(resourceGroup === undefined ? 'list' : 'groupList', `${subscriptionId}${group}`, signal);
    const started = await this.#versions.with(subscriptionId, async (apiVersion) => {
      const pages = this.#client.pages(subscriptionId, request(apiVersion), take);
      return { pages, first: await pages.next() };
    });
    run.answered();
    if (started.first.done === true) return;
    yield started.first.value;
    yield* started.pages;
  }

  /** The wanted clusters of some subscriptions, in the order of these, what cannot be read as troubles. */
  async *pages(subscriptions: readonly Subscription[], run: Run): AsyncGenerator<ClusterPage, void> {
    yield* inOrder(subscriptions, sideBySide, (subscription, unneeded) =>
      this.#pagesOf(subscription, run, AbortSignal.any([run.signal, unneeded])),
    );
  }

  async *#pagesOf(subscription: Subscription, run: Run, signal: AbortSignal): AsyncGenerator<ClusterPage, void> {
    const { resourceGroup } = run.scope;
    try {
      for await (const entries of this.list(subscription.id, resourceGroup, run, signal)) {
        const read = entries.map((entry) => {
          const cluster = run.cluster(entry);
          if (cluster === undefined) return oddId(entry, [subscription]);
          return saysPools(cluster) ? cluster : withoutPools(cluster.ref);
        });
        yield page(
          read.filter((each) => 'pools' in each).filter(run.wants),
          read.filter((each) => 'why' in each),
          'arm',
        );
      }
    } catch (thrown) {
      const error = run.partial(thrown);
      if (!holdsNone(error)) yield page([], [subscriptionTrouble(subscription, error)]);
    }
  }
}

/** Errors that say that there are no clusters: the group is not in this subscription, or AKS was never used in it. */
function holdsNone(error: AzureError): boolean {
  return error.class === 'provider-not-registered' || error.azureCode.toLowerCase() === 'resourcegroupnotfound';
}
