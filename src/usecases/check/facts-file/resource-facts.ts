import { resourcesIn, type ResourceKind } from '../../../core/azure-resources.ts';
import { CliError } from '../../../core/errors.ts';
import { jsonDocuments } from '../../../core/json-documents.ts';
import { asArray, asNumber, asString, at, own, type JsonObject, type JsonValue } from '../../../core/json.ts';
import { notAResource, resourceForms, whatTextIs } from '../../../core/resource-shapes.ts';
import { oneLine } from '../../../core/text.ts';
import { poolEntries, readCluster } from '../../../model/cluster.ts';
import { clusterKey, parseAksId, type ClusterRef } from '../../../model/ids.ts';
import { known, notKnown, type Known } from '../../../model/known.ts';
import { readNodePool, type NodePool } from '../../../model/node-pool.ts';
import type { VmSize } from '../../../model/ports.ts';
import { regionOf } from '../../../model/region.ts';
import { containerService, localDnsFeature, type Subscription } from '../../../model/registration.ts';
import type { FactsSource, GatheredCluster } from '../facts-source.ts';

function notFacts(name: string, why: string): CliError {
  return new CliError({
    code: 'facts-not-valid',
    message: `${oneLine(name)}, line 1: ${why}.`,
    hints: ['Write one with: aks-localdns check … --save-facts facts.ndjson', ...resourceForms],
  });
}

/** An entry that is neither a fact nor a resource that az prints. */
function notRead(name: string, what: string, entry: JsonValue): CliError {
  return notFacts(name, `this is not a facts file, and ${what} cannot be read: ${notAResource(entry)}`);
}

const notInFile = notKnown('The file does not contain it, and Azure is not queried.');

class Resources {
  readonly #found = new Map<ResourceKind, JsonObject[]>();

  constructor(name: string, documents: readonly JsonValue[]) {
    for (const [index, { entry, resource, kind }] of resourcesIn(documents).entries()) {
      if (kind === undefined) throw notRead(name, `item ${String(index + 1)}`, entry);
      if (kind !== 'other') this.#found.set(kind, [...this.all(kind), resource as JsonObject]);
    }
  }

  all(kind: ResourceKind): readonly JsonObject[] {
    return this.#found.get(kind) ?? [];
  }

  sizes(region: string): Known<ReadonlyMap<string, VmSize>> {
    const here = this.all('vm-size').filter((sku) => {
      const places = asArray(own(sku, 'locations')).flatMap((place) => asString(place) ?? []);
      return places.length === 0 || places.some((place) => regionOf(place) === region);
    });
    if (here.length === 0)
      return notKnown(
        `The file does not list the VM sizes of ${oneLine(region)}; add the output of: az vm list-skus -l ${oneLine(region)} --resource-type virtualMachines -o json`,
      );
    return known(new Map(here.flatMap((sku) => sizeOf(sku)).map((size) => [size.name.toLowerCase(), size])));
  }

  /** The state of a subscription-level resource, such as the feature. */
  state(kind: 'feature' | 'provider', subscriptionId: string, end: string): string | undefined {
    const resourceId = `/subscriptions/${subscriptionId}/providers/${end}`.toLowerCase();
    const found = this.all(kind).find((each) => asString(own(each, 'id'))?.toLowerCase() === resourceId);
    return asString(at(found, 'properties', 'state')) ?? asString(own(found, 'registrationState'));
  }
}

function sizeOf(sku: JsonObject): readonly VmSize[] {
  const capability = (name: string): number | undefined => {
    const found = asArray(own(sku, 'capabilities')).find((each) => asString(own(each, 'name')) === name);
    return asNumber(Number(asString(own(found, 'value'))));
  };
  const [name, vCpus] = [asString(own(sku, 'name')), capability('vCPUsAvailable') ?? capability('vCPUs')];
  return name === undefined || vCpus === undefined ? [] : [{ name, vCpus, family: asString(own(sku, 'family')) }];
}

