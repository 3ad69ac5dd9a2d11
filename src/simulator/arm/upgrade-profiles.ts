import { asString, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { Cluster, Pool } from '../world.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import {
  defaultMinor,
  offered,
  parseVersion,
  patchesOf,
  plansOf,
  releasesIn,
  upgradesFrom,
  type SupportPlan,
} from './kubernetes-releases.ts';
import { clusterTemplate, onCluster, onPool } from './lookup.ts';
import { latestImageOf } from './node-images.ts';
import { clusterIdOf } from './pool-view.ts';
import { ok, type Reply } from './reply.ts';
import { clusterProperties, controlPlaneVersion, planOf, poolUpgrades } from './version-rules.ts';

/** Absent if there is none. Source: Managed Clusters API: `isPreview` only for previews, and none is offered here. */
function upgrades(versions: readonly string[]): JsonObject {
  return versions.length === 0 ? {} : { upgrades: versions.map((kubernetesVersion) => ({ kubernetesVersion })) };
}

function profileOfPool(cluster: Cluster, pool: Pool): JsonObject {
  return {
    kubernetesVersion: asString(pool.properties['currentOrchestratorVersion']) ?? null,
    osType: asString(pool.properties['osType']) ?? null,
    ...upgrades(poolUpgrades(cluster, pool.properties)),
  };
}

function ofPool(_exchange: Exchange, cluster: Cluster, pool: Pool): Reply {
  const latest = latestImageOf(pool.properties);
  return ok({
    id: `${clusterIdOf(cluster)}/agentPools/${pool.name}/upgradeProfiles/default`,
    name: 'default',
    type: 'Microsoft.ContainerService/managedClusters/agentPools/upgradeProfiles',
    properties: {
      ...profileOfPool(cluster, pool),
      ...(latest === undefined ? {} : { latestNodeImageVersion: latest }),
    },
  });
}

function ofCluster(_exchange: Exchange, cluster: Cluster): Reply {
  const current = controlPlaneVersion(cluster);
  const available = upgradesFrom(cluster.location, planOf(clusterProperties(cluster)), current);
  return ok({
    id: `${clusterIdOf(cluster)}/upgradeprofiles/default`,
    name: 'default',
    type: 'Microsoft.ContainerService/managedClusters/upgradeprofiles',
    properties: {
      controlPlaneProfile: { kubernetesVersion: current, osType: 'Linux', ...upgrades(available) },
      agentPoolProfiles: [...cluster.pools.values()].map((pool) => ({
        name: pool.name,
        ...profileOfPool(cluster, pool),
      })),
    },
  });
}

/** By the wider plan: `get-versions` lists what any cluster could go to. */
function patchVersions(location: string, plan: SupportPlan, versions: readonly string[]): JsonValue {
  const supported = new Set(offered(location, plan).map(({ minor }) => minor));
  return Object.fromEntries(
    versions.map((version) => {
      const next = (parseVersion(version)?.minor ?? 0) + 1;
      const reachable = upgradesFrom(location, plan, version).filter(
        (one) => (parseVersion(one)?.minor ?? 0) <= next && supported.has(parseVersion(one)?.minor ?? 0),
      );
      return [version, { upgrades: [...reachable].reverse() }];
    }),
  );
}

/** Source: Managed Clusters API, List Kubernetes Versions. */
function versions(exchange: Exchange): Reply {
  const location = param(exchange, 'location');
  const values = releasesIn(location).map((release) => ({
    version: `1.${String(release.minor)}`,
    ...(release.minor === defaultMinor ? { isDefault: true } : {}),
    capabilities: { supportPlan: plansOf(release) },
    patchVersions: patchVersions(location, 'AKSLongTermSupport', patchesOf(release)),
  }));
  return ok({ values });
}

const action = 'Microsoft.ContainerService/managedClusters';

export const upgradeProfileRoutes: readonly Route[] = [
  {
    name: 'clusters.upgradeProfile',
    method: 'GET',
    template: `${clusterTemplate}/upgradeProfiles/default`,
    handler: onCluster(ofCluster),
    versions: 'containerService',
    action: `${action}/upgradeProfiles/read`,
    budget: 'other',
  },
  {
    name: 'agentPools.upgradeProfile',
    method: 'GET',
    template: `${clusterTemplate}/agentPools/{pool}/upgradeProfiles/default`,
    handler: onPool(ofPool),
    versions: 'containerService',
    action: `${action}/agentPools/upgradeProfiles/read`,
    budget: 'other',
  },
  {
    name: 'kubernetesVersions.list',
    method: 'GET',
    template:
      '/subscriptions/{subscription}/providers/Microsoft.ContainerService/locations/{location}/kubernetesVersions',
    handler: versions,
    versions: 'containerService',
    action: 'Microsoft.ContainerService/locations/kubernetesVersions/read',
    budget: 'other',
  },
];
