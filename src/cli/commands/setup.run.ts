import type { ExitCodeName } from '../../core/exit-codes.ts';
import type { JsonObject } from '../../core/json.ts';
import { setup, setupValue, type SetupResult } from '../../usecases/registration/index.ts';
import type { Run } from '../framework/definition.ts';
import { agreeOn, chooseSubscriptions, type LeftOut } from './scope/choose.ts';
import type { options } from './setup.ts';
import { registrationWork } from './subscriptions.ts';
import { waiting } from './waiting.ts';

function leftOutRow({ subscription, why, failed }: LeftOut): JsonObject {
  return { subscriptionId: subscription.id, subscription: subscription.name, changed: false, outcome: failed ? 'failed' : 'skipped', feature: null, provider: null, error: why };
}

/** What was left out and counts makes a good end a mixed one, and where nothing was done at all, a bad one. */
function exitOf({ rows, exit }: SetupResult, leftOut: readonly LeftOut[]): ExitCodeName {
  if (!leftOut.some(({ failed }) => failed)) return exit;
  return rows.every(({ outcome }) => outcome === 'failed') ? 'error' : 'some-failed';
}

export const run: Run<typeof options> = async (context, args) => {
  const waits = waiting(args);
  const azure = await context.azure();
  const { subscriptions, leftOut, searched } = await chooseSubscriptions(context, azure, args);
  if (searched || subscriptions.length > 1) await agreeOn(context, subscriptions, { deed: 'Register LocalDNSPreview and refresh Microsoft.ContainerService', yes: args.yes });
  const result = await setup(registrationWork(context, azure), subscriptions, waits);
  if (result.continueWith !== undefined) context.say(`To go on: ${result.continueWith}`);
  return { value: [...setupValue(result), ...leftOut.map(leftOutRow)], exit: exitOf(result, leftOut) };
};
