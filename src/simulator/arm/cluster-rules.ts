import { asString, at, isJsonObject, isWord, own, sameJson, without, type JsonObject } from '../../core/json.ts';
import type { Cluster } from '../world.ts';
import type { SupportPlan } from './kubernetes-releases.ts';
import { invalidParameter } from './localdns.ts';
import { gatewayError, providerError, type Reply } from './reply.ts';
import { clusterProperties, planOf } from './version-rules.ts';

/** Set by the service; a PUT may carry them as they were read. */
const readOnly = [
  'provisioningState',
  'powerState',
  'currentKubernetesVersion',
  'fqdn',
  'privateFQDN',
  'azurePortalFQDN',
  'maxAgentPools',
  'resourceUID',
  'eTag',
  'status',
];

/** Source: AKS docs: set when the cluster is made. */
const immutable: readonly (readonly string[])[] = [
  ['dnsPrefix'],
  ['nodeResourceGroup'],
  ['enableRBAC'],
  ['networkProfile', 'serviceCidr'],
  ['networkProfile', 'dnsServiceIP'],
  ['networkProfile', 'loadBalancerSku'],
];

const words: readonly { readonly path: readonly string[]; readonly allowed: readonly string[] }[] = [
  { path: ['supportPlan'], allowed: ['KubernetesOfficial', 'AKSLongTermSupport'] },
  { path: ['autoUpgradeProfile', 'upgradeChannel'], allowed: ['none', 'patch', 'stable', 'rapid', 'node-image'] },
  {
    path: ['autoUpgradeProfile', 'nodeOSUpgradeChannel'],
    allowed: ['None', 'Unmanaged', 'SecurityPatch', 'NodeImage'],
  },
  { path: ['nodeProvisioningProfile', 'mode'], allowed: ['Manual', 'Auto'] },
];

const tiers = ['Free', 'Standard', 'Premium'];

/** Source: ARM: the location of a resource is required, and never changes. */
function checkLocation(cluster: Cluster, body: JsonObject): Reply | undefined {
  const location = asString(body['location']);
  if (location === undefined)
    return gatewayError(400, 'LocationRequired', 'The location property is required for this definition.');
  const plain = (text: string): string => text.replace(/\s/g, '').toLowerCase();
  if (plain(location) === plain(cluster.location)) return undefined;
  return gatewayError(
    409,
    'InvalidResourceLocation',
    `The resource '${cluster.name}' already exists in location '${cluster.location}' in resource group '${cluster.resourceGroup}'. A resource with the same name cannot be created in location '${location}'. Please select a new resource name.`,
  );
}

function changeNotAllowed(path: readonly string[]): Reply {
  const target = `properties.${path.join('.')}`;
  return providerError(400, 'PropertyChangeNotAllowed', `Changing property '${target}' is not allowed.`, { target });
}

function checkImmutable(stored: JsonObject, sent: JsonObject): Reply | undefined {
  const changed = immutable.find((path) => {
    const value = at(sent, ...path) ?? undefined;
    return value !== undefined && !sameJson(value, at(stored, ...path) ?? null);
  });
  return changed === undefined ? undefined : changeNotAllowed(changed);
}

function checkWords(sent: JsonObject): Reply | undefined {
  for (const { path, allowed } of words) {
    const value = at(sent, ...path) ?? undefined;
    if (value !== undefined && !allowed.some((word) => isWord(value, word)))
      return invalidParameter(path.join('.'), `Only ${allowed.join(', ')} are allowed.`);
  }
  return undefined;
}

function checkTier(next: JsonObject): Reply | undefined {
  const tier = at(next, 'sku', 'tier') ?? 'Free';
  if (!tiers.some((word) => isWord(tier, word)))
    return invalidParameter('sku.tier', `Only ${tiers.join(', ')} are allowed.`);
  const plan = planOf(own(next, 'properties') as JsonObject);
  // Source: AKS docs, long-term support; the text is az's.
  return plan === 'AKSLongTermSupport' && !isWord(tier, 'Premium')
    ? invalidParameter('supportPlan', 'AKS Long Term Support is only available for Premium tier clusters.')
    : undefined;
}

/** Source: AKS docs, node autoprovisioning: not beside the cluster autoscaler; the text is the simulator's own. */
function checkAutoprovisioning(cluster: Cluster, stored: JsonObject, next: JsonObject): Reply | undefined {
  const mode = (properties: JsonObject): boolean => isWord(at(properties, 'nodeProvisioningProfile', 'mode'), 'Auto');
  const scaled = [...cluster.pools.values()].find((pool) => pool.properties['enableAutoScaling'] === true);
  if (mode(stored) || !mode(next) || scaled === undefined) return undefined;
  return invalidParameter(
    'nodeProvisioningProfile.mode',
    `node autoprovisioning cannot be enabled while agent pool ${scaled.name} has the cluster autoscaler.`,
  );
}

interface MergedCluster {
  /** As ARM returns it, without `agentPoolProfiles`. */
  readonly resource: JsonObject;
  readonly plan: SupportPlan;
}

/** The stored cluster with the changes of a PUT, but for versions and pools. What a body leaves out stays. */
export function mergeCluster(cluster: Cluster, body: JsonObject): { readonly refused: Reply } | MergedCluster {
  const stored = clusterProperties(cluster);
  const sent = own(body, 'properties');
  if (!isJsonObject(sent))
    return {
      refused: gatewayError(
        400,
        'InvalidRequestContent',
        "The request content was invalid and could not be deserialized: the body has no object 'properties'.",
      ),
    };
  const given = Object.fromEntries(
    Object.entries(without(sent, [...readOnly, 'agentPoolProfiles', 'kubernetesVersion'])).filter(
      ([, value]) => value !== null,
    ),
  );
  const properties: JsonObject = { ...stored, ...given };
  const sku = own(body, 'sku');
  const tags = own(body, 'tags');
  const next: JsonObject = {
    ...without(cluster.resource, ['tags']),
    // Source: ARM: tags are replaced by what is sent.
    ...(isJsonObject(tags) && Object.keys(tags).length > 0 ? { tags } : {}),
    ...(isJsonObject(sku) ? { sku } : {}),
    properties,
  };
  const kindChanged = isJsonObject(sku) && !sameJson(own(sku, 'name'), at(cluster.resource, 'sku', 'name'));
  const refused =
    checkLocation(cluster, body) ??
    checkImmutable(stored, sent) ??
    (kindChanged ? changeNotAllowed(['sku', 'name']) : undefined) ??
    checkWords(sent) ??
    checkTier(next) ??
    checkAutoprovisioning(cluster, stored, properties);
  return refused === undefined ? { resource: next, plan: planOf(properties) } : { refused };
}
