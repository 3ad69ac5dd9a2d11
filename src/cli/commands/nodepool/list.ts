import { defineCommand, type Options } from '../../framework/definition.ts';
import { clusterOptions, clusterTarget, poolColumns, readPermissions } from '../../options/pool.ts';

const options = { ...clusterOptions } as const satisfies Options;

export const nodepoolList = defineCommand({
  path: ['nodepool', 'list'],
  summary: 'List the node pools of a cluster with their LocalDNS mode and state',
  options,
  examples: [
    { title: 'All node pools', command: 'aks-localdns nodepool list -g rg-demo --cluster-name aks-demo -o table' },
    {
      title: 'Node pools without LocalDNS',
      command:
        'aks-localdns nodepool list -g rg-demo --cluster-name aks-demo --query "[?localDNSProfile.state!=\'Enabled\'].name" -o tsv',
    },
  ],
  effect: 'read',
  permissions: readPermissions,
  columns: poolColumns,
  run: async (context, args) => {
    const { poolValue } = await import('../../../usecases/nodepool/index.ts');
    const { azure, ref } = await clusterTarget(context.azure, args);
    const pools = await azure.nodePools.listPools(ref);
    return { value: [...pools].sort((a, b) => (a.ref.pool < b.ref.pool ? -1 : 1)).map((pool) => poolValue(pool)) };
  },
});
