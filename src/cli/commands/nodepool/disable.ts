import { defineCommand, type Options } from '../../framework/definition.ts';
import {
  poolsOptions,
  upgradeSettingOptions,
  writeColumns,
  writeOptions,
  writePermissions,
} from '../../options/pool-write.ts';

const options = {
  ...poolsOptions,
  'abort-running': { type: 'boolean', summary: 'Abort the operation in flight first' },
  ...upgradeSettingOptions,
  ...writeOptions,
} as const satisfies Options;

export const nodepoolDisable = defineCommand({
  path: ['nodepool', 'disable'],
  summary: 'Turn LocalDNS off for a node pool (reimages its nodes)',
  description:
    'The overrides stay stored. Prerequisites that do not hold are told and never stop the way out; only access and power state can.',
  options,
  examples: [
    { title: 'Turn it off', command: 'aks-localdns nodepool disable -g rg-demo --cluster-name aks-demo -n userpool' },
    {
      title: 'At once, whatever runs',
      command: 'aks-localdns nodepool disable -g rg-demo --cluster-name aks-demo -n userpool --abort-running --yes',
    },
  ],
  effect: 'write',
  permissions: [...writePermissions, 'Microsoft.ContainerService/managedClusters/agentPools/abort/action'],
  columns: writeColumns,
  run: async (context, args) => {
    const { changePools } = await import('../../nodepool/change.ts');
    return changePools(context, args, { action: 'disable', abortRunning: args.abortRunning });
  },
});
