import { InterruptedError } from '../../core/errors.ts';
import { asArray, asString, own, type JsonObject } from '../../core/json.ts';
import { oneLine } from '../../core/text.ts';
import type { Subscription } from '../../model/registration.ts';
import { apiVersions } from '../../model/api-versions.ts';
import type { ArmClient } from './arm/client.ts';
import { groupBy } from './group-by.ts';
import { readPrincipal } from './session/principal.ts';
import type { ProfileSubscription } from './session/azure-profile.ts';
import type { Sessions } from './session/sessions.ts';

export function fromProfile({ id, name, state, tenantId }: ProfileSubscription): Subscription {
  return { id, name, state, tenantId };
}

/** Reads a subscription as returned by ARM's GET or LIST. */
export function fromArm(entry: JsonObject): Subscription {
  const id = asString(entry['subscriptionId']) ?? '';
  return {
    id,
    name: oneLine(asString(entry['displayName']) ?? id),
    state: asString(entry['state']),
    tenantId: asString(own(entry, 'tenantId')),
  };
}

/**
 * Remembers the tenants of the subscriptions that were read, unless the token that read them is valid for them anyway:
 * for a subscription of the token's own tenant, and for one that another tenant has delegated to it, where the account
 * could not sign in. Source: Azure Lighthouse docs, `managedByTenants`.
 */
export async function learnTenants(
  sessions: Sessions,
  entries: readonly JsonObject[],
  through: string | undefined,
): Promise<void> {
  if (entries.length === 0) return;
  const signedIn = await tenantOf(sessions, through);
  for (const entry of entries) {
    const found = fromArm(entry);
    if (found.tenantId === undefined || found.tenantId.toLowerCase() === signedIn) continue;
    const managers = asArray(entry['managedByTenants']).map((each) => asString(own(each, 'tenantId'))?.toLowerCase());
    if (!managers.includes(signedIn)) sessions.learn(found.id, found.tenantId);
  }
}

/** The tenant of the token that is sent with requests for a subscription (or for none). */
async function tenantOf(sessions: Sessions, subscriptionId: string | undefined): Promise<string> {
  return readPrincipal(await sessions.of(subscriptionId).tokens.token()).tenantId.toLowerCase();
}

/** Every subscription that the account can access, read once. */
export class SubscriptionList {
  readonly #client: ArmClient;
  readonly #sessions: Sessions;
  readonly #profile: readonly ProfileSubscription[];
  #listed: Promise<readonly Subscription[]> | undefined;

  /** `profile`: the Azure CLI's profile, if its account is the one that signs in. */
  constructor(client: ArmClient, sessions: Sessions, profile: readonly ProfileSubscription[]) {
    this.#client = client;
    this.#sessions = sessions;
    this.#profile = profile;
  }

  async all(): Promise<readonly Subscription[]> {
    this.#listed ??= this.#fetch();
    try {
      return await this.#listed;
    } catch (error) {
      this.#listed = undefined;
      throw error;
    }
  }

  /** ARM lists one tenant at a time, so the Azure CLI calls it for each tenant of its accounts. */
  async #fetch(): Promise<readonly Subscription[]> {
    const home = await this.#list(undefined);
    const signedIn = await tenantOf(this.#sessions, undefined);
    const elsewhere = groupBy(this.#profile, ({ tenantId }) => tenantId?.toLowerCase() ?? signedIn);
    elsewhere.delete(signedIn);
    const others = await Promise.all([...elsewhere.values()].map(async (remembered) => this.#ofTenant(remembered)));
    const seen = new Set(home.map(({ id }) => id.toLowerCase()));
    return [...home, ...others.flat().filter(({ id }) => !seen.has(id.toLowerCase()))];
  }

  /**
   * If another tenant requires a separate sign-in, its subscriptions from the profile stay in the list; reading them
   * will report what is missing.
   */
  async #ofTenant(remembered: readonly ProfileSubscription[]): Promise<readonly Subscription[]> {
    try {
      return await this.#list(remembered[0]?.id);
    } catch (error) {
      if (error instanceof InterruptedError) throw error;
      return remembered.map(fromProfile);
    }
  }

  async #list(through: string | undefined): Promise<readonly Subscription[]> {
    const entries = await this.#client.list(through, {
      method: 'GET',
      to: { path: '/subscriptions', apiVersion: apiVersions.subscriptions },
      whole: (entry) => asString(entry['subscriptionId']) !== undefined,
    });
    await learnTenants(this.#sessions, entries, through);
    return entries.map(fromArm);
  }
}
