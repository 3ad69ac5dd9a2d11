import type { Emit } from '../../core/events.ts';
import type { Clock, Files, Ids } from '../../core/ports.ts';
import type { Azure } from '../../model/ports.ts';
import type { Terminal } from '../io/output.ts';
import type { ConsentRequest, Prompts } from './prompts.ts';

/** Settings from the Azure CLI's config file and from environment variables. */
export interface Settings {
  /** AZURE_CONFIG_DIR, or ~/.azure. Absolute. */
  readonly azureConfigDir: string;
  /** Why the Azure CLI's config file is not used, as a sentence. */
  readonly configProblem?: string;
  /** [core] output / AZURE_CORE_OUTPUT. */
  readonly output: string | undefined;
  readonly onlyShowErrors: boolean;
  readonly noColor: boolean;
  /** [defaults] group / AZURE_DEFAULTS_GROUP. */
  readonly defaultGroup: string | undefined;
  /** [cloud] name / AZURE_CLOUD_NAME; AzureCloud, AzureUSGovernment or AzureChinaCloud. */
  readonly cloud: string;
  /** The name in the Azure CLI; a custom cloud keeps its own name. */
  readonly azureCloud?: string;
  readonly ruleset: string | undefined;
  /** --sign-in, or AKS_LOCALDNS_SIGN_IN. */
  readonly signIn: string | undefined;
  /** The cache directory: AKS_LOCALDNS_CACHE_DIR, XDG_CACHE_HOME/aks-localdns, or ~/.cache/aks-localdns. Absolute. */
  readonly cacheDir: string;
  readonly armEndpoint: string | undefined;
  readonly caFile: string | undefined;
  readonly allowEndpoint: boolean;
}

/** Everything that a command needs from its environment. */
export interface Context {
  /** The version of the program. */
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly files: Files;
  /** Aborts on Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  readonly settings: Settings;
  readonly terminal: Terminal;
  readonly emit: Emit;
  /** Writes a message to stderr; hidden by --only-show-errors. */
  readonly say: (text: string) => void;
  /**
   * Asks on a terminal; true under --yes. Rejects with UsageError `consent-needed` (exit 2, naming --yes) if there is
   * no terminal to prompt on.
   */
  readonly consent: (request: ConsentRequest) => Promise<boolean>;
  readonly prompts: Prompts;
  /**
   * The bytes of a named file, or of standard input for `-`. Rejects with CliError `file-not-found` (exit 3),
   * `file-not-readable`, `file-too-large`, and with InterruptedError.
   */
  readonly input: (file: string, maxBytes: number) => Promise<Uint8Array>;
  /** The lines of a named file, which may be larger than memory. */
  readonly inputLines: (file: string) => AsyncIterable<string>;
  /** Signs in lazily: no Azure code loads before this is called. */
  readonly azure: () => Promise<Azure>;
}
