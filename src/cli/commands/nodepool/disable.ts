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
  'abort-running': { type: 'boolean', summary: 'Abort the running operation first' },
  ...upgradeSettingOptions,
  ...writeOptions,
} as const satisfies Options;

export const nodepoolDisable = defineCommand({
  path: ['nodepool', 'disable'],
  summary: 'Turn LocalDNS off for a node pool (reimages its nodes)',
  description:
    'The overrides stay stored. Failed prerequisites are reported but do not block turning LocalDNS off; only missing access and the power state can.',
  options,
  examples: [
    { title: 'Turn it off', command: 'aks-localdns nodepool disable -g rg-demo --cluster-name aks-demo -n userpool' },
    {
      title: 'Abort a running operation and skip the prompt',
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
