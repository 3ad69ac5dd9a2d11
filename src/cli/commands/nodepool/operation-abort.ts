import { defineCommand, type Options } from '../../framework/definition.ts';
import { poolOptions, waitOptions, yesOption } from '../options.ts';
import { operationPermission, readPermissions } from './permissions.ts';

export const options = { ...poolOptions, ...yesOption, ...waitOptions } as const satisfies Options;

export const nodepoolOperationAbort = defineCommand({
  path: ['nodepool', 'operation-abort'],
  summary: 'Abort the operation that runs on a node pool',
  description:
    'Nodes that were replaced already stay as they are, so the pool may be mixed afterwards: set the profile again to bring it in line. The command asks first.',
  options,
  examples: [
    {
      title: 'Abort and wait',
      command: 'aks-localdns nodepool operation-abort -g rg-demo --cluster-name aks-demo -n userpool',
    },
  ],
  effect: 'write',
  permissions: [
    ...readPermissions,
    'Microsoft.ContainerService/managedClusters/agentPools/abort/action',
    operationPermission,
  ],
  columns: [
    { header: 'Name', path: 'name' },
    { header: 'Changed', path: 'changed' },
    { header: 'ProvisioningState', path: 'provisioningState' },
  ],
  load: async () => import('./operation-abort.run.ts'),
});
