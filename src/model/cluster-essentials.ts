import { asArray, isJsonObject, own, type JsonObject, type JsonValue } from '../core/json.ts';
import { safeText } from '../core/redact.ts';

/**
 * Selects members: `true` takes the whole member, `text` a text without secrets, and a nested selection some of its
 * members (of each item, for an array).
 */
type Choice = { readonly [key: string]: true | 'text' | Choice };

/** What judging a node pool needs, and no more: no credentials, certificates or OS profile. */
const ofPool = {
  name: true,
  count: true,
  vmSize: true,
  virtualMachinesProfile: true,
  virtualMachineNodesStatus: true,
  osType: true,
  osSKU: true,
  type: true,
  mode: true,
  provisioningState: true,
  powerState: true,
  orchestratorVersion: true,
  currentOrchestratorVersion: true,
  nodeImageVersion: true,
  enableFIPS: true,
  scaleSetPriority: true,
  osDiskType: true,
  upgradeSettings: true,
  localDNSProfile: true,
  tags: true,
  enableAutoScaling: true,
  minCount: true,
  maxCount: true,
  maxPods: true,
  vnetSubnetID: true,
  podSubnetID: true,
  status: { provisioningError: { code: 'text', message: 'text' } },
} as const satisfies Choice;

const ofCluster = {
  id: true,
  location: true,
  tags: true,
  sku: true,
  managedBy: true,
  properties: {
    provisioningState: true,
    powerState: true,
    kubernetesVersion: true,
    currentKubernetesVersion: true,
    supportPlan: true,
    nodeProvisioningProfile: { mode: true },
    networkProfile: { networkPlugin: true, networkPluginMode: true, networkPolicy: true, networkDataplane: true },
    apiServerAccessProfile: { enablePrivateCluster: true },
    agentPoolProfiles: ofPool,
  },
} as const satisfies Choice;

function chosen(value: JsonValue | undefined, choice: Choice): JsonValue | undefined {
  if (Array.isArray(value)) return asArray(value).map((item) => chosen(item, choice) ?? null);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(choice).flatMap(([key, inner]): readonly (readonly [string, JsonValue])[] => {
    const member = own(value, key);
    const kept = inner === true ? member : inner === 'text' ? textOf(member) : chosen(member, inner);
    return kept === undefined ? [] : [[key, kept]];
  });
  return Object.fromEntries(members);
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? safeText(value) : undefined;
}

/** The parts of an ARM managed cluster that judging needs; `readCluster` reads them like the whole. */
export function essentialCluster(resource: JsonObject): JsonObject {
  return chosen(resource, ofCluster) as JsonObject;
}

/** The parts of an agent pool's `properties` that judging needs. */
export function essentialPool(properties: JsonObject): JsonObject {
  return chosen(properties, ofPool) as JsonObject;
}
