import { defineCommand, type Options } from '../../framework/definition.ts';
import {
  featureColumns,
  registrationScope,
  registrationWriteHelp,
  scopePermissions,
} from '../../options/registration.ts';
import { yesOption } from '../../options/waiting.ts';

const options = { ...registrationScope, ...yesOption } as const satisfies Options;

export const featureUnregister = defineCommand({
  path: ['feature', 'unregister'],
  summary: 'Unregister the preview feature LocalDNSPreview',
  description: `Node pools that have LocalDNS keep it. Prompts for confirmation. ${registrationWriteHelp}`,
  options,
  examples: [
    { title: 'Unregister without a prompt', command: 'aks-localdns feature unregister --subscription Sandbox --yes' },
  ],
  effect: 'write',
  permissions: [
    'Microsoft.Features/providers/features/read',
    'Microsoft.Features/providers/features/unregister/action',
    ...scopePermissions,
  ],
  columns: featureColumns,
  run: async (context, args) => {
    const { onSubscriptions } = await import('../../registration/on-subscriptions.ts');
    const { featureValue, unregisterFeature } = await import('../../../usecases/registration/index.ts');
    const question = {
      action: 'Unregister LocalDNSPreview',
      note: 'Node pools that have LocalDNS keep it.',
      yes: args.yes,
      needed: () => true,
    };
    return onSubscriptions(context, args, { question }, async (deps, subscription) =>
      featureValue(await unregisterFeature(deps, subscription)),
    );
  },
});
