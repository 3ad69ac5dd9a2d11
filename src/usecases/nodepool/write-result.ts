import { without, type JsonObject, type JsonValue } from '../../core/json.ts';
import { redactJson } from '../../core/redact.ts';
import type { OtherChange, PoolAction, PoolPlan } from '../../domain/change/index.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';

type WriteOutcome =
  /** The pool is already up to date and its last operation succeeded; nothing was sent. */
  | 'nothing-to-do'
  /** A dry run. */
  | 'planned'
  /** Azure accepted the request; not waited for. */
  | 'accepted'
  /** Azure was already carrying out the same request; nothing was sent. */
  | 'adopted'
  | 'done';

export interface WriteResult {
  readonly action: PoolAction;
  readonly ref: PoolRef;
  readonly outcome: WriteOutcome;
  /** Whether this request changed the pool or is changing it. */
  readonly changed: boolean;
  /** One sentence for the user. */
  readonly summary: string;
  /** True if nothing was sent, whatever the outcome. */
  readonly dryRun?: boolean | undefined;
  readonly plan?: PoolPlan | undefined;
  /** The latest reading; undefined if the pool does not exist yet. */
  readonly pool?: NodePool | undefined;
  readonly operationId?: string | undefined;
  readonly otherChanges: readonly OtherChange[];
  /** Node images, if that is what changed. */
  readonly nodeImage?: NodeImages | undefined;
}

export interface NodeImages {
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly latest: string | undefined;
}

/** The settings of a pool that az prints as null if ARM does not return them. Source: output of az 2.91. */
const settings = [
  'artifactStreamingProfile',
  'availabilityZones',
  'capacityReservationGroupID',
  'count',
  'creationData',
  'currentOrchestratorVersion',
  'eTag',
  'enableAutoScaling',
  'enableEncryptionAtHost',
  'enableFIPS',
  'enableNodePublicIP',
  'enableUltraSSD',
  'gatewayProfile',
  'gpuInstanceProfile',
  'gpuProfile',
  'hostGroupID',
  'kubeletConfig',
  'kubeletDiskType',
  'linuxOSConfig',
  'localDNSProfile',
  'maxCount',
  'maxPods',
  'messageOfTheDay',
  'minCount',
  'mode',
  'networkProfile',
  'nodeImageVersion',
  'nodeLabels',
  'nodePublicIPPrefixID',
  'nodeTaints',
  'orchestratorVersion',
  'osDiskSizeGB',
  'osDiskType',
  'osSKU',
  'osType',
  'podIPAllocationMode',
  'podSubnetID',
  'powerState',
  'provisioningState',
  'proximityPlacementGroupID',
  'scaleDownMode',
  'scaleSetEvictionPolicy',
  'scaleSetPriority',
  'securityProfile',
  'spotMaxPrice',
  'status',
  'tags',
  'upgradeSettings',
  'virtualMachineNodesStatus',
  'virtualMachinesProfile',
  'vmSize',
  'vnetSubnetID',
  'windowsProfile',
  'workloadRuntime',
] as const;

const unset: JsonObject = Object.fromEntries(settings.map((name) => [name, null]));

/** A pool in the form that az prints: properties at the top level, null if unset, with ARM's names. */
export function poolValue(pool: NodePool): JsonObject {
  const { status, ...settings } = pool.properties;
  return {
    ...unset,
    ...settings,
    // Azure's error messages may contain arbitrary output of scripts on nodes.
    ...(status === undefined ? {} : { status: redactJson(status) }),
    id: pool.id,
    name: pool.ref.pool,
    resourceGroup: pool.ref.resourceGroup,
    type: 'Microsoft.ContainerService/managedClusters/agentPools',
    // az has `typePropertiesType` for the property that the resource's own `type` hides.
    ...(pool.type === undefined ? {} : { typePropertiesType: pool.type }),
  };
}

/** Replaces undefined with null. */
function orNull<T extends JsonValue>(value: T | undefined): T | null {
  return value ?? null;
}

/**
 * The output of a write: the pool in the form that az prints, and what was done. A dry run prints the plan, or null.
 */
export function writeValue(result: WriteResult, options: { readonly showRequest?: boolean } = {}): JsonObject {
  const { pool, plan, operationId, nodeImage, otherChanges } = result;
  const dryRun = result.dryRun === true;
  return {
    ...(dryRun ? { name: result.ref.pool } : pool === undefined ? {} : poolValue(pool)),
    changed: result.changed,
    outcome: result.outcome,
    ...(dryRun ? { dryRun } : {}),
    ...(operationId === undefined ? {} : { operationId }),
    ...(nodeImage === undefined
      ? {}
      : {
          nodeImageBefore: orNull(nodeImage.before),
          nodeImageAfter: orNull(nodeImage.after),
          latestNodeImage: orNull(nodeImage.latest),
        }),
    ...(otherChanges.length === 0
      ? {}
      : {
          otherChanges: otherChanges.map(({ path, before, after, expected }) => ({
            path,
            before: redactJson(orNull(before)),
            after: redactJson(orNull(after)),
            expected,
          })),
        }),
    ...(dryRun ? { plan: plan === undefined ? null : planValue(plan, options) } : {}),
    ...(plan === undefined || plan.ignored.length === 0 || dryRun
      ? {}
      : { ignored: plan.ignored.map((entry) => ({ ...entry })) }),
  };
}

/** The plan in the output: what follows from the facts, and the request body only if requested. */
export function planValue(plan: PoolPlan, options: { readonly showRequest?: boolean } = {}): JsonObject {
  const hidden = [
    'before',
    'change',
    'warnings',
    'automatic',
    ...(options.showRequest === true ? [] : ['requestBody']),
  ];
  return without(JSON.parse(JSON.stringify(plan)) as JsonObject, hidden);
}
