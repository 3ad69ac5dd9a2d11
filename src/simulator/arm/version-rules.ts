import { asString, at, isWord, own, type JsonObject } from '../../core/json.ts';
import type { Cluster } from '../world.ts';
import {
  compareVersions,
  offered,
  parseVersion,
  releasesIn,
  resolve,
  upgradesFrom,
  type KubernetesVersion,
  type SupportPlan,
} from './kubernetes-releases.ts';
import { invalidParameter } from './localdns.ts';
import { providerError, type Reply } from './reply.ts';

/*
 * Which Kubernetes versions a control plane and its pools may have. Codes and texts as users report them; AKS docs name
 * the rules.
 */

const inThisRegion =
  'Please use [az aks get-versions] command to get the supported version list in this region. For more information, please check https://aka.ms/supported-version-list';
const skewRules = 'For more information, please check https://aka.ms/aks/UpgradeVersionRules';

export function planOf(properties: JsonObject): SupportPlan {
  return isWord(properties['supportPlan'], 'AKSLongTermSupport') ? 'AKSLongTermSupport' : 'KubernetesOfficial';
}

export function clusterProperties(cluster: Cluster): JsonObject {
  return cluster.resource['properties'] as JsonObject;
}

/** The whole version that the control plane runs. */
export function controlPlaneVersion(cluster: Cluster): string {
  const properties = clusterProperties(cluster);
  return asString(properties['currentKubernetesVersion']) ?? asString(properties['kubernetesVersion']) ?? '';
}

function notOffered(cluster: Cluster, version: string, wanted: KubernetesVersion): Reply {
  const longTerm = releasesIn(cluster.location).some(({ minor }) => minor === wanted.minor);
  const why =
    longTerm && wanted.major === 1
      ? `is on version ${version}, which is only available for Long-Term Support (LTS). If you intend to onboard to LTS, please ensure the cluster is in Premium tier and LTS support plan (see https://aka.ms/aks/enable-lts). Otherwise, use [az aks get-versions] command to get the supported version list in this region. For more information, please check https://aka.ms/supported-version-list`
      : `is on version ${version} which is not supported in this region. ${inThisRegion}`;
  return providerError(400, 'K8sVersionNotSupported', `Managed cluster ${cluster.name} ${why}`);
}

/** Whether a wanted version is what there is already: the same minor version does not trigger an upgrade. */
export function isSameVersion(wanted: string, current: string): boolean {
  const [left, right] = [parseVersion(wanted), parseVersion(current)];
  return left !== undefined && right !== undefined && compareVersions(left, right) === 0;
}

/** What the control plane would run, or why it may not. `plan`: as it would be after the request. */
export function checkControlPlane(
  cluster: Cluster,
  wanted: string,
  plan: SupportPlan,
): { readonly version: string } | { readonly refused: Reply } {
  const current = controlPlaneVersion(cluster);
  const parsed = parseVersion(wanted);
  if (parsed === undefined)
    return {
      refused: providerError(
        400,
        'InvalidParameter',
        'The value of parameter orchestratorProfile.OrchestratorVersion is invalid. Please see https://aka.ms/aks-naming-rules for more details.',
        { target: 'orchestratorProfile.OrchestratorVersion' },
      ),
    };
  const version = resolve(offered(cluster.location, plan), parsed);
  if (version === undefined) return { refused: notOffered(cluster, wanted, parsed) };
  const available = upgradesFrom(cluster.location, plan, current);
  if (version === current || available.includes(version)) return { version };
  return {
    refused: providerError(
      400,
      'OperationNotAllowed',
      `Upgrading Kubernetes version ${current} to ${wanted} is not allowed. Available upgrades: [${available.join(' ')}]. Please see https://aka.ms/aks-supported-k8s-ver for version details.`,
    ),
  };
}

/** A cluster that stays out of support with long-term support given up, or without a version that its plan offers. */
export function checkPlanOffers(cluster: Cluster, plan: SupportPlan): Reply | undefined {
  const current = controlPlaneVersion(cluster);
  const parsed = parseVersion(current);
  if (parsed === undefined || offered(cluster.location, plan).some(({ minor }) => minor === parsed.minor))
    return undefined;
  return notOffered(cluster, current, parsed);
}

