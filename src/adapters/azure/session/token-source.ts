import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/identity';
import { InterruptedError } from '../../../core/errors.ts';
import type { Clock } from '../../../core/ports.ts';

/** A token that expires within this time is replaced. */
const marginMs = 5 * 60_000;

/**
 * The credential that the pipeline uses. It caches the token by our own clock and can drop it. To switch off the
 * pipeline's own cache, it returns tokens that look expired to it.
 */
export class TokenSource implements TokenCredential {
  #credential: TokenCredential | undefined;
  readonly #make: () => Promise<TokenCredential>;
  readonly #clock: Clock;
  readonly #scope: string;
  readonly #signal: AbortSignal;
  #kept: Promise<AccessToken> | undefined;
  #good: AccessToken | undefined;

  /** `signal` aborts a sign-in in progress. All requests that need the token wait for the same sign-in. */
  constructor(make: () => Promise<TokenCredential>, clock: Clock, scope: string, signal: AbortSignal) {
    this.#make = make;
    this.#clock = clock;
    this.#scope = scope;
    this.#signal = signal;
  }

  async getToken(_scopes: string | string[], options: GetTokenOptions = {}): Promise<AccessToken> {
    const token = await this.#current(options);
    return { ...token, expiresOnTimestamp: 0 };
  }

  /** The raw token, to read its claims. */
  async token(): Promise<string> {
    return (await this.#current({})).token;
  }

  /** Makes the next request sign in again. */
  forget(): void {
    this.#kept = undefined;
    this.#good = undefined;
    this.#credential = undefined;
  }

  async #current(options: GetTokenOptions): Promise<AccessToken> {
    const challenged = options.claims !== undefined;
    if (this.#good !== undefined && this.#good.expiresOnTimestamp - marginMs <= this.#clock.now()) {
      this.#kept = undefined;
      this.#good = undefined;
    }
    if (this.#kept !== undefined && !challenged) return this.#kept;
    const asked = this.#ask(options);
    this.#kept = asked;
    try {
      const token = await asked;
      // If a token lives for less than the margin, it is used until it expires.
      this.#good =
        token.expiresOnTimestamp - marginMs <= this.#clock.now()
          ? { ...token, expiresOnTimestamp: token.expiresOnTimestamp + marginMs }
          : token;
      return token;
    } catch (error) {
      if (this.#kept === asked) this.#kept = undefined;
      throw error;
    }
  }

  async #ask(options: GetTokenOptions): Promise<AccessToken> {
    this.#credential ??= await this.#make();
    const token = await this.#credential
      .getToken(this.#scope, { ...options, abortSignal: this.#signal })
      .catch((error: unknown) => {
        throw this.#signal.aborted ? new InterruptedError() : error;
      });
    if (token === null) throw new Error('Signing in returned no token.');
    return token;
  }
}
