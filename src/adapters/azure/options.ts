import type { Emit } from '../../core/events.ts';
import type { HttpHandler } from '../../core/http.ts';
import type { CacheFiles, Clock, Ids } from '../../core/ports.ts';
import type { AnswerLimits } from './http-client.ts';

/** A token as the in-process door needs it; `expiresOn` in seconds since the epoch, by the clock that is handed in. */
export interface PlainToken {
  readonly token: string;
  readonly expiresOn: number;
}

export interface AzureOptions {
  /** AzureCloud, AzureUSGovernment, AzureChinaCloud; whatever the case. */
  readonly cloud: string;
  readonly azureConfigDir: string;
  /** The text of the Azure CLI's azureProfile.json; it may begin with a byte order mark. */
  readonly profileText: string | undefined;
  /**
   * One of `signInMethods`; undefined: the Azure CLI's account where its profile names the subscription, else the usual
   * chain.
   */
  readonly signIn: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  readonly files: CacheFiles;
  readonly cacheDir: string;
  /** Another ARM endpoint: https only, and loopback only unless `allowEndpoint`. */
  readonly endpoint?: string | undefined;
  /** Certificates (PEM) to trust beside Node's own. */
  readonly caPem?: string | undefined;
  readonly allowEndpoint?: boolean | undefined;
  readonly deviceCodePrompt?: ((message: string) => void) | undefined;
  /** The in-process door: answers every request instead of the network. */
  readonly transport?: HttpHandler | undefined;
  /** In place of signing in; with `transport`, in tests. */
  readonly credential?: ((scope: string) => PlainToken | Promise<PlainToken>) | undefined;
  /** For the user agent. */
  readonly version?: string | undefined;
  /** What an answer may take; tests are less patient. */
  readonly limits?: AnswerLimits | undefined;
}
