import {
  asArray,
  asNumber,
  asString,
  at,
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../../../core/json.ts';
import { oneLine } from '../../../core/text.ts';
import { readCluster } from '../../../model/cluster.ts';
import type { ClusterRef } from '../../../model/ids.ts';
import type { SecurityRule, Subnet, Usage, VirtualNetwork } from '../../../model/inventory.ts';
import { readNodePool, type NodePool } from '../../../model/node-pool.ts';
import type { VmSize } from '../../../model/ports.ts';
import type { FeatureState, ProviderState } from '../../../model/registration.ts';
import type { ClusterFacts, NetworkFacts, SubscriptionFacts } from '../../../domain/checks/index.ts';
import { known, notKnown, type Known } from '../../../model/known.ts';
import type { GatheredCluster } from '../facts-source.ts';
import { networkFacts } from '../network-facts.ts';

const missing = notKnown('The facts file does not contain it.');

function texts(value: unknown): readonly string[] {
  return asArray(value).filter((entry): entry is string => typeof entry === 'string');
}

/** Reads a fact from `{value}`, or its absence from `{why}`. */
function knownOf<T>(line: unknown, read: (value: JsonValue) => T | undefined): Known<T> {
  const why = asString(own(line, 'why'));
  if (why !== undefined) return notKnown(oneLine(why));
  const value = own(line, 'value');
  const found = value === undefined ? undefined : read(value);
  return found === undefined ? missing : known(found);
}

function entries<T>(value: JsonValue, read: (entry: JsonValue) => T | undefined): readonly T[] | undefined {
  const found = asArray(value).map((entry) => read(entry));
  return found.includes(undefined) ? undefined : found.filter((entry) => entry !== undefined);
}

function sizeOf(entry: JsonValue): VmSize | undefined {
  const [name, vCpus] = [asString(own(entry, 'name')), asNumber(own(entry, 'vCpus'))];
  return name === undefined || vCpus === undefined
    ? undefined
    : { name, vCpus, family: asString(own(entry, 'family')) };
}

function usageOf(entry: JsonValue): Usage | undefined {
  const [name, current, limit] = [
    asString(own(entry, 'name')),
    asNumber(own(entry, 'current')),
    asNumber(own(entry, 'limit')),
  ];
  return name === undefined || current === undefined || limit === undefined ? undefined : { name, current, limit };
}

function subnetOf(value: JsonValue): Subnet | undefined {
  const [id, used] = [asString(own(value, 'id')), asNumber(own(value, 'used'))];
  if (id === undefined || used === undefined) return undefined;
  return {
    id,
    prefixes: texts(own(value, 'prefixes')),
    used,
    networkSecurityGroupId: asString(own(value, 'networkSecurityGroupId')),
  };
}

function virtualNetworkOf(value: JsonValue): VirtualNetwork | undefined {
  const id = asString(own(value, 'id'));
  return id === undefined ? undefined : { id, dnsServers: texts(own(value, 'dnsServers')) };
}

function ruleOf(entry: JsonValue): SecurityRule | undefined {
  const [name, direction, access, protocol] = ['name', 'direction', 'access', 'protocol'].map((key) =>
    asString(own(entry, key)),
  );
  const priority = asNumber(own(entry, 'priority'));
  if (
    name === undefined ||
    direction === undefined ||
    access === undefined ||
    protocol === undefined ||
    priority === undefined
  )
    return undefined;
  const sources = own(entry, 'sources');
  return {
    name,
    direction,
    access,
    priority,
    protocol,
    destinations: texts(own(entry, 'destinations')),
    ports: texts(own(entry, 'ports')),
    ...(sources === undefined ? {} : { sources: texts(sources) }),
  };
}

function featureOf(value: JsonValue): FeatureState | undefined {
  const state = asString(own(value, 'state'));
  if (own(value, 'known') === false) return { known: false };
  return state === undefined ? undefined : { known: true, state };
}

function providerOf(value: JsonValue): ProviderState | undefined {
  const state = asString(own(value, 'state'));
  return state === undefined ? undefined : { state };
}

/** The facts that the clusters of a facts file share. */
export class SharedLines {
  readonly #facts = new Map<string, JsonObject>();
  readonly #read = new Map<string, unknown>();
  /** Whether DNS servers and security groups were requested. */
  network = false;

  /** Returns false if this is not a line of shared facts. */
  learn(line: JsonObject): boolean {
    const [what, key, fact] = [asString(line['what']), asString(line['key']), line['fact']];
    if (what === undefined || key === undefined || !isJsonObject(fact)) return false;
    this.#facts.set(`${what} ${key}`, fact);
    return true;
  }

  subscription(id: string): SubscriptionFacts {
    const fact = this.#facts.get(`subscription ${id.toLowerCase()}`);
    return {
      id: asString(own(fact, 'id')) ?? id,
      name: asString(own(fact, 'name')),
      feature: knownOf(own(fact, 'feature'), featureOf),
      provider: knownOf(own(fact, 'provider'), providerOf),
    };
  }

  sizes(region: string): Known<ReadonlyMap<string, VmSize>> {
    return this.#once(`sizes ${region}`, (value) => {
      const sizes = entries(value, sizeOf);
      return sizes === undefined ? undefined : new Map(sizes.map((size) => [size.name.toLowerCase(), size]));
    });
  }

  usages(quotas: string): Known<readonly Usage[]> {
    return this.#once(`usages ${quotas}`, (value) => entries(value, usageOf));
  }

  async networkOf(subnets: readonly string[]): Promise<NetworkFacts> {
    return networkFacts(subnets, this.network, {
      subnet: async (id) => this.#once(`subnet ${id}`, subnetOf),
      virtualNetwork: async (id) => this.#once(`virtualNetwork ${id}`, virtualNetworkOf),
      securityRules: async (id) => this.#once(`securityRules ${id}`, (value) => entries(value, ruleOf)),
    });
  }

  #once<T>(key: string, read: (value: JsonValue) => T | undefined): Known<T> {
    const found = this.#read.get(key) ?? knownOf(this.#facts.get(key), read);
    this.#read.set(key, found);
    return found as Known<T>;
  }
}

