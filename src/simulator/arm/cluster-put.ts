import { asArray, asString, isJsonObject, isWord, own, without, type JsonObject } from '../../core/json.ts';
import type { Cluster, Pool, World } from '../world.ts';
import { checkClusterConflict, checkRunning } from './conflicts.ts';
import { mergeCluster } from './cluster-rules.ts';
import { checkClusterETag } from './etags.ts';
import type { Exchange, Route } from './exchange.ts';
import { offered, parseVersion } from './kubernetes-releases.ts';
import { clusterTemplate, onCluster } from './lookup.ts';
import { nodeCount } from './node-count.ts';
import { imageAll, nodesOf } from './pool-nodes.ts';
import { operationHeaders, rollingSeconds, startOperation } from './operations.ts';
import { judgeChange, settledPool, upgraded, type PoolChange } from './pool-change.ts';
import { renderCluster } from './pool-view.ts';
import { providerError, reply, type Reply } from './reply.ts';
import {
  checkControlPlane,
  checkPlanOffers,
  checkSkew,
  clusterProperties,
  controlPlaneVersion,
  isSameVersion,
  planOf,
} from './version-rules.ts';

interface ChangedPool {
  readonly pool: Pool;
  readonly change: PoolChange;
}

/** The pools that a body has, or the word about one that it lacks or that there is none of. */
function pairPools(
  cluster: Cluster,
  sent: JsonObject,
): readonly { readonly pool: Pool; readonly sent: JsonObject }[] | Reply {
  const given = own(sent, 'agentPoolProfiles');
  if (given === undefined || given === null) return [];
  const profiles = asArray(given).filter((profile) => isJsonObject(profile));
  const named = new Map(profiles.map((profile) => [asString(profile['name'])?.toLowerCase() ?? '', profile]));
  const odd = [...named.keys()].find((name) => !cluster.pools.has(name)) ?? undefined;
  const missing = [...cluster.pools.keys()].find((name) => !named.has(name));
  if (odd !== undefined || missing !== undefined)
    return providerError(
      400,
      'BadRequest',
      `The agent pools of a managed cluster are added and removed one by one: ${odd === undefined ? `the request lacks agent pool ${missing ?? ''}` : `there is no agent pool ${odd}`}.`,
    );
  return [...cluster.pools].map(([name, pool]) => ({ pool, sent: named.get(name) ?? {} }));
}

/** Source: AKS docs, supported Kubernetes versions: what has left support goes up as a whole; the text is our own. */
function checkAlone(cluster: Cluster, version: string, pools: readonly ChangedPool[]): Reply | undefined {
  const current = controlPlaneVersion(cluster);
  const plan = planOf(clusterProperties(cluster));
  const minor = parseVersion(current)?.minor;
  const supported = offered(cluster.location, plan).some((release) => release.minor === minor);
  const goes = new Map(
    pools.map(({ pool, change }) => [pool, asString(change.properties['orchestratorVersion']) ?? '']),
  );
  const behind = [...cluster.pools.values()].find((pool) => !isSameVersion(goes.get(pool) ?? '', version));
  if (supported || behind === undefined || isSameVersion(version, current)) return undefined;
  return providerError(
    400,
    'OperationNotAllowed',
    `Upgrading the control plane alone is not allowed because Kubernetes version ${current} of managed cluster ${cluster.name} is not supported. Upgrade agent pool ${behind.name} with it.`,
  );
}

/** Pools may go as far as the control plane will be, and must stay within the skew. */
function checkPools(cluster: Cluster, version: string, pools: readonly ChangedPool[]): Reply | undefined {
  const changed = new Map(pools.map(({ pool, change }) => [pool, change.properties]));
  for (const pool of cluster.pools.values()) {
    const properties = changed.get(pool) ?? pool.properties;
    const wanted = asString(properties['orchestratorVersion']) ?? '';
    const current = asString(properties['currentOrchestratorVersion']) ?? wanted;
    const refused = checkSkew(wanted === pool.properties['orchestratorVersion'] ? current : wanted, version);
    if (refused !== undefined) return refused;
  }
  return checkAlone(cluster, version, pools);
}

/** What the control plane is to run: what it runs already if the body says nothing new. */
function wantedVersion(cluster: Cluster, sent: JsonObject): string | undefined {
  const wanted = asString(own(sent, 'kubernetesVersion')) ?? '';
  const properties = clusterProperties(cluster);
  if (wanted === '' || wanted === properties['kubernetesVersion']) return undefined;
  return wanted;
}

function setVersion(cluster: Cluster, version: string): void {
  cluster.resource = {
    ...cluster.resource,
    properties: { ...clusterProperties(cluster), currentKubernetesVersion: version },
  };
}

function secondsFor(world: World, upgrades: boolean, pools: readonly ChangedPool[]): number {
  const { timing } = world.settings;
  const each = pools.map(({ change }) => {
    if (change.reimage) return rollingSeconds(world, change.properties);
    return ['Scaling', 'Starting'].includes(change.kind) ? timing.create : 0;
  });
  return Math.max(timing.quick, (upgrades ? timing.controlPlane : 0) + each.reduce((sum, one) => sum + one, 0));
}

