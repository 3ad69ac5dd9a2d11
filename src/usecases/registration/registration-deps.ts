import type { Emit } from '../../core/events.ts';
import type { Clock } from '../../core/ports.ts';
import type { RefreshMemory, Registration } from '../../model/ports.ts';

export interface RegistrationDeps {
  readonly registration: Registration;
  readonly memory: RefreshMemory;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Aborts on Ctrl-C; a request that Azure accepted continues there. */
  readonly signal: AbortSignal;
}

/** What registering needs in addition. */
export interface RegisterDeps extends RegistrationDeps {
  /** The command that continues with subscriptions (by id) that are still waiting. */
  continueWith(subscriptionIds: readonly string[]): string;
}

export interface RegisterOptions {
  /** Return once the request is accepted. */
  readonly noWait?: boolean | undefined;
  /** How long to wait for Registered before the exit code `waiting`. No limit by default. */
  readonly timeoutSeconds?: number | undefined;
}

/** Receives the state of every reading while waiting. */
export type Seen = (word: string) => void;
