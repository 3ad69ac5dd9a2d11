import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/identity';
import { AzureError } from '../../../model/azure-error.ts';
import { safeText } from '../../../core/redact.ts';
import { clip } from '../../../core/text.ts';

/** One way to sign in, ready to be tried. */
export interface SignInWay {
  readonly id: string;
  readonly label: string;
  /** What is missing for it to be tried at all. */
  readonly missing: string | undefined;
  create(): Promise<TokenCredential>;
}

interface Tried {
  readonly label: string;
  readonly why: string;
}

/**
 * Entra ID's own words, without what msal puts around them: `invalid_client: Error(s): 7000215 - Timestamp: … -
 * Description: AADSTS…`.
 */
const entraWords = /AADSTS\d+:[\s\S]*?(?=\s*(?:Trace ID|Correlation ID|Timestamp)\s*:|$)/;
const appendix =
  /(?:Trace ID|Correlation ID|See the troubleshooting guide|To troubleshoot, visit|More details:)[\s\S]*/i;

/** What an error of a credential says, in one line. */
export function signInReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const words = entraWords.exec(text)?.[0] ?? text.replace(appendix, ' ');
  const line = safeText(words)
    .replace(/^\w+(?:Credential|Error)\s*:\s*/, '')
    .replace(/^[a-z]+(?:_[a-z]+)+:\s*/, '');
  return clip(line, 400) || 'no reason was given';
}

/** An error that lets the next way be tried: this one is not set up here. */
function unavailable(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'CredentialUnavailableError' || error.name === 'AuthenticationRequiredError')
  );
}

/** Tries ways in order; stays with the first that gives a token, so that the account does not change midway. */
export class SignInChain implements TokenCredential {
  readonly #ways: readonly SignInWay[];
  readonly #hints: readonly string[];
  #chosen: { readonly way: SignInWay; readonly credential: TokenCredential } | undefined;

  constructor(ways: readonly SignInWay[], hints: readonly string[]) {
    this.#ways = ways;
    this.#hints = hints;
  }

  async getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken> {
    if (this.#chosen !== undefined) return this.#ask(this.#chosen, scopes, options);
    const tried: Tried[] = [];
    for (const way of this.#ways) {
      if (way.missing !== undefined) {
        tried.push({ label: way.label, why: way.missing });
        continue;
      }
      try {
        const candidate = { way, credential: await way.create() };
        const token = await candidate.credential.getToken(scopes, options);
        if (token !== null) {
          this.#chosen = candidate;
          return token;
        }
        tried.push({ label: way.label, why: 'it gave no token' });
      } catch (error) {
        if (options?.abortSignal?.aborted === true) throw error;
        tried.push({ label: way.label, why: signInReason(error) });
        if (!unavailable(error)) throw this.#failed([{ label: way.label, why: signInReason(error) }]);
      }
    }
    throw this.#failed(tried);
  }

  async #ask(
    chosen: { readonly way: SignInWay; readonly credential: TokenCredential },
    scopes: string | string[],
    options?: GetTokenOptions,
  ): Promise<AccessToken> {
    try {
      const token = await chosen.credential.getToken(scopes, options);
      if (token === null) throw new Error('it gave no token');
      return token;
    } catch (error) {
      if (options?.abortSignal?.aborted === true) throw error;
      throw this.#failed([{ label: chosen.way.label, why: signInReason(error) }]);
    }
  }

  #failed(tried: readonly Tried[]): AzureError {
    const list = tried.map(({ label, why }) => `${label}: ${why.replace(/\.$/, '')}`).join('; ');
    return new AzureError({
      class: 'not-signed-in',
      azureCode: 'SignInFailed',
      message: `Not signed in to Azure. Tried: ${list === '' ? 'nothing' : list}.`,
      hints: this.#hints,
    });
  }
}
