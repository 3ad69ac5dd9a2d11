import { asString, at, isWord, type JsonObject } from '../../core/json.ts';
import type { Cluster, Subscription, World } from '../world.ts';
import { vmSize } from './compute-sizes.ts';
import { invalidParameter } from './localdns.ts';
import { providerOf, settleRegistration } from './lookup.ts';
import { providerError, type Reply } from './reply.ts';

/** What a pool lacks. The texts are the simulator's own. Source: AKS documentation, LocalDNS prerequisites. */
type Prerequisite = (properties: JsonObject, skus: readonly JsonObject[]) => string | undefined;

const kubernetesVersion: Prerequisite = (properties) => {
  const version =
    asString(properties['currentOrchestratorVersion']) ?? asString(properties['orchestratorVersion']) ?? '';
  const [, major = '0', minor = '0'] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(major) * 1000 + Number(minor) >= 1031
    ? undefined
    : `LocalDNS requires Kubernetes version 1.31 or later, the agent pool has ${version}.`;
};

const forRequired: readonly Prerequisite[] = [
  kubernetesVersion,
  ({ osType }) => (isWord(osType, 'Windows') ? 'LocalDNS is not supported on Windows agent pools.' : undefined),
  (properties) => {
    const image = asString(properties['nodeImageVersion']) ?? '';
    return /^AKSUbuntu-(?:16|18|20)04|^AKS(?:AzureLinux|CBLMariner)-V2|^AKSFlatcar/.test(image)
      ? `LocalDNS requires Azure Linux or Ubuntu 22.04 or later, the agent pool has node image ${image}.`
      : undefined;
  },
  (properties, skus) => {
    const size = asString(properties['vmSize']) ?? '';
    const vcpus = vmSize(size, skus)?.vcpus;
    return vcpus !== undefined && vcpus < 4
      ? `LocalDNS requires a VM size with at least 4 vCPUs, ${size} has ${String(vcpus)}.`
      : undefined;
  },
  ({ type }) => (isWord(type, 'AvailabilitySet') ? 'LocalDNS is not supported on availability sets.' : undefined),
];

/** The first prerequisite that a pool lacks for the mode. Nothing blocks Disabled. */
export function checkPrerequisites(
  mode: string | undefined,
  properties: JsonObject,
  skus: readonly JsonObject[],
): Reply | undefined {
  if (mode === 'Disabled') return undefined;
  for (const lacks of mode === 'Required' ? forRequired : [kubernetesVersion]) {
    const text = lacks(properties, skus);
    if (text !== undefined) return invalidParameter('localDNSProfile.mode', text);
  }
  return undefined;
}

/** Whether LocalDNS can be on. */
export function meetsPrerequisites(properties: JsonObject, skus: readonly JsonObject[]): boolean {
  return forRequired.every((lacks) => lacks(properties, skus) === undefined);
}

/**
 * While the feature was a preview, a profile was refused without it; it took effect with the provider's next
 * registration.
 */
export function checkFeature(world: World, subscription: Subscription, mode: string | undefined): Reply | undefined {
  if (!world.settings.featureRequired || mode === 'Disabled') return undefined;
  const feature = subscription.features.get('microsoft.containerservice/localdnspreview');
  if (feature !== undefined) settleRegistration(world, feature);
  const refreshedAt = providerOf(world, subscription, 'Microsoft.ContainerService').refreshedAt;
  if (feature?.state === 'Registered' && refreshedAt >= feature.registeredAt) return undefined;
  return providerError(
    400,
    'OperationNotAllowed',
    'Feature Microsoft.ContainerService/LocalDNSPreview is not enabled. Please see https://aka.ms/aks/previews for how to enable features.',
  );
}

/** Source: AKS docs, node disruption policy (preview); code and text of the refusal are not known. */
export function checkDisruptionPolicy(cluster: Cluster): Reply | undefined {
  const policy = asString(at(cluster.resource, 'properties', 'nodeDisruptionProfile', 'nodeDisruptionPolicy'));
  if (!isWord(policy, 'Block')) return undefined;
  return providerError(
    400,
    'OperationNotAllowed',
    'The node disruption policy of the managed cluster is Block; the change would disrupt nodes.',
    { subcode: 'NodeDisruptionPolicyBlock' },
  );
}
