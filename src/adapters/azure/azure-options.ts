import type { Emit } from '../../core/events.ts';
import type { HttpHandler } from '../../core/http.ts';
import type { CacheFiles, Clock, Ids } from '../../core/ports.ts';
import type { AnswerLimits } from './http-client.ts';

/** A token for the in-process transport; `expiresOn` is in seconds since the epoch, by the given clock. */
interface PlainToken {
  readonly token: string;
  readonly expiresOn: number;
}

export interface AzureOptions {
  /** AzureCloud, AzureUSGovernment or AzureChinaCloud; case-insensitive. */
  readonly cloud: string;
  /** The name of the cloud in the Azure CLI's profile, if it differs. */
  readonly profileCloud?: string | undefined;
  readonly azureConfigDir: string;
  /** The text of the Azure CLI's azureProfile.json; it may start with a byte order mark. */
  readonly profileText: string | undefined;
  /**
   * One of `signInMethods`. If undefined: the Azure CLI's account if its profile lists the subscription, otherwise the
   * default chain.
   */
  readonly signIn: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  readonly files: CacheFiles;
  readonly cacheDir: string;
  /** A custom ARM endpoint: https only, and loopback only unless `allowEndpoint` is set. */
  readonly endpoint?: string | undefined;
  /** Certificates (PEM) to trust in addition to Node's own. */
  readonly caPem?: string | undefined;
  readonly allowEndpoint?: boolean | undefined;
  readonly deviceCodePrompt?: ((message: string) => void) | undefined;
  /** In-process transport: answers every request instead of the network. */
  readonly transport?: HttpHandler | undefined;
  /** Replaces signing in; used with `transport`, in tests. */
  readonly credential?: ((scope: string) => PlainToken | Promise<PlainToken>) | undefined;
  /** Used in the user agent. */
  readonly version?: string | undefined;
  /** The limits of an answer; tests use shorter ones. */
  readonly limits?: AnswerLimits | undefined;
}
