import { UsageError } from '../../../core/errors.ts';
import { defineCommand, type Options } from '../../framework/definition.ts';
import { dryRunOptions, operationPermission, poolsOptions } from '../../options/pool-write.ts';
import { readPermissions } from '../../options/pool.ts';
import { otherOperationOption, waitOptions, yesOption } from '../../options/waiting.ts';

const options = {
  ...poolsOptions,
  'node-image-only': { type: 'boolean', summary: 'Required: upgrade the node image alone' },
  ...dryRunOptions,
  ...otherOperationOption,
  ...yesOption,
  ...waitOptions,
} as const satisfies Options;

export const nodepoolUpgrade = defineCommand({
  path: ['nodepool', 'upgrade'],
  summary: 'Upgrade the node image of a node pool (reimages its nodes)',
  description:
    'This is how changed DNS servers of the VNet reach the nodes. Where the pool already has the latest image, Azure may replace nothing: the command says so. ' +
    'The Kubernetes version is not changed.',
  options,
  examples: [
    {
      title: 'Take over changed VNet DNS servers',
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
      throw new UsageError('--node-image-only is needed: this command upgrades the node image alone.', [
        'For the Kubernetes version: az aks nodepool upgrade --kubernetes-version',
      ]);
    }
    const { upgradePools } = await import('../../nodepool/change.ts');
    return upgradePools(context, args);
  },
});
