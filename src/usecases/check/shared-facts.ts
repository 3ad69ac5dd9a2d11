import { oneLine } from '../../core/text.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Usage } from '../../model/inventory.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { Azure, VmSize } from '../../model/ports.ts';
import { regionOf } from '../../model/region.ts';
import type { SubscriptionFacts } from '../../domain/checks/index.ts';
import { notKnown, type Known } from '../../model/known.ts';
import { attemptRead, notAsked } from './attempt-read.ts';
import { judged, type GatherOptions } from './check-options.ts';

/** Reads facts that clusters share once: the state of subscriptions, and the VM sizes and quotas of regions. */
export class SharedFacts {
  readonly #azure: Azure;
  readonly #options: GatherOptions;
  readonly #reading = new Map<string, Promise<unknown>>();

  constructor(azure: Azure, options: GatherOptions) {
    this.#azure = azure;
    this.#options = options;
  }

  /** `name` is for reports. */
  async subscription(id: string, name: string | undefined): Promise<SubscriptionFacts> {
    return this.#once(`subscription ${id.toLowerCase()}`, async () => this.#readSubscription(id, name));
  }

  /** The VM sizes of a region, if a check or the capacity of a pool needs them. */
  async vmSizes(
    subscriptionId: string,
    cluster: Known<Cluster>,
    pools: readonly NodePool[],
  ): Promise<Known<ReadonlyMap<string, VmSize>>> {
    const region = regionOfCluster(cluster);
    if (!region.known) return region;
    // The fix of pool-type names a size that is large enough.
    const checks = ['vm-vcpus', 'pool-type'].some((id) => judged(this.#options, id));
    const asked = checks || this.#options.capacity === true;
    const needed = asked && pools.some((pool) => pool.vmSizes.length > 0 && pool.osType?.toLowerCase() !== 'windows');
    if (!needed) return notAsked;
    const read = async (): Promise<Known<ReadonlyMap<string, VmSize>>> => this.#readSizes(subscriptionId, region.value);
    const reader = subscriptionId.toLowerCase();
    const first = await this.#once(`sizes ${region.value}`, async () => ({ reader, sizes: await read() }));
    // If the first subscription lacks the permission, another may have it.
    return first.sizes.known || first.reader === reader
      ? first.sizes
      : this.#once(`sizes ${region.value} ${reader}`, read);
  }

  /** The quotas of a region, if capacity is requested. */
  async usages(subscriptionId: string, cluster: Known<Cluster>): Promise<Known<readonly Usage[]> | undefined> {
    if (this.#options.capacity !== true) return undefined;
    const region = regionOfCluster(cluster);
    if (!region.known) return region;
    return this.#once(`usages ${subscriptionId.toLowerCase()} ${region.value}`, async () =>
      attemptRead(
        `The quotas of ${oneLine(region.value)}`,
        'Microsoft.Compute/locations/usages/read on the subscription',
        async () => this.#azure.fleet.usages(subscriptionId, region.value),
      ),
    );
  }

  async #readSizes(subscriptionId: string, region: string): Promise<Known<ReadonlyMap<string, VmSize>>> {
    return attemptRead(
      `The VM sizes of ${oneLine(region)}`,
      'Microsoft.Compute/skus/read on the subscription',
      async () => this.#azure.inventory.vmSizes(subscriptionId, region, { refresh: this.#options.refresh === true }),
    );
  }

  async #readSubscription(id: string, name: string | undefined): Promise<SubscriptionFacts> {
    const { registration } = this.#azure;
    const everything = this.#options.everything === true;
    const featureCounts =
      judged(this.#options, 'feature-registered') && (everything || this.#options.ruleset === 'preview');
    const [feature, provider] = await Promise.all([
      featureCounts
        ? attemptRead(
            'The state of the feature',
            'Microsoft.Features/providers/features/read on the subscription',
            async () => registration.feature(id),
          )
        : notAsked,
      judged(this.#options, 'provider-registered')
        ? attemptRead(
            'The state of the resource provider',
            'Microsoft.Resources/subscriptions/providers/read on the subscription',
            async () => registration.provider(id),
          )
        : notAsked,
    ]);
    return { id, name, feature, provider };
  }

  async #once<T>(key: string, read: () => Promise<T>): Promise<T> {
    const running = this.#reading.get(key) ?? read();
    this.#reading.set(key, running);
    return running as Promise<T>;
  }
}

function regionOfCluster(cluster: Known<Cluster>): Known<string> {
  if (!cluster.known) return notKnown(`The region of the cluster is unknown: ${cluster.why}`);
  const { location } = cluster.value;
  if (location === undefined || location === '') return notKnown('Azure does not return the region of the cluster.');
  return { known: true, value: regionOf(location) };
}
