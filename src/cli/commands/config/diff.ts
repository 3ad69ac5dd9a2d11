import { defineCommand, type Options } from '../../framework/definition.ts';
import { fromPoolOptions } from './options.ts';

export const options = {
  ...fromPoolOptions,
  'detailed-exitcode': { type: 'boolean', summary: 'Exit code 12 where the two differ' },
} as const satisfies Options;

export const configDiff = defineCommand({
  path: ['config', 'diff'],
  summary: 'Compare two profiles by meaning, with the consequence of each change',
  description:
    'Each side is a file, - for standard input, default for the documented default, or pool for what a pool has (with -g, --cluster-name, -n).',
  positionals: [
    { name: 'A', summary: 'Before: a file, -, default or pool', required: true },
    { name: 'B', summary: 'After: a file, -, default or pool', required: true },
  ],
  options,
  examples: [
    { title: 'Against the documented default', command: 'aks-localdns config diff default localdnsconfig.json' },
    {
      title: 'Against what a pool has',
      command:
        'aks-localdns config diff pool localdnsconfig.json -g rg-demo --cluster-name aks-demo -n userpool --detailed-exitcode',
    },
  ],
  effect: 'read',
  permissions: ['Microsoft.ContainerService/managedClusters/agentPools/read'],
  load: async () => import('./diff.run.ts'),
});
