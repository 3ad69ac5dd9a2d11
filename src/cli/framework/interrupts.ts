import { InterruptedError } from '../../core/errors.ts';
import { exitCode, type ExitCodeName } from '../../core/exit-codes.ts';
import type { Renderer } from '../io/events/renderer.ts';
import type { InterruptSignal, MainIo } from './main-io.ts';

/** The first Ctrl-C (or SIGTERM) aborts the signal; the second ends the process immediately. */
export class Interrupts {
  readonly #abort = new AbortController();
  readonly #forget: () => void;
  #first: InterruptSignal | undefined;

  constructor(io: Pick<MainIo, 'onSignal' | 'endNow' | 'stderr'>, renderer: Renderer) {
    this.#forget = io.onSignal((signal) => {
      if (this.#first !== undefined) {
        // Restores the cursor of the terminal.
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

  /** Converts what a library throws because of the abort to the interrupt. */
  translate(error: unknown): unknown {
    if (this.#first === undefined || error instanceof InterruptedError) return error;
    return error instanceof Error && error.name === 'AbortError' ? new InterruptedError() : error;
  }

  done(): void {
    this.#forget();
  }
}
