import { defineCommand, type Options } from '../../framework/definition.ts';
import { otherOperationOption, poolOptions, waitOptions, yesOption } from '../options.ts';
import { operationPermission, readPermissions } from './permissions.ts';

export const options = {
  ...poolOptions,
  'node-image-only': { type: 'boolean', summary: 'Required: upgrade the node image alone' },
  'dry-run': { type: 'boolean', summary: 'Show what would happen and stop; nothing is sent' },
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
  load: async () => import('./upgrade.run.ts'),
});
