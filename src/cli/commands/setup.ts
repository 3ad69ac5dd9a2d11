import { exitOfSeveral, type ExitCodeName } from '../../core/exit-codes.ts';
import type { JsonObject } from '../../core/json.ts';
import type { SetupResult } from '../../usecases/registration/index.ts';
import { defineCommand, type Options } from '../framework/definition.ts';
import { waiting, waitOptions, yesOption } from '../options/waiting.ts';
import type { LeftOut } from '../scope/choose.ts';
import { registrationScope, registrationWriteHelp, scopePermissions } from '../options/registration.ts';

const options = { ...registrationScope, ...yesOption, ...waitOptions } as const satisfies Options;

function leftOutRow({ subscription, why, failed }: LeftOut): JsonObject {
  return {
    subscriptionId: subscription.id,
    subscription: subscription.name,
    changed: false,
    outcome: failed === undefined ? 'skipped' : 'failed',
    feature: null,
    provider: null,
    error: why,
  };
}

/** What was left out and counts makes a good end a mixed one, and where nothing was done at all, a bad one. */
function exitOf({ rows, exit }: SetupResult, leftOut: readonly LeftOut[]): ExitCodeName {
  const missed = leftOut.flatMap(({ failed }) => failed ?? []);
  if (missed.length === 0) return exit;
  return exitOfSeveral([...rows.flatMap(({ failed }) => failed ?? []), ...missed], rows.length + missed.length) ?? exit;
}

export const setup = defineCommand({
  path: ['setup'],
  summary: 'Prepare subscriptions: register the feature, wait for it, refresh the provider',
  description:
    'All subscriptions are prepared side by side; what is done already is skipped; a failure of one does not stop the others. ' +
    'The command asks first where there are several, or where they were not named. It can be ended and run again at any time. ' +
    registrationWriteHelp,
  options,
  examples: [
    { title: 'The active subscription', command: 'aks-localdns setup' },
    {
      title: 'Several in a pipeline',
      command: 'aks-localdns setup --subscription Production Staging --yes --timeout 1h',
    },
    {
      title: 'Every subscription that holds clusters in a region',
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
    const { setup, setupValue } = await import('../../usecases/registration/index.ts');
    const { agreeOn, chooseSubscriptions } = await import('../scope/choose.ts');
    const { registrationWork } = await import('../scope/subscriptions.ts');
    const waits = waiting(args);
    const azure = await context.azure();
    const chosen = await chooseSubscriptions(context, azure, args);
    const { subscriptions, leftOut, searched } = chosen;
    if (searched || subscriptions.length > 1)
      await agreeOn(context, chosen, {
        deed: 'Register LocalDNSPreview and refresh Microsoft.ContainerService',
        yes: args.yes,
      });
    const result = await setup(registrationWork(context, azure), subscriptions, waits);
    if (result.continueWith !== undefined) context.say(`To go on: ${result.continueWith}`);
    return { value: [...setupValue(result), ...leftOut.map(leftOutRow)], exit: exitOf(result, leftOut) };
  },
});
