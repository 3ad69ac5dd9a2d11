import { UsageError } from '../../../core/errors.ts';
import { defineCommand, type Options } from '../../framework/definition.ts';
import { dryRunOptions, operationPermission, poolsOptions } from '../../options/pool-write.ts';
import { readPermissions } from '../../options/pool.ts';
import { otherOperationOption, waitOptions, yesOption } from '../../options/waiting.ts';

const options = {
  ...poolsOptions,
  'node-image-only': { type: 'boolean', summary: 'Upgrade only the node image (required)' },
  ...dryRunOptions,
  ...otherOperationOption,
  ...yesOption,
  ...waitOptions,
} as const satisfies Options;

export const nodepoolUpgrade = defineCommand({
  path: ['nodepool', 'upgrade'],
  summary: 'Upgrade the node image of a node pool (reimages its nodes)',
  description:
    'Use it to apply changed VNet DNS servers to the nodes. If the node pool already has the latest image, Azure may replace no nodes; the command says so. ' +
    'The Kubernetes version is not changed.',
  options,
  examples: [
    {
      title: 'Apply changed VNet DNS servers',
      command: 'aks-localdns nodepool upgrade -g rg-demo --cluster-name aks-demo -n userpool --node-image-only',
    },
  ],
  effect: 'write',
  permissions: [
    ...readPermissions,
    'Microsoft.ContainerService/managedClusters/agentPools/upgradeNodeImageVersion/action',
    operationPermission,
  ],
  columns: [
    { header: 'Name', path: 'name' },
    { header: 'Changed', path: 'changed' },
    { header: 'Before', path: 'nodeImageBefore' },
    { header: 'After', path: 'nodeImageAfter' },
    { header: 'Latest', path: 'latestNodeImage' },
    { header: 'ProvisioningState', path: 'provisioningState' },
  ],
  run: async (context, args) => {
    if (!args.nodeImageOnly) {
      throw new UsageError('--node-image-only is required: this command upgrades only the node image.', [
        'To upgrade the Kubernetes version: az aks nodepool upgrade --kubernetes-version',
      ]);
    }
    const { upgradePools } = await import('../../nodepool/change.ts');
    return upgradePools(context, args);
  },
});
