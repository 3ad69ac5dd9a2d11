import type { Emit } from '../../core/events.ts';
import type { Clock } from '../../core/ports.ts';
import type { RefreshMemory, Registration } from '../../model/ports.ts';

export interface RegistrationWork {
  readonly registration: Registration;
  readonly memory: RefreshMemory;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Aborts on Ctrl-C; what Azure was asked for goes on there. */
  readonly signal: AbortSignal;
}

/** What registering needs beyond that. */
export interface RegisterWork extends RegistrationWork {
  /** The line that goes on with subscriptions (by id) that were left waiting, ready to be typed. */
  continueWith(subscriptionIds: readonly string[]): string;
}

export interface RegisterOptions {
  /** Return once Azure was asked. */
  readonly noWait?: boolean | undefined;
  /** How long to wait for Registered; without it until it is so. Then exit `waiting`, with the line that continues. */
  readonly timeoutSeconds?: number | undefined;
}

/** Hears Azure's word at every reading while waiting. */
export type Seen = (word: string) => void;
