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

export interface RegisterOptions {
  /** Return once Azure was asked. */
  readonly noWait?: boolean | undefined;
  /** How long to wait for Registered; without it until it is so. Then exit `waiting`, with the line that continues. */
  readonly timeoutSeconds?: number | undefined;
}

/** For a caller that registers as one of several steps. */
export interface RegisterHooks {
  /** The caller's own line in place of the step's. */
  readonly continueWith?: string | undefined;
  /** Azure's word at every reading while waiting. */
  readonly seen?: ((word: string) => void) | undefined;
}
