import { defineCommand, type Options } from '../../framework/definition.ts';
import { poolColumns, poolOptions, poolTarget } from '../../options/pool.ts';

const options = { ...poolOptions } as const satisfies Options;

export const nodepoolShow = defineCommand({
  path: ['nodepool', 'show'],
  summary: 'Show a node pool with its LocalDNS profile',
  description: 'The state of a profile is the state that Azure reports. It does not prove that pods can resolve names.',
  options,
  examples: [
    {
      title: 'Only the profile',
      command: 'aks-localdns nodepool show -g rg-demo --cluster-name aks-demo -n userpool --query localDNSProfile',
    },
  ],
  effect: 'read',
  permissions: ['Microsoft.ContainerService/managedClusters/agentPools/read'],
  columns: poolColumns,
  run: async (context, args) => {
    const { poolValue } = await import('../../../usecases/nodepool/index.ts');
    const { azure, ref } = await poolTarget(context.azure, args);
    return { value: poolValue(await azure.nodePools.readPool(ref)) };
  },
});
