import { defineCommand, type Options } from '../../framework/definition.ts';
import { configOption } from '../../options/judging.ts';
import {
  poolsOptions,
  upgradeSettingOptions,
  writeColumns,
  writeOptions,
  writePermissions,
} from '../../options/pool-write.ts';

const options = {
  ...poolsOptions,
  'localdns-config': { ...configOption['localdns-config'], required: true },
  ...upgradeSettingOptions,
  ...writeOptions,
} as const satisfies Options;

export const nodepoolUpdate = defineCommand({
  path: ['nodepool', 'update'],
  summary: 'Set or change the LocalDNS profile of a node pool (reimages its nodes)',
  description:
    'Checks the prerequisites first (a failure stops with exit code 10), then shows what will be disrupted and prompts for confirmation. ' +
    'If the node pool already has the profile, nothing is sent. After the change, the node pool is read back and compared.',
  options,
  examples: [
    {
      title: 'Set a profile',
      command:
        'aks-localdns nodepool update -g rg-demo --cluster-name aks-demo -n userpool --localdns-config localdnsconfig.json',
    },
    {
      title: 'Show what would happen',
      command:
        'aks-localdns nodepool update -g rg-demo --cluster-name aks-demo -n userpool --localdns-config localdnsconfig.json --dry-run --show-request',
    },
    {
      title: 'In a pipeline',
      command:
        'aks-localdns nodepool update -g rg-demo --cluster-name aks-demo -n userpool --localdns-config - --yes --wait-for-operation 60m',
    },
  ],
  effect: 'write',
  permissions: writePermissions,
  columns: writeColumns,
  run: async (context, args) => {
    const { usableProfile } = await import('../../profile/file.ts');
    const { changePools } = await import('../../nodepool/change.ts');
    const { profile, facts } = await usableProfile(context, args.localdnsConfig, 'update');
    return changePools(context, args, { action: 'update', profile }, facts);
  },
});