/** Source: AKS docs, version skew: not newer than the control plane, and at most three minor versions older. */
export function checkSkew(wanted: string, control: string): Reply | undefined {
  const [its, control_] = [parseVersion(wanted), parseVersion(control)];
  if (its === undefined || control_ === undefined) return undefined;
  const older = its.major === control_.major && control_.minor - its.minor <= 3;
  if (compareVersions(its, control_) <= 0 && older) return undefined;
  return providerError(
    400,
    'NodePoolMcVersionIncompatible',
    `Node pool version ${wanted} and control plane version ${control} are incompatible. Minor version of node pool cannot be bigger than control plane version. Minor version of node pool cannot be more than 3 versions less than control plane version. ${skewRules}`,
  );
}

/** What a new pool may run: what its control plane runs, or what the region offers within the skew. */
export function checkNewPoolVersion(cluster: Cluster, wanted: string): Reply | undefined {
  const parsed = parseVersion(wanted);
  if (parsed === undefined) return invalidParameter('agentPool.orchestratorVersion', `${wanted} is not a version.`);
  const control = controlPlaneVersion(cluster);
  const skew = checkSkew(wanted, control);
  if (skew !== undefined || isSameVersion(wanted, control)) return skew;
  return resolve(offered(cluster.location, planOf(clusterProperties(cluster))), parsed) === undefined
    ? providerError(
        400,
        'AgentPoolK8sVersionNotSupported',
        `Version ${wanted} is not supported in this region. ${inThisRegion}`,
      )
    : undefined;
}

/**
 * A pool goes up one minor version at a time, unless its own has left support or the cluster has long-term support; it
 * never goes back.
 */
export function checkPoolUpgrade(cluster: Cluster, before: JsonObject, wanted: string): Reply | undefined {
  const current = asString(before['currentOrchestratorVersion']) ?? asString(before['orchestratorVersion']) ?? '';
  if (isSameVersion(wanted, current)) return undefined;
  const refused = checkNewPoolVersion(cluster, wanted);
  if (refused !== undefined) return refused;
  const [now, next] = [parseVersion(current), parseVersion(wanted)];
  if (now === undefined || next === undefined) return undefined;
  const plan = planOf(clusterProperties(cluster));
  const supported = offered(cluster.location, plan).some(({ minor }) => minor === now.minor);
  const steps = next.minor - now.minor;
  if (compareVersions(next, now) > 0 && (steps <= 1 || !supported || plan === 'AKSLongTermSupport')) return undefined;
  return providerError(
    400,
    'AgentPoolUpgradeVersionNotAllowed',
    `Upgrade agent pool version from ${current} to ${wanted} is not allowed, you can only upgrade one minor version at a time. Please use [az aks get-upgrades] command to get the supported upgrade paths. For more information, please check https://aka.ms/version-skew-policy`,
  );
}

/** The whole version of a pool: the patch of its control plane within the same minor version, else the newest. */
export function wholeVersion(cluster: Cluster, wanted: string): string {
  const control = controlPlaneVersion(cluster);
  const parsed = parseVersion(wanted);
  if (parsed === undefined || parsed.patch !== undefined) return wanted;
  if (isSameVersion(wanted, control)) return control;
  return resolve(releasesIn(cluster.location), parsed) ?? `${wanted}.0`;
}

/** Source: AKS docs, OS versions: an OS SKU of a release goes with the Kubernetes versions of its time. */
export function checkOsSkuEnd(sku: unknown, version: string): Reply | undefined {
  const minor = parseVersion(version)?.minor ?? 0;
  const name = asString(sku) ?? '';
  return minor >= 37 && ['Ubuntu2204', 'AzureLinux3'].some((ended) => isWord(name, ended))
    ? invalidParameter('agentPool.osSKU', `OSSKU ${name} is not supported with Kubernetes version ${version}.`)
    : undefined;
}

/** Every pool's upgrades: what its control plane runs, and what lies between. */
export function poolUpgrades(cluster: Cluster, properties: JsonObject): readonly string[] {
  const candidates = offered(cluster.location, planOf(clusterProperties(cluster))).flatMap((release) =>
    release.patches.map((patch) => `1.${String(release.minor)}.${String(patch)}`),
  );
  const current =
    asString(own(properties, 'currentOrchestratorVersion')) ?? asString(at(properties, 'orchestratorVersion')) ?? '';
  return [...new Set([...candidates, controlPlaneVersion(cluster)])]
    .filter(
      (version) => !isSameVersion(version, current) && checkPoolUpgrade(cluster, properties, version) === undefined,
    )
    .sort((left, right) => {
      const [one, other] = [parseVersion(left), parseVersion(right)];
      return one === undefined || other === undefined ? 0 : compareVersions(other, one);
    });
}
