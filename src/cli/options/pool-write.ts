import type { Options } from '../framework/definition.ts';
import type { Column } from '../io/result.ts';
import { judgeOptions } from './judging.ts';
import { clusterOptions, readPermissions } from './pool.ts';
import { otherOperationOption, waitOptions, yesOption } from './waiting.ts';

export const upgradeSettingOptions = {
  'max-surge': {
    type: 'string',
    placeholder: 'N|N%',
    summary: 'Extra nodes while nodes are replaced, a number or a percentage; the pool keeps it',
  },
  'max-unavailable': {
    type: 'string',
    placeholder: 'N|N%',
    summary: 'Nodes that may be away at the same time, a number or a percentage; the pool keeps it',
  },
  'drain-timeout': {
    type: 'integer',
    min: 1,
    max: 1440,
    placeholder: 'MINUTES',
    summary: 'Minutes to wait for pods to leave a node; the pool keeps it',
  },
} as const satisfies Options;

export const dryRunOptions = {
  'dry-run': { type: 'boolean', summary: 'Show what would happen and stop; nothing is sent' },
  'detailed-exitcode': { type: 'boolean', summary: 'With --dry-run: exit code 12 if something would be changed' },
} as const satisfies Options;

export const showRequestOption = {
  'show-request': { type: 'boolean', summary: 'With --dry-run: add the exact request body to the result' },
} as const satisfies Options;

/** Pools of one cluster, for what is done to each in turn. */
export const poolsOptions = {
  ...clusterOptions,
  name: {
    type: 'string',
    short: 'n',
    aliases: ['nodepool-name'],
    repeatable: true,
    summary: 'Names of the node pools; several are changed one after the other',
    placeholder: 'POOL',
  },
  'all-pools': { type: 'boolean', summary: 'All node pools of the cluster that LocalDNS can be set on' },
} as const satisfies Options;

/** What every command that changes a pool offers between looking and acting. */
export const writeOptions = {
  ...judgeOptions,
  ...dryRunOptions,
  ...showRequestOption,
  force: {
    type: 'boolean',
    summary: 'Send the request even where the pool already has the profile; its nodes may be reimaged',
  },
  ...otherOperationOption,
  ...yesOption,
  ...waitOptions,
} as const satisfies Options;

/** What a write on a node pool answers. */
export const writeColumns: readonly Column[] = [
  { header: 'Name', path: 'name' },
  { header: 'Changed', path: 'changed' },
  { header: 'LocalDNS', path: "localDNSProfile.mode || '-'" },
  { header: 'State', path: "localDNSProfile.state || '-'" },
  { header: 'ProvisioningState', path: 'provisioningState' },
];

export const operationPermission = 'Microsoft.ContainerService/locations/operations/read';

/** Judging, writing and waiting; the reads of the judging may be denied, and are then unknown. */
export const writePermissions: readonly string[] = [
  ...readPermissions,
  'Microsoft.ContainerService/managedClusters/agentPools/write',
  operationPermission,
  'Microsoft.Features/providers/features/read',
  'Microsoft.Resources/subscriptions/providers/read',
  'Microsoft.Compute/skus/read',
];
