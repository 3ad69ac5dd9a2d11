import { defineCommand, type Options } from '../../framework/definition.ts';
import { clusterOptions } from '../options.ts';
import { poolColumns } from './columns.ts';
import { readPermissions } from './permissions.ts';

export const options = { ...clusterOptions } as const satisfies Options;

export const nodepoolList = defineCommand({
  path: ['nodepool', 'list'],
  summary: 'List the node pools of a cluster with their LocalDNS mode and state',
  options,
  examples: [
    { title: 'All pools', command: 'aks-localdns nodepool list -g rg-demo --cluster-name aks-demo -o table' },
    {
      title: 'Pools without LocalDNS',
      command:
        'aks-localdns nodepool list -g rg-demo --cluster-name aks-demo --query "[?localDNSProfile.state!=\'Enabled\'].name" -o tsv',
    },
  ],
  effect: 'read',
  permissions: readPermissions,
  columns: poolColumns,
  load: async () => import('./list.run.ts'),
});