function subscriptionsOf(resources: Resources): readonly Subscription[] {
  return resources.all('subscription').map((resource) => {
    const id = (asString(own(resource, 'id')) ?? '').replace(/^\/subscriptions\//i, '');
    const [name, tenantId, state] = ['displayName', 'tenantId', 'state'].map((key) => asString(own(resource, key)));
    return { id, name: name ?? id, tenantId, state };
  });
}

/** The pools that a file lists without their cluster, as `az aks nodepool list` does, by cluster. */
function poolsByCluster(
  resources: Resources,
): ReadonlyMap<string, { readonly ref: ClusterRef; readonly pools: NodePool[] }> {
  const found = new Map<string, { readonly ref: ClusterRef; readonly pools: NodePool[] }>();
  for (const resource of resources.all('pool')) {
    const id = asString(own(resource, 'id')) ?? '';
    const { pool, ...ref } = parseAksId(id) ?? { pool: undefined, subscriptionId: '', resourceGroup: '', cluster: '' };
    if (pool === undefined) continue;
    const entry = found.get(clusterKey(ref)) ?? { ref, pools: [] };
    found.set(clusterKey(ref), entry);
    entry.pools.push(readNodePool({ ...ref, pool }, id, own(resource, 'properties') as JsonObject));
  }
  return found;
}

function gathered(
  resources: Resources,
  ref: ClusterRef,
  resource: JsonObject | undefined,
  more: readonly NodePool[],
): GatheredCluster {
  const { subscriptionId } = ref;
  const cluster =
    resource === undefined
      ? notKnown('The file contains only its node pools; add the output of: az aks show -g GROUP -n CLUSTER -o json')
      : known(readCluster(ref, resource));
  const pools = new Map((cluster.known ? cluster.value.pools : []).map((pool) => [pool.ref.pool.toLowerCase(), pool]));
  for (const pool of more) pools.set(pool.ref.pool.toLowerCase(), pool);
  const feature = resources.state(
    'feature',
    subscriptionId,
    `Microsoft.Features/providers/${containerService}/features/${localDnsFeature}`,
  );
  const provider = resources.state('provider', subscriptionId, containerService);
  const name = subscriptionsOf(resources).find(({ id }) => id.toLowerCase() === subscriptionId.toLowerCase())?.name;
  return {
    facts: {
      subscription: {
        id: subscriptionId,
        name,
        feature: feature === undefined ? notInFile : known({ known: true, state: feature }),
        provider: provider === undefined ? notInFile : known({ state: provider }),
      },
      clusterRef: ref,
      cluster,
      vmSizes: cluster.known ? resources.sizes(regionOf(cluster.value.location ?? '')) : notInFile,
      usages: undefined,
      network: undefined,
    },
    pools: [...pools.values()],
    named: false,
  };
}

/**
 * Facts from clusters and node pools as az, ARM or Resource Graph print them. What such output lacks, such as the
 * feature of a subscription, is unknown.
 * @throws CliError `facts-not-valid`, with commands whose output can be read
 */
export function factsOfResources(name: string, text: string): FactsSource {
  const documents = jsonDocuments(text);
  if (documents === undefined)
    throw notFacts(name, `this is neither a facts file nor JSON output of az or ARM: ${whatTextIs(text)}`);
  const resources = new Resources(name, documents);
  const pools = poolsByCluster(resources);
  const clusters = new Map<string, GatheredCluster>();
  for (const resource of resources.all('cluster')) {
    const ref = parseAksId(asString(own(resource, 'id')) ?? '');
    if (ref === undefined || poolEntries(own(resource, 'properties')) === undefined)
      throw notRead(name, 'a cluster', resource);
    const { pool: _, ...clusterRef } = ref;
    const key = clusterKey(clusterRef);
    clusters.set(key, gathered(resources, clusterRef, resource, pools.get(key)?.pools ?? []));
  }
  for (const [key, { ref, pools: alone }] of pools)
    if (!clusters.has(key)) clusters.set(key, gathered(resources, ref, undefined, alone));
  if (clusters.size === 0) throw notFacts(name, 'the file contains no cluster and no node pool');
  const ids = new Set([...clusters.values()].map(({ facts }) => facts.clusterRef.subscriptionId.toLowerCase()));
  const listed = subscriptionsOf(resources).filter(({ id }) => ids.has(id.toLowerCase()));
  const unlisted = [...ids].filter((id) => listed.every((each) => each.id.toLowerCase() !== id));
  return {
    scope: oneLine(name),
    breadth: clusters.size === 1 ? 'one' : 'many',
    subscriptions: [...listed, ...unlisted.map((id) => ({ id, name: id, tenantId: undefined, state: undefined }))],
    pages: async function* () {
      yield { clusters: [...clusters.values()], problems: [], total: clusters.size };
    },
  };
}
