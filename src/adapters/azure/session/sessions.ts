import type { ContainerServiceContext } from '@azure/arm-containerservice/api';
import type { TokenCredential } from '@azure/identity';
import { list, shellWord } from '../../../core/text.ts';
import type { Cloud } from '../../../model/clouds.ts';
import { signInMethods } from '../../../model/sign-in.ts';
import type { AzureOptions } from '../azure-options.ts';
import type { ArmAnswer } from '../arm/answer.ts';
import { restClient } from '../arm/transport.ts';
import { SignInChain } from './sign-in-chain.ts';
import type { ProfileSubscription } from './azure-profile.ts';
import { TokenSource } from './token-source.ts';
import { signInCandidates } from './sign-in-methods.ts';

/** A sign-in to one tenant with one account. */
export interface Session {
  readonly client: ContainerServiceContext;
  readonly tokens: TokenSource;
  /** For the API servers of clusters that use Entra ID. */
  readonly clusterTokens: TokenSource;
}

/** The application of every API server that uses Entra ID, in all clouds. Source: kubelogin, AKS Entra ID server. */
const clusterScope = '6dae42f8-4368-4678-94ff-3960e28e3630/.default';

/** One session per tenant, created on first use. */
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
   * The session for a subscription, or for the account's own tenant if none is given. The same session is always the
   * same object.
   */
  of(subscriptionId: string | undefined): Session {
    const key = subscriptionId?.toLowerCase();
    const known = key === undefined ? undefined : this.#profile.get(key);
    const learned = key === undefined ? undefined : this.#tenants.get(key);
    return this.#session(learned ?? known?.tenantId, known !== undefined);
  }

  /** Remembers the tenant of a subscription that is not in the Azure CLI's profile. */
  learn(subscriptionId: string, tenantId: string): void {
    this.#tenants.set(subscriptionId.toLowerCase(), tenantId);
  }

  /**
   * If ARM says that a subscription belongs to another tenant: the session for that tenant, which is remembered.
   * Source: ARM's 401 InvalidAuthenticationTokenTenant names the authority in its text and in WWW-Authenticate.
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
    const { clock, caPem, transport, version, limits, signal } = this.#options;
    const tokensFor = (scope: string): TokenSource =>
      new TokenSource(async () => this.#credential(tenantId, namedByCli), clock, scope, signal);
    const tokens = tokensFor(this.#cloud.scope);
    const client = restClient(tokens, {
      origin: this.#origin,
      scope: this.#cloud.scope,
      version: version ?? '0',
      caPem,
      transport,
      limits,
    });
    const session = { client, tokens, clusterTokens: tokensFor(clusterScope) };
    this.#sessions.set(key, session);
    return session;
  }

  async #credential(tenantId: string | undefined, namedByCli: boolean): Promise<TokenCredential> {
    const { credential, env, deviceCodePrompt, signIn } = this.#options;
    if (credential !== undefined) {
      return {
        getToken: async (scopes) => {
          const { token, expiresOn } = await credential([scopes].flat()[0] ?? this.#cloud.scope);
          return { token, expiresOnTimestamp: expiresOn * 1000 };
        },
      };
    }
    const candidates = signInCandidates(signIn, namedByCli, {
      cloud: this.#cloud,
      env,
      tenantId,
      deviceCodePrompt,
      probe: true,
    });
    const login = tenantId === undefined ? 'az login' : `az login --tenant ${shellWord(tenantId)}`;
    return new SignInChain(candidates, [
      `Sign in: ${login}`,
      `Or choose another sign-in method with --sign-in: ${list(
        signInMethods.filter((method) => method !== 'cli'),
        'or',
      )}.`,
    ]);
  }
}
