import { exitOfSeveral, type ExitCodeName } from '../../core/exit-codes.ts';
import type { JsonObject } from '../../core/json.ts';
import { setup, setupValue, type SetupResult } from '../../usecases/registration/index.ts';
import type { Run } from '../framework/definition.ts';
import { agreeOn, chooseSubscriptions, type LeftOut } from './scope/choose.ts';
import type { options } from './setup.ts';
import { registrationWork } from './subscriptions.ts';
import { waiting } from './waiting.ts';

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

export const run: Run<typeof options> = async (context, args) => {
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
};
