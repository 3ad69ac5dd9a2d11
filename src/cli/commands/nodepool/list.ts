import { defineCommand, type Options } from '../../framework/definition.ts';
import { clusterOptions, clusterTarget, poolColumns, readPermissions } from '../../options/pool.ts';

const options = { ...clusterOptions } as const satisfies Options;

export const nodepoolList = defineCommand({
  path: ['nodepool', 'list'],
  summary: 'List the node pools of a cluster with their LocalDNS mode and state',
  description: "Keys have ARM's names; --query finds a key in any case, so that az's own names work as well.",
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
    return { value: pools.map((pool) => poolValue(pool)) };
  },
});
