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
  reset: { type: 'boolean', summary: 'Use the documented default instead of the stored overrides' },
  ...upgradeSettingOptions,
  ...writeOptions,
} as const satisfies Options;

export const nodepoolEnable = defineCommand({
  path: ['nodepool', 'enable'],
  summary: 'Turn LocalDNS on for a node pool (reimages its nodes)',
  description: 'Sets mode Required with the stored overrides, or with the documented default if there are none.',
  options,
  examples: [
    { title: 'Turn it on', command: 'aks-localdns nodepool enable -g rg-demo --cluster-name aks-demo -n userpool' },
    {
      title: 'A third of the nodes at a time',
      command: 'aks-localdns nodepool enable -g rg-demo --cluster-name aks-demo -n userpool --max-surge 33%',
    },
  ],
  effect: 'write',
  permissions: writePermissions,
  columns: writeColumns,
  run: async (context, args) => {
    const { changePools } = await import('../../nodepool/change.ts');
    return changePools(context, args, { action: 'enable', reset: args.reset });
  },
});
