import { defineCommand, type Options } from '../../framework/definition.ts';
import {
  featureColumns,
  registrationReadHelp,
  registrationScope,
  scopePermissions,
} from '../../options/registration.ts';

const options = { ...registrationScope } as const satisfies Options;

export const featureShow = defineCommand({
  path: ['feature', 'show'],
  summary: 'Show whether the preview feature LocalDNSPreview is registered',
  description: registrationReadHelp,
  options,
  examples: [
    { title: 'State in the active subscription', command: 'aks-localdns feature show' },
    {
      title: 'Only the states of two subscriptions',
      command: 'aks-localdns feature show --subscription Production Staging --query "[].state" -o tsv',
    },
    {
      title: 'All subscriptions with clusters',
      command: 'aks-localdns feature show --all-subscriptions -o table',
    },
  ],
  effect: 'read',
  permissions: ['Microsoft.Features/providers/features/read', ...scopePermissions],
  columns: featureColumns,
  run: async (context, args) => {
    const { onSubscriptions } = await import('../../registration/on-subscriptions.ts');
    const { featureValue, showFeature } = await import('../../../usecases/registration/index.ts');
    return onSubscriptions(context, args, { some: 'unknown' }, async (deps, subscription) =>
      featureValue(await showFeature(deps, subscription)),
    );
  },
});
