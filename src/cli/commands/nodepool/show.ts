import { defineCommand, type Options } from '../../framework/definition.ts';
import { poolOptions } from '../options.ts';
import { poolColumns } from './columns.ts';

export const options = { ...poolOptions } as const satisfies Options;

export const nodepoolShow = defineCommand({
  path: ['nodepool', 'show'],
  summary: 'Show a node pool with its LocalDNS profile',
  description: 'The state of a profile is what Azure wants, not a proof that pods resolve names.',
  options,
  examples: [
    {
      title: 'The profile alone',
      command: 'aks-localdns nodepool show -g rg-demo --cluster-name aks-demo -n userpool --query localDNSProfile',
    },
  ],
  effect: 'read',
  permissions: ['Microsoft.ContainerService/managedClusters/agentPools/read'],
  columns: poolColumns,
  load: async () => import('./show.run.ts'),
});
