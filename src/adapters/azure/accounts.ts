import { CliError } from '../../core/errors.ts';
import { asString, isJsonObject } from '../../core/json.ts';
import { count, oneLine } from '../../core/text.ts';
import { AzureError } from '../../model/azure-error.ts';
import { namePatterns, refuseAddress } from '../../model/ids.ts';
import type { Accounts } from '../../model/ports.ts';
import type { Subscription } from '../../model/registration.ts';
import { apiVersions } from '../../model/api-versions.ts';
import type { ArmClient } from './arm/client.ts';
import { subscriptionPath } from './arm/urls.ts';
import { answerWithout } from './errors/classify.ts';
import { readPrincipal } from './session/principal.ts';
import type { ProfileSubscription } from './session/azure-profile.ts';
import type { Sessions } from './session/sessions.ts';
import { fromArm, fromProfile, learnTenants, type SubscriptionList } from './subscriptions.ts';

function notFound(name: string, cause?: unknown): CliError {
  return new CliError({
    code: 'subscription-not-found',
    message: `The subscription '${oneLine(name)}' was not found with this account.`,
    hints: [
      'List the available subscriptions: az account list -o table',
      'If it is in another tenant, sign in to that tenant: az login --tenant TENANT',
    ],
    cause,
  });
}

function ambiguous(name: string, found: readonly Subscription[]): CliError {
  return new CliError({
    code: 'subscription-ambiguous',
    message: `${count(found.length, 'subscription')} are named '${oneLine(name)}'.`,
    hints: found.map(
      (each) => `--subscription ${each.id}${each.tenantId === undefined ? '' : `   (tenant ${each.tenantId})`}`,
    ),
  });
}

const named = (entries: readonly Subscription[], name: string): readonly Subscription[] =>
  entries.filter((entry) => entry.name.toLowerCase() === name.toLowerCase());

export function createAccounts(
  client: ArmClient,
  sessions: Sessions,
  profile: readonly ProfileSubscription[],
  listed: SubscriptionList,
): Accounts {
  const known = profile.map(fromProfile);
  async function byId(id: string): Promise<Subscription> {
    try {
      const entry = await client.read(
        id,
        { method: 'GET', to: { path: subscriptionPath(id), apiVersion: apiVersions.subscriptions } },
        (answer) => {
          if (isJsonObject(answer.body) && asString(answer.body['subscriptionId']) !== undefined) return answer.body;
          throw answerWithout(answer, 'the subscription');
        },
      );
      await learnTenants(sessions, [entry], id);
      return fromArm(entry);
    } catch (error) {
      if (error instanceof AzureError && error.class === 'not-found') throw notFound(id, error);
      throw error;
    }
  }
  async function active(): Promise<Subscription> {
    const chosen = profile.find((entry) => entry.isDefault);
    if (chosen !== undefined) return fromProfile(chosen);
    // If the Azure CLI has no active subscription and the account can access exactly one, that one is meant.
    const found = await listed.all();
    if (found.length === 1 && found[0] !== undefined) return found[0];
    throw new CliError({
      code: 'no-subscription',
      message:
        found.length === 0
          ? 'This account has no access to any subscription.'
          : `This account can access ${count(found.length, 'subscription')}, and none is selected.`,
      hints: ['Specify one with --subscription, or select one: az account set --subscription NAME'],
    });
  }

  return {
    subscription: async (idOrName, options) => {
      if (idOrName === undefined) return active();
      const own = known.find((entry) => entry.id.toLowerCase() === idOrName.toLowerCase());
      if (own !== undefined) return own;
      if (namePatterns.guid.test(idOrName))
        return options?.unread === true
          ? { id: idOrName.toLowerCase(), name: idOrName.toLowerCase(), tenantId: undefined, state: undefined }
          : byId(idOrName);
      const remembered = named(known, idOrName);
      if (remembered.length === 0) refuseAddress('subscription', idOrName, '--subscription');
      const found = remembered.length > 0 ? remembered : named(await listed.all(), idOrName);
      if (found.length > 1) throw ambiguous(idOrName, found);
      if (found[0] === undefined) throw notFound(idOrName);
      return found[0];
    },
    principal: async (subscriptionId) => readPrincipal(await sessions.of(subscriptionId).tokens.token()),
  };
}
