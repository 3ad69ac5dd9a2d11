import { defineCommand, type Options } from '../../framework/definition.ts';
import { poolOptions } from '../options.ts';
import { poolColumns } from './columns.ts';
import { readPermissions } from './permissions.ts';

export const options = {
  ...poolOptions,
  created: { type: 'boolean', summary: 'Wait until the pool is there and Succeeded' },
  updated: { type: 'boolean', summary: 'Wait until the pool is Succeeded' },
  deleted: { type: 'boolean', summary: 'Wait until the pool is gone' },
  exists: { type: 'boolean', summary: 'Wait until the pool is there, whatever its state' },
  interval: {
    type: 'integer',
    min: 1,
    max: 3600,
    placeholder: 'SECONDS',
    default: '30',
    summary: 'Seconds between two looks',
  },
  timeout: {
    type: 'string',
    placeholder: 'DURATION',
    default: '1h',
    summary: 'Stop waiting after this time with exit code 13',
  },
} as const satisfies Options;

export const nodepoolWait = defineCommand({
  path: ['nodepool', 'wait'],
  summary: 'Wait until no operation runs on a node pool, or until a condition holds',
  description:
    'Continues where a command stopped waiting. Without a condition it waits until no operation runs; a pool that ends Failed is an error, and with ' +
    '--created or --updated a Canceled one is too. Nothing is changed.',
  options,
  examples: [
    {
      title: 'Wait for the operation that runs',
      command: 'aks-localdns nodepool wait -g rg-demo --cluster-name aks-demo -n userpool --timeout 90m',
    },
  ],
  effect: 'read',
  permissions: readPermissions,
  columns: poolColumns,
  load: async () => import('./wait.run.ts'),
});
