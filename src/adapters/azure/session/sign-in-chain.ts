import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/identity';
import { AzureError } from '../../../model/azure-error.ts';
import { safeText } from '../../../core/redact.ts';
import { clip } from '../../../core/text.ts';

/** One sign-in method, ready to be tried. */
export interface SignInCandidate {
  readonly id: string;
  readonly label: string;
  /** Why it cannot be tried. */
  readonly missing: string | undefined;
  create(): Promise<TokenCredential>;
}

interface Tried {
  readonly label: string;
  readonly why: string;
}

/**
 * Entra ID's own message, without the text that msal puts around it: `invalid_client: Error(s): 7000215 - Timestamp: …
 * - Description: AADSTS…`.
 */
const entraWords = /AADSTS\d+:[\s\S]*?(?=\s*(?:Trace ID|Correlation ID|Timestamp)\s*:|$)/;
const appendix =
  /(?:Trace ID|Correlation ID|See the troubleshooting guide|To troubleshoot, visit|More details:)[\s\S]*/i;

/** The message of a credential error, in one line. */
export function signInReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const words = entraWords.exec(text)?.[0] ?? text.replace(appendix, ' ');
  const line = safeText(words)
    .replace(/^\w+(?:Credential|Error)\s*:\s*/, '')
    .replace(/^[a-z]+(?:_[a-z]+)+:\s*/, '');
  return clip(line, 400) || 'no reason was given';
}

/** An error after which the next method is tried, because this one is not set up on this machine. */
function unavailable(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'CredentialUnavailableError' || error.name === 'AuthenticationRequiredError')
  );
}

/**
 * Tries methods in order and keeps the first that returns a token, so that the account does not change during a run.
 */
export class SignInChain implements TokenCredential {
  readonly #candidates: readonly SignInCandidate[];
  readonly #hints: readonly string[];
  #chosen: { readonly candidate: SignInCandidate; readonly credential: TokenCredential } | undefined;

  constructor(candidates: readonly SignInCandidate[], hints: readonly string[]) {
    this.#candidates = candidates;
    this.#hints = hints;
  }

  async getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken> {
    if (this.#chosen !== undefined) return this.#ask(this.#chosen, scopes, options);
    const tried: Tried[] = [];
    for (const candidate of this.#candidates) {
      if (candidate.missing !== undefined) {
        tried.push({ label: candidate.label, why: candidate.missing });
        continue;
      }
      try {
        const signedIn = { candidate, credential: await candidate.create() };
        const token = await signedIn.credential.getToken(scopes, options);
        if (token !== null) {
          this.#chosen = signedIn;
          return token;
        }
        tried.push({ label: candidate.label, why: 'no token was returned' });
      } catch (error) {
        if (options?.abortSignal?.aborted === true) throw error;
        tried.push({ label: candidate.label, why: signInReason(error) });
        if (!unavailable(error)) throw this.#failed([{ label: candidate.label, why: signInReason(error) }]);
      }
    }
    throw this.#failed(tried);
  }

  async #ask(
    chosen: { readonly candidate: SignInCandidate; readonly credential: TokenCredential },
    scopes: string | string[],
    options?: GetTokenOptions,
  ): Promise<AccessToken> {
    try {
      const token = await chosen.credential.getToken(scopes, options);
      if (token === null) throw new Error('no token was returned');
      return token;
    } catch (error) {
      if (options?.abortSignal?.aborted === true) throw error;
      throw this.#failed([{ label: chosen.candidate.label, why: signInReason(error) }]);
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
