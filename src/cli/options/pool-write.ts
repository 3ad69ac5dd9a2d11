import { UsageError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import type { Options } from '../framework/definition.ts';
import type { Column } from '../io/result.ts';
import { judgeOptions } from './judging.ts';
import { clusterOptions, readPermissions } from './pool.ts';
import { otherOperationOption, waitOptions, yesOption } from './waiting.ts';

export const upgradeSettingOptions = {
  'max-surge': {
    type: 'string',
    placeholder: 'N|N%',
    summary: 'Number or percentage of extra nodes during the upgrade; stored on the node pool',
  },
  'max-unavailable': {
    type: 'string',
    placeholder: 'N|N%',
    summary: 'Number or percentage of nodes that may be unavailable at once; stored on the node pool',
  },
  'drain-timeout': {
    type: 'integer',
    min: 1,
    max: 1440,
    placeholder: 'MINUTES',
    summary: 'Minutes to wait for pods to be evicted from a node; stored on the node pool',
  },
} as const satisfies Options;

/**
 * A number of nodes or a percentage. The plan judges whether it suits the pool.
 * @throws UsageError naming the option.
 */
export function nodesAtOnce(text: string | undefined, option: string): string | undefined {
  if (text === undefined) return undefined;
  const [, digits = '', percent] = /^(\d{1,4})(%?)$/.exec(text.trim()) ?? [];
  if (digits === '')
    throw new UsageError(`${option}: '${oneLine(text)}' is not a number of nodes or a percentage, such as 3 or 33%.`);
  const amount = Number(digits);
  if (percent === '%' && (amount < 1 || amount > 100))
    throw new UsageError(`${option}: a percentage is from 1% to 100%, and '${oneLine(text)}' is not.`);
  return `${String(amount)}${percent ?? ''}`;
}

export const dryRunOptions = {
  'dry-run': { type: 'boolean', summary: 'Show what would happen without sending anything' },
  'detailed-exitcode': { type: 'boolean', summary: 'With --dry-run: exit with code 12 if something would change' },
} as const satisfies Options;

export const showRequestOption = {
  'show-request': { type: 'boolean', summary: 'With --dry-run: add the exact request body to the result' },
} as const satisfies Options;

/** Node pools of one cluster, for commands that change one after another. */
export const poolsOptions = {
  ...clusterOptions,
  name: {
    type: 'string',
    short: 'n',
    aliases: ['nodepool-name'],
    repeatable: true,
    summary: 'Names of the node pools; several are changed one after another',
    placeholder: 'POOL',
  },
  'all-pools': { type: 'boolean', summary: 'All node pools of the cluster that support LocalDNS' },
} as const satisfies Options;

/** Options of every command that changes a node pool. */
export const writeOptions = {
  ...judgeOptions,
  ...dryRunOptions,
  ...showRequestOption,
  force: {
    type: 'boolean',
    summary: 'Send the request even if the node pool already has the profile; its nodes may be reimaged',
  },
  ...otherOperationOption,
  ...yesOption,
  ...waitOptions,
} as const satisfies Options;

/** Columns of the result of a write. */
export const writeColumns: readonly Column[] = [
  { header: 'Name', path: 'name' },
  { header: 'Changed', path: 'changed' },
  { header: 'LocalDNS', path: "localDNSProfile.mode || '-'" },
  { header: 'State', path: "localDNSProfile.state || '-'" },
  { header: 'ProvisioningState', path: 'provisioningState' },
];

export const operationPermission = 'Microsoft.ContainerService/locations/operations/read';

/** Permissions to judge, write and wait. Reads for judging may be denied; the checks are then unknown. */
export const writePermissions: readonly string[] = [
  ...readPermissions,
  'Microsoft.ContainerService/managedClusters/agentPools/write',
  operationPermission,
  'Microsoft.Features/providers/features/read',
  'Microsoft.Resources/subscriptions/providers/read',
  'Microsoft.Compute/skus/read',
];
