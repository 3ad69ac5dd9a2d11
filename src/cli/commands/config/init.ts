import { localDnsModes } from '../../../model/profile.ts';
import { defineCommand, type Options } from '../../framework/definition.ts';
import { fromPoolOptions } from './options.ts';

export const options = {
  mode: { type: 'string', choices: localDnsModes, default: 'Required', summary: 'Mode of the profile' },
  zone: {
    type: 'string',
    repeatable: true,
    placeholder: 'NAME',
    summary: 'Add a zone of its own to both maps, with the settings that the service documents for one',
  },
  minimal: {
    type: 'boolean',
    summary: "The guide's minimal start: mode Preferred alone, which today reimages and installs nothing",
  },
  'from-pool': { type: 'boolean', summary: 'Write what a pool has now; needs -g, --cluster-name and -n' },
  ...fromPoolOptions,
  out: { type: 'string', placeholder: 'FILE', summary: 'Write to this file; standard output where it is not given' },
  force: { type: 'boolean', summary: 'Replace a file that is there' },
} as const satisfies Options;

export const configInit = defineCommand({
  path: ['config', 'init'],
  summary: 'Write a localdnsconfig.json to start from',
  description:
    'The documented default in full, so that nothing is left to defaults that may move. With --from-pool, what a pool has now.',
  options,
  examples: [
    { title: 'The documented default', command: 'aks-localdns config init --out localdnsconfig.json' },
    {
      title: 'With a zone of our own',
      command: 'aks-localdns config init --zone corp.contoso.com --out localdnsconfig.json',
    },
    {
      title: 'What a pool has',
      command: 'aks-localdns config init --from-pool -g rg-demo --cluster-name aks-demo -n userpool',
    },
  ],
  effect: 'read',
  permissions: ['Microsoft.ContainerService/managedClusters/agentPools/read'],
  load: async () => import('./init.run.ts'),
});
