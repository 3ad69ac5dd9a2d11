import { oneLine } from '../../../core/text.ts';
import { regionOf } from '../../../model/region.ts';
import type { ScopeCheck } from '../check.ts';
import type { ClusterFacts, PoolFacts } from '../facts.ts';
import { rowOf, selected, type JudgedRow, type RowOptions } from '../row.ts';
import { unknown } from '../verdict-parts.ts';
import { SubnetDemand, subnetNeeds } from './addresses.ts';
import { familyVcpus, regionalVcpus, subnetAddresses } from './checks.ts';
import { RegionDemand } from './vcpus.ts';
import { subscriptionResourceId } from '../../../model/ids.ts';

/**
 * Adds up what the surge nodes of all pools need if they are reimaged at once: vCPUs by region and family, addresses by
 * subnet. Its size grows with the number of regions and subnets, not of pools.
 */
export class CapacityLedger {
  readonly #regions = new Map<string, RegionDemand>();
  readonly #subnets = new Map<string, SubnetDemand>();
  /** Subscriptions with pools in an unknown region, and why it is unknown. */
  readonly #unknownRegion = new Map<string, { readonly id: string; readonly why: string }>();

  /** Call it once per cluster, with the pools that would be reimaged. Does nothing if capacity was not requested. */
  add(cluster: ClusterFacts, pools: readonly PoolFacts[]): void {
    if (cluster.usages === undefined) return;
    this.#addVcpus(cluster, pools);
    for (const pool of pools) this.#addAddresses(cluster, pool);
  }

  /** The rows by region, family and subnet; all have the level `subscription`. */
  rows(options: RowOptions): readonly JudgedRow[] {
    const regions = [...this.#regions.values()];
    const when = (check: ScopeCheck, rows: () => readonly JudgedRow[]): readonly JudgedRow[] =>
      selected(check, options) ? rows() : [];
    const unknownRegion = (check: ScopeCheck): readonly JudgedRow[] =>
      [...this.#unknownRegion.values()].map(({ id, why }) =>
        rowOf(
          check,
          { target: id, resourceId: subscriptionResourceId(id) },
          unknown('quota for the surge nodes of all pools at once', why),
          options,
        ),
      );
    return [
      ...when(regionalVcpus, () => [
        ...regions.flatMap((region) => region.regional(options)),
        ...unknownRegion(regionalVcpus),
      ]),
      ...when(familyVcpus, () => [
        ...regions.flatMap((region) => region.families(options)),
        ...unknownRegion(familyVcpus),
      ]),
      ...when(subnetAddresses, () => [...this.#subnets.values()].map((subnet) => subnet.row(options))),
    ];
  }

  #addVcpus(cluster: ClusterFacts, pools: readonly PoolFacts[]): void {
    const { subscription, usages } = cluster;
    if (usages === undefined) return;
    const id = oneLine(subscription.id);
    const location = cluster.cluster.known ? cluster.cluster.value.location : undefined;
    if (location === undefined || location === '') {
      if (pools.length === 0) return;
      const why = usages.known ? 'Azure does not report the region of some clusters.' : usages.why;
      const before = this.#unknownRegion.get(id.toLowerCase());
      this.#unknownRegion.set(id.toLowerCase(), before === undefined || why < before.why ? { id, why } : before);
      return;
    }
    const region = regionOf(location);
    const key = `${id.toLowerCase()}/${region}`;
    const demand = this.#regions.get(key) ?? new RegionDemand({ subscriptionId: id, location: region }, usages);
    this.#regions.set(key, demand);
    demand.add(cluster, pools);
  }

  #addAddresses(cluster: ClusterFacts, pool: PoolFacts): void {
    for (const need of subnetNeeds(pool)) {
      const key = need.subnetId.toLowerCase();
      const facts = cluster.network?.subnets.get(key);
      const demand = this.#subnets.get(key) ?? new SubnetDemand(need.subnetId, facts);
      this.#subnets.set(key, demand);
      demand.add(pool, need, facts);
    }
  }
}
