import type { JsonObject, JsonValue } from '../../../core/json.ts';
import { essentialCluster, essentialPool } from '../../../model/cluster-essentials.ts';
import { regionOf } from '../../../model/region.ts';
import type { NetworkFacts, SubscriptionFacts } from '../../../domain/checks/index.ts';
import type { Known } from '../../../model/known.ts';
import type { FactsPage, FactsSource, GatheredCluster } from '../facts-source.ts';
import { factsVersion, type ClusterLine, type FactsLine, type KnownLine, type SharedLine } from './facts-format.ts';

/** Turns facts into the lines of a facts file. Shared facts are written once. */
export class FactsLines {
  readonly #written = new Set<string>();
  #clusters = 0;

  header(
    { scope, breadth, subscriptions, gatheredAt }: FactsSource,
    asked: { readonly capacity: boolean; readonly network: boolean },
  ): readonly FactsLine[] {
    return [
      {
        kind: 'header',
        schemaVersion: factsVersion,
        scope,
        breadth,
        ...asked,
        subscriptions,
        ...(gatheredAt === undefined ? {} : { gatheredAt }),
      },
    ];
  }

  page({ clusters, problems, total, from }: FactsPage): readonly FactsLine[] {
    return [
      ...clusters.flatMap((cluster) => this.#cluster(cluster)),
      ...problems.map(({ kind, subscriptionId, resourceId, why }): FactsLine => ({
        subscriptionId,
        resourceId,
        why,
        kind: 'trouble',
        trouble: kind,
      })),
      { kind: 'page', ...(total === undefined ? {} : { total }), ...(from === undefined ? {} : { from }) },
    ];
  }

  end(): readonly FactsLine[] {
    return [{ kind: 'end', clusters: this.#clusters }];
  }

  #cluster(gathered: GatheredCluster): readonly FactsLine[] {
    const { facts, pools, named } = gathered;
    const { cluster, clusterRef, vmSizes, usages, network } = facts;
    this.#clusters += 1;
    const region = cluster.known ? regionOf(cluster.value.location ?? '') : '';
    const quotas = `${clusterRef.subscriptionId.toLowerCase()} ${region}`;
    const shared = [
      this.#share('subscription', clusterRef.subscriptionId.toLowerCase(), () => subscriptionFact(facts.subscription)),
      vmSizes.known
        ? this.#share('sizes', region, () => ({ value: [...vmSizes.value.values()].map((size) => plain(size)) }))
        : undefined,
      usages?.known === true
        ? this.#share('usages', quotas, () => ({ value: usages.value.map((usage) => plain(usage)) }))
        : undefined,
      ...(network === undefined ? [] : this.#network(network)),
    ];
    const line: ClusterLine = {
      kind: 'cluster',
      subscriptionId: clusterRef.subscriptionId,
      resourceGroup: clusterRef.resourceGroup,
      name: clusterRef.cluster,
      named,
      cluster: knownLine(cluster, ({ resource }) => essentialCluster(resource)),
      pools: cluster.known
        ? pools.map(({ ref }) => ref.pool)
        : pools.map(({ ref, id, properties }) => ({ name: ref.pool, id, properties: essentialPool(properties) })),
      vmSizes: knownLine(vmSizes, () => region),
      ...(usages === undefined ? {} : { usages: knownLine(usages, () => quotas) }),
      ...(network === undefined ? {} : { subnets: [...network.subnets.keys()] }),
    };
    return [...shared.filter((each) => each !== undefined), line];
  }

  #network({ subnets, dns }: NetworkFacts): readonly (SharedLine | undefined)[] {
    const each = <T>(what: string, facts: ReadonlyMap<string, Known<T>>): readonly (SharedLine | undefined)[] =>
      [...facts].map(([id, fact]) => this.#share(what, id, () => ({ ...knownLine(fact, (value) => plain(value)) })));
    if (dns === undefined) return each('subnet', subnets);
    return [
      ...each('subnet', subnets),
      ...each('virtualNetwork', dns.virtualNetworks),
      ...each('securityRules', dns.securityRules),
    ];
  }

  #share(what: string, key: string, fact: () => JsonObject): SharedLine | undefined {
    const id = `${what} ${key}`;
    if (this.#written.has(id)) return undefined;
    this.#written.add(id);
    return { kind: 'shared', what, key, fact: fact() };
  }
}

function knownLine<T, R extends JsonValue>(fact: Known<T>, write: (value: T) => R): KnownLine<R> {
  return fact.known ? { value: write(fact.value) } : { why: fact.why };
}

function subscriptionFact({ id, name, feature, provider }: SubscriptionFacts): JsonObject {
  return {
    id,
    ...(name === undefined ? {} : { name }),
    feature: knownLine(feature, (state) => plain(state)),
    provider: knownLine(provider, (state) => plain(state)),
  };
}

/** Model records are already plain data. */
function plain(record: unknown): JsonObject {
  return record as JsonObject;
}
