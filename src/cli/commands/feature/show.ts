import { defineCommand, type Options } from '../../framework/definition.ts';
import { manySubscriptions } from '../options.ts';
import { featureColumns } from './columns.ts';

export const options = { ...manySubscriptions } as const satisfies Options;

export const featureShow = defineCommand({
  path: ['feature', 'show'],
  summary: 'Show whether the preview feature LocalDNSPreview is registered',
  options,
  examples: [
    { title: 'The state on the active subscription', command: 'aks-localdns feature show' },
    { title: 'On two subscriptions, the states alone', command: 'aks-localdns feature show --subscription Production Staging --query "[].state" -o tsv' },
  ],
  effect: 'read',
  permissions: ['Microsoft.Features/providers/features/read'],
  columns: featureColumns,
  load: async () => import('./show.run.ts'),
});
