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
import { page, type ScopeReading } from './scope-reading.ts';
import { malformedId, subscriptionProblem, withoutPools } from './scope-problems.ts';

/** The number of subscriptions, or clusters, that are read concurrently. */
export const maxConcurrent = 8;

/** Whether an answer lists the pools of a cluster: one that does not must not look like a cluster without pools. */
export function saysPools({ resource }: Cluster): boolean {
  return poolEntries(resource['properties']) !== undefined;
}

/** Clusters from the resource provider itself: exact, but many requests. */
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
  async get(ref: ClusterRef, reading: ScopeReading): Promise<Cluster> {
    await this.#budgets.take('cluster', clusterKey(ref), reading.signal);
    const cluster = await this.#versions.with(ref.subscriptionId, async (apiVersion) =>
      this.#client.read(
        ref.subscriptionId,
        { method: 'GET', to: { path: clusterPath(ref), apiVersion }, signal: reading.signal },
        (answer) => {
          const read = isJsonObject(answer.body) ? reading.cluster(answer.body) : undefined;
          if (read !== undefined && saysPools(read)) return read;
          throw answerWithout(answer, 'the cluster and its node pools');
        },
      ),
    );
    reading.answered();
    return cluster;
  }

  /** The pages of a subscription, or of one resource group in it, as ARM returns them. Rejects with AzureError. */
  async *list(
    subscriptionId: string,
    resourceGroup: string | undefined,
    reading: ScopeReading,
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
    reading.answered();
    if (started.first.done === true) return;
    yield started.first.value;
    yield* started.pages;
  }

  /** The matching clusters of some subscriptions, in their order; what cannot be read is reported as problems. */
  async *pages(subscriptions: readonly Subscription[], reading: ScopeReading): AsyncGenerator<ClusterPage, void> {
    yield* inOrder(subscriptions, maxConcurrent, (subscription, unneeded) =>
      this.#pagesOf(subscription, reading, AbortSignal.any([reading.signal, unneeded])),
    );
  }

  async *#pagesOf(
    subscription: Subscription,
    reading: ScopeReading,
    signal: AbortSignal,
  ): AsyncGenerator<ClusterPage, void> {
    const { resourceGroup } = reading.scope;
    try {
      for await (const entries of this.list(subscription.id, resourceGroup, reading, signal)) {
        const read = entries.map((entry) => {
          const cluster = reading.cluster(entry);
          if (cluster === undefined) return malformedId(entry, [subscription]);
          return saysPools(cluster) ? cluster : withoutPools(cluster.ref);
        });
        yield page(
          read.filter((each) => 'pools' in each).filter(reading.matches),
          read.filter((each) => 'why' in each),
          'arm',
        );
      }
    } catch (thrown) {
      const error = reading.partial(thrown);
      if (!holdsNone(error)) yield page([], [subscriptionProblem(subscription, error)]);
    }
  }
}

/** Errors that mean there are no clusters: the group is not in this subscription, or AKS was never used in it. */
function holdsNone(error: AzureError): boolean {
  return error.class === 'provider-not-registered' || error.azureCode.toLowerCase() === 'resourcegroupnotfound';
}