function poolsOf(line: JsonObject, ref: ClusterRef, cluster: ClusterFacts['cluster']): readonly NodePool[] {
  const pools = asArray(line['pools']);
  if (cluster.known) {
    const names = new Set(texts(pools));
    return cluster.value.pools.filter(({ ref: { pool } }) => names.has(pool));
  }
  return pools.flatMap((entry) => {
    const [name, id, properties] = [asString(own(entry, 'name')), asString(own(entry, 'id')), own(entry, 'properties')];
    return name === undefined || id === undefined || !isJsonObject(properties)
      ? []
      : [readNodePool({ ...ref, pool: name }, id, properties)];
  });
}

/** Returns undefined if the line is not a cluster. */
export async function gatheredOf(line: JsonObject, shared: SharedLines): Promise<GatheredCluster | undefined> {
  const [subscriptionId, resourceGroup, name] = ['subscriptionId', 'resourceGroup', 'name'].map((key) =>
    asString(line[key]),
  );
  if (subscriptionId === undefined || resourceGroup === undefined || name === undefined) return undefined;
  const clusterRef: ClusterRef = { subscriptionId, resourceGroup, cluster: name };
  const cluster = knownOf(line['cluster'], (resource) =>
    isJsonObject(resource) ? readCluster(clusterRef, resource) : undefined,
  );
  const region = knownOf(line['vmSizes'], asString);
  const quotas = own(line, 'usages') === undefined ? undefined : knownOf(line['usages'], asString);
  const facts: ClusterFacts = {
    subscription: shared.subscription(subscriptionId),
    clusterRef,
    cluster,
    vmSizes: region.known ? shared.sizes(region.value) : region,
    usages: quotas === undefined || !quotas.known ? quotas : shared.usages(quotas.value),
    network: own(line, 'subnets') === undefined ? undefined : await shared.networkOf(texts(line['subnets'])),
  };
  return { facts, pools: poolsOf(line, clusterRef, cluster), named: at(line, 'named') === true };
}
