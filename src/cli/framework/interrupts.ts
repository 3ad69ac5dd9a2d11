import { InterruptedError } from '../../core/errors.ts';
import { exitCode, type ExitCodeName } from '../../core/exit-codes.ts';
import type { Renderer } from '../io/events/renderer.ts';
import type { InterruptSignal, MainIo } from './main-io.ts';

/** The first Ctrl-C (or SIGTERM) stops new work through the abort signal; the second ends the process at once. */
export class Interrupts {
  readonly #abort = new AbortController();
  readonly #forget: () => void;
  #first: InterruptSignal | undefined;

  constructor(io: Pick<MainIo, 'onSignal' | 'endNow' | 'stderr'>, renderer: Renderer) {
    this.#forget = io.onSignal((signal) => {
      if (this.#first !== undefined) {
        // Gives the terminal its cursor back.
        renderer.close().catch(() => undefined);
        io.endNow(exitCode(this.exit));
        return;
      }
      this.#first = signal;
      if (io.stderr.isTTY) renderer.say('Stopping. Press Ctrl-C again to exit immediately.');
      this.#abort.abort(new InterruptedError());
    });
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get exit(): Extract<ExitCodeName, 'interrupted' | 'terminated'> {
    return this.#first === 'SIGTERM' ? 'terminated' : 'interrupted';
  }

  /** What a library throws because of the abort is the interrupt itself. */
  translate(error: unknown): unknown {
    if (this.#first === undefined || error instanceof InterruptedError) return error;
    return error instanceof Error && error.name === 'AbortError' ? new InterruptedError() : error;
  }

  done(): void {
    this.#forget();
  }
}
