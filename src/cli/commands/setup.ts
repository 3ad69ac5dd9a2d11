import { defineCommand, type Options } from '../framework/definition.ts';
import { registrationScope, registrationWriteHelp, scopePermissions } from '../options/registration.ts';
import { waiting, waitOptions, yesOption } from '../options/waiting.ts';

const options = { ...registrationScope, ...yesOption, ...waitOptions } as const satisfies Options;

export const setup = defineCommand({
  path: ['setup'],
  summary: 'Prepare subscriptions: register the feature, wait for it, refresh the provider',
  description:
    'Subscriptions are prepared in parallel. Completed steps are skipped, and a failure in one subscription does not stop the others. ' +
    'Prompts for confirmation if there are several subscriptions or they were not named. You can stop the command and run it again at any time. ' +
    registrationWriteHelp,
  options,
  examples: [
    { title: 'The active subscription', command: 'aks-localdns setup' },
    {
      title: 'Several in a pipeline',
      command: 'aks-localdns setup --subscription Production Staging --yes --timeout 1h',
    },
    {
      title: 'All subscriptions with clusters in a region',
      command: 'aks-localdns setup --all-subscriptions --location westeurope',
    },
  ],
  effect: 'write',
  permissions: [
    'Microsoft.Features/providers/features/read',
    'Microsoft.Features/providers/features/register/action',
    'Microsoft.Resources/subscriptions/providers/read',
    'Microsoft.ContainerService/register/action',
    ...scopePermissions,
  ],
  columns: [
    { header: 'Subscription', path: 'subscription' },
    { header: 'Feature', path: 'feature' },
    { header: 'Provider', path: 'provider' },
    { header: 'Outcome', path: 'outcome' },
    { header: 'Changed', path: 'changed' },
    { header: 'Error', path: 'error', brief: true },
  ],
  run: async (context, args) => {
    const { agreeOnSubscriptions, continueCommand } = await import('../registration/on-subscriptions.ts');
    const { setup, setupValue } = await import('../../usecases/registration/index.ts');
    const waits = waiting(args);
    const { chosen, deps } = await agreeOnSubscriptions(context, args, {
      action: 'Register LocalDNSPreview and refresh Microsoft.ContainerService',
      yes: args.yes,
      needed: ({ searched, subscriptions }) => searched || subscriptions.length > 1,
    });
    const result = await setup({ ...deps, continueWith: continueCommand('setup') }, chosen, waits);
    if (result.continueWith !== undefined) context.say(`To continue: ${result.continueWith}`);
    return { value: setupValue(result), exit: result.exit };
  },
});
