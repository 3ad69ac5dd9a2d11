import { defineCommand, type Options } from '../../framework/definition.ts';
import { yesOption } from '../options.ts';
import { registrationScope, registrationWriteHelp, scopePermissions } from '../scope/options.ts';
import { registrationWork } from '../subscriptions.ts';
import { featureColumns } from './columns.ts';

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
    const { agreeOn, chooseSubscriptions } = await import('../scope/choose.ts');
    const { onEach } = await import('../each-subscription.ts');
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