/** Whether a body makes virtual machines of an availability set: az aks update --migrate-vmas-to-vms. */
function migrates(pool: Pool, sent: JsonObject): boolean {
  return isWord(pool.properties['type'], 'AvailabilitySet') && isWord(own(sent, 'type'), 'VirtualMachines');
}

/** Source: AKS release notes of 2026-09-04; what becomes of the pool is our own. */
function migrated(properties: JsonObject): PoolChange {
  const machines = [{ size: properties['vmSize'] ?? '', count: nodeCount(properties) }];
  return {
    properties: {
      ...without(properties, ['count']),
      type: 'VirtualMachines',
      vmSize: '',
      virtualMachinesProfile: { scale: { manual: machines } },
      virtualMachineNodesStatus: machines,
    },
    kind: 'Updating',
    reimage: true,
  };
}

/** The pools of the body that it changes, one after another. */
function changedPools(
  exchange: Exchange,
  cluster: Cluster,
  sent: JsonObject,
): { readonly refused: Reply } | { readonly pools: readonly ChangedPool[] } {
  const paired = pairPools(cluster, sent);
  if ('status' in paired) return { refused: paired };
  const pools: ChangedPool[] = [];
  for (const { pool, sent: wanted } of paired) {
    if (migrates(pool, wanted)) {
      pools.push({ pool, change: migrated(pool.properties) });
      continue;
    }
    const change = judgeChange(exchange, cluster, pool, wanted, () => undefined);
    if ('refused' in change) return change;
    pools.push({ pool, change });
  }
  return { pools };
}

/**
 * Order of the checks: cluster, eTag, conflict, what may not change, tier and plan, the control plane's version, pools
 * as in their own PUT, skew.
 */
function putCluster(exchange: Exchange, cluster: Cluster): Reply {
  const early =
    checkRunning(cluster) ?? checkClusterETag(exchange, cluster) ?? checkClusterConflict(exchange.world, cluster);
  if (early !== undefined) return early;
  const body = isJsonObject(exchange.body) ? exchange.body : {};
  const merged = mergeCluster(cluster, body);
  if ('refused' in merged) return merged.refused;
  const sent = own(body, 'properties') as JsonObject;
  const wanted = wantedVersion(cluster, sent);
  const planChanged = merged.plan !== planOf(clusterProperties(cluster));
  const control =
    wanted === undefined || isSameVersion(wanted, controlPlaneVersion(cluster))
      ? { version: controlPlaneVersion(cluster) }
      : checkControlPlane(cluster, wanted, merged.plan);
  if ('refused' in control) return control.refused;
  const upgrades = control.version !== controlPlaneVersion(cluster);
  const stuck = planChanged && !upgrades ? checkPlanOffers(cluster, merged.plan) : undefined;
  if (stuck !== undefined) return stuck;
  const judged = changedPools(exchange, cluster, sent);
  if ('refused' in judged) return judged.refused;
  const refused = checkPools(cluster, control.version, judged.pools);
  if (refused !== undefined) return refused;
  cluster.resource = {
    ...merged.resource,
    properties: {
      ...(own(merged.resource, 'properties') as JsonObject),
      ...(wanted === undefined ? {} : { kubernetesVersion: wanted }),
    },
  };
  return accept(exchange, cluster, upgrades ? control.version : undefined, judged.pools);
}

/** Source: recorded PUT: 200, Azure-AsyncOperation, no Location, no Retry-After. */
function accept(
  exchange: Exchange,
  cluster: Cluster,
  version: string | undefined,
  pools: readonly ChangedPool[],
): Reply {
  const { world } = exchange;
  const moving = pools.filter(({ change }) => change.reimage || change.kind !== 'Updating');
  const scaling = moving.length > 0 && moving.every(({ change }) => change.kind === 'Scaling');
  for (const { pool, change } of pools) {
    nodesOf(pool, exchange.now);
    pool.properties = change.properties;
  }
  const operation = startOperation(
    world,
    {
      kind:
        version !== undefined || moving.some(({ change }) => change.kind === 'Upgrading')
          ? 'Upgrading'
          : scaling
            ? 'Scaling'
            : 'Updating',
      cluster,
      pool: undefined,
      along: moving.map(({ pool }) => pool),
      caller: exchange.caller.objectId,
      seconds: secondsFor(world, version !== undefined, pools),
      finishCluster: (outcome) => {
        if (outcome !== 'Succeeded') return;
        if (version !== undefined) setVersion(cluster, version);
        for (const { pool, change } of moving) finishPool(world, cluster, pool, change);
      },
    },
    exchange.faults.operation(),
  );
  return reply(200, renderCluster(cluster, exchange.apiVersion), operationHeaders(world, operation, false));
}

function finishPool(world: World, cluster: Cluster, pool: Pool, change: PoolChange): void {
  if (change.reimage) pool.reimagedNodes += nodeCount(pool.properties);
  pool.properties =
    change.kind === 'Upgrading' ? upgraded(world, cluster, pool.properties) : settledPool(pool.properties);
  if (change.reimage) imageAll(pool, world.now());
}

export const clusterPutRoutes: readonly Route[] = [
  {
    name: 'clusters.put',
    method: 'PUT',
    template: clusterTemplate,
    handler: onCluster(putCluster),
    versions: 'containerService',
    action: 'Microsoft.ContainerService/managedClusters/write',
    budget: 'clusters.put',
    needsRegistration: true,
  },
];
