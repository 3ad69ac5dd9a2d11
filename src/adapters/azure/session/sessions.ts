import type { ContainerServiceContext } from '@azure/arm-containerservice/api';
import type { TokenCredential } from '@azure/identity';
import { list, shellWord } from '../../../core/text.ts';
import type { Cloud } from '../../../model/clouds.ts';
import { signInMethods } from '../../../model/sign-in.ts';
import type { AzureOptions } from '../options.ts';
import type { ArmAnswer } from '../arm/answer.ts';
import { restClient } from '../arm/transport.ts';
import { SignInChain } from './chain.ts';
import type { ProfileSubscription } from './profile.ts';
import { TokenSource } from './token-source.ts';
import { waysToTry } from './ways.ts';

/** Signed in to one tenant, in one way. */
export interface Session {
  readonly client: ContainerServiceContext;
  readonly tokens: TokenSource;
}

/** One session a tenant, made when it is first needed. */
export class Sessions {
  readonly #options: AzureOptions;
  readonly #cloud: Cloud;
  readonly #origin: string;
  readonly #profile: ReadonlyMap<string, ProfileSubscription>;
  readonly #tenants = new Map<string, string>();
  readonly #sessions = new Map<string, Session>();

  constructor(options: AzureOptions, cloud: Cloud, origin: string, profile: readonly ProfileSubscription[]) {
    this.#options = options;
    this.#cloud = cloud;
    this.#origin = origin;
    this.#profile = new Map(profile.map((entry) => [entry.id.toLowerCase(), entry]));
  }

  /**
   * The session for a subscription; without one, the session of the account's own tenant. The same object for the same
   * session.
   */
  of(subscriptionId: string | undefined): Session {
    const key = subscriptionId?.toLowerCase();
    const known = key === undefined ? undefined : this.#profile.get(key);
    const learned = key === undefined ? undefined : this.#tenants.get(key);
    return this.#session(learned ?? known?.tenantId, known !== undefined);
  }

  /** Remembers the tenant of a subscription that the Azure CLI's profile does not name. */
  learn(subscriptionId: string, tenantId: string): void {
    this.#tenants.set(subscriptionId.toLowerCase(), tenantId);
  }

  /**
   * Where ARM says that a subscription belongs to another tenant: the session there, remembered.
   * Source: ARM's 401 InvalidAuthenticationTokenTenant names the authority, in its text and in WWW-Authenticate.
   */
  otherTenant(subscriptionId: string | undefined, answer: ArmAnswer): Session | undefined {
    if (subscriptionId === undefined || !answer.text.includes('InvalidAuthenticationTokenTenant')) return undefined;
    const pattern = /https:\/\/login\.[\w.-]+\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/i;
    const tenant = (pattern.exec(answer.headers['www-authenticate'] ?? '') ?? pattern.exec(answer.text))?.[1];
    if (tenant === undefined || this.#tenants.get(subscriptionId.toLowerCase()) === tenant) return undefined;
    this.learn(subscriptionId, tenant);
    return this.of(subscriptionId);
  }

  #session(tenantId: string | undefined, namedByCli: boolean): Session {
    const key = `${tenantId?.toLowerCase() ?? ''} ${namedByCli ? 'cli' : ''}`;
    const existing = this.#sessions.get(key);
    if (existing !== undefined) return existing;
    const { clock, caPem, transport, version, limits } = this.#options;
    const tokens = new TokenSource(async () => this.#credential(tenantId, namedByCli), clock, this.#cloud.scope);
    const client = restClient(tokens, {
      origin: this.#origin,
      scope: this.#cloud.scope,
      version: version ?? '0',
      caPem,
      transport,
      limits,
    });
    const session = { client, tokens };
    this.#sessions.set(key, session);
    return session;
  }

  async #credential(tenantId: string | undefined, namedByCli: boolean): Promise<TokenCredential> {
    const { credential, env, deviceCodePrompt, signIn } = this.#options;
    if (credential !== undefined) {
      return {
        getToken: async () => {
          const { token, expiresOn } = await credential(this.#cloud.scope);
          return { token, expiresOnTimestamp: expiresOn * 1000 };
        },
      };
    }
    const ways = waysToTry(signIn, namedByCli, { cloud: this.#cloud, env, tenantId, deviceCodePrompt, probe: true });
    const login = tenantId === undefined ? 'az login' : `az login --tenant ${shellWord(tenantId)}`;
    return new SignInChain(ways, [
      `Sign in: ${login}`,
      `Or choose another way with --sign-in: ${list(
        signInMethods.filter((method) => method !== 'cli'),
        'or',
      )}.`,
    ]);
  }
}
