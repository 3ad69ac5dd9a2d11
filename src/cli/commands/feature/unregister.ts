import { defineCommand, type Options } from '../../framework/definition.ts';
import { yesOption } from '../../options/waiting.ts';
import {
  featureColumns,
  registrationScope,
  registrationWriteHelp,
  scopePermissions,
} from '../../options/registration.ts';

const options = { ...registrationScope, ...yesOption } as const satisfies Options;

export const featureUnregister = defineCommand({
  path: ['feature', 'unregister'],
  summary: 'Unregister the preview feature LocalDNSPreview',
  description: `Node pools that have LocalDNS keep it. The command asks first. ${registrationWriteHelp}`,
  options,
  examples: [
    { title: 'Unregister without a question', command: 'aks-localdns feature unregister --subscription Sandbox --yes' },
  ],
  effect: 'write',
  permissions: [
    'Microsoft.Features/providers/features/read',
    'Microsoft.Features/providers/features/unregister/action',
    ...scopePermissions,
  ],
  columns: featureColumns,
  run: async (context, args) => {
    const { featureValue, unregisterFeature } = await import('../../../usecases/registration/index.ts');
    const { agreeOn, chooseSubscriptions } = await import('../../scope/choose.ts');
    const { registrationWork } = await import('../../scope/subscriptions.ts');
    const { onEach } = await import('../../scope/each-subscription.ts');
    const azure = await context.azure();
    const chosen = await chooseSubscriptions(context, azure, args);
    await agreeOn(context, chosen, {
      deed: 'Unregister LocalDNSPreview',
      note: 'Node pools that have LocalDNS keep it.',
      yes: args.yes,
    });
    const work = registrationWork(context, azure);
    return onEach(context, chosen, async (subscription) => featureValue(await unregisterFeature(work, subscription)));
  },
});
