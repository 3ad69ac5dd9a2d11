import type { Ora } from 'ora';
import { eventText, type Event, type TaskOutcome } from '../../../core/events.ts';
import { duration, oneLine, printable } from '../../../core/text.ts';
import { paint, type Style } from '../colour.ts';
import { errorText, type ErrorReport } from '../error-report.ts';
import { OpenTasks, withoutTime } from './open-tasks.ts';
import { plainLine } from './plain.ts';
import { terminalText } from '../terminal-text.ts';
import { line, type Renderer, type RendererOptions } from './renderer.ts';

/** Shorter tasks draw nothing. */
const delayMilliseconds = 300;

/** The sign, a blank, and the time behind. */
const spinnerWidth = 12;

/** After this time, the spinner shows the elapsed time. */
const elapsedFromSeconds = 5;

const symbols: Readonly<Record<TaskOutcome, readonly [string, Style]>> = {
  succeeded: ['✔', 'green'],
  failed: ['✖', 'red'],
  skipped: ['-', 'grey'],
  stopped: ['■', 'yellow'],
};

export interface TerminalOptions extends RendererOptions {
  readonly stream: NodeJS.WritableStream;
}

/** One spinner for all open tasks; a finished task leaves a line. */
export class TerminalRenderer implements Renderer {
  readonly #options: TerminalOptions;
  readonly #tasks: OpenTasks;
  readonly #closed = new AbortController();
  #spinner: Ora | undefined;
  #waiting = false;
  #asking = false;
  #latest = '';

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.#tasks = new OpenTasks(options.clock);
  }

  emit(event: Event): void {
    const news = this.#tasks.take(event);
    if (event.type === 'task.started' || event.type === 'task.progress') this.#latest = oneLine(eventText(event));
    if (this.#tasks.size === 0) {
      this.#spinner?.stop();
      this.#spinner = undefined;
    }
    const text = news ? this.#lineOf(event) : undefined;
    if (text !== undefined) this.#write(text);
    if (event.type === 'task.finished') this.#latest = oneLine(this.#tasks.oldest()?.message ?? '');
    this.#draw();
  }

  say(text: string): void {
    this.#write(printable(text));
  }

  ask(text: string): void {
    this.say(text);
  }

  error(report: ErrorReport): void {
    this.#spinner?.stop();
    this.#write(errorText(report, this.#options.colour));
  }

  async still<T>(work: () => Promise<T>): Promise<T> {
    this.#asking = true;
    this.#spinner?.stop();
    await this.#options.messages.flush();
    try {
      return await work();
    } finally {
      this.#asking = false;
      this.#draw();
    }
  }

  async close(): Promise<void> {
    this.#closed.abort();
    this.#spinner?.stop();
    await this.#options.messages.flush();
  }

  /** The line that an event leaves; none if the spinner shows it. */
  #lineOf(event: Event): string | undefined {
    const { colour, verbose, debug } = this.#options;
    if (event.type === 'task.finished') {
      const [symbol, style] = symbols[event.outcome];
      return `${paint(symbol, style, colour)} ${oneLine(eventText(event))}`;
    }
    if (event.type === 'task.started' || event.type === 'task.progress')
      return verbose || debug ? plainLine(event, colour) : undefined;
    if (event.type === 'request.answered')
      return verbose || debug ? paint(plainLine(event, false), 'grey', colour) : undefined;
    return plainLine(event, colour);
  }

  #write(text: string): void {
    const spinning = this.#spinner?.isSpinning === true;
    if (spinning) this.#spinner?.stop();
    this.#options.messages.write(line(text));
    if (spinning) this.#draw();
  }

  #draw(): void {
    if (this.#tasks.size === 0 || this.#asking || this.#closed.signal.aborted) return;
    if (this.#spinner === undefined) {
      this.#begin();
      return;
    }
    this.#spinner.text = this.#fitted(withoutTime(this.#latest));
    if (!this.#spinner.isSpinning) this.#spinner.start();
  }

  #begin(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#load()
      .catch(() => undefined)
      .finally(() => {
        this.#waiting = false;
      });
  }

  async #load(): Promise<void> {
    await this.#options.clock.sleep(delayMilliseconds, this.#closed.signal);
    if (this.#tasks.size === 0) return;
    const { default: ora } = await import('ora');
    this.#spinner = ora({
      stream: this.#options.stream,
      isEnabled: true,
      // Ctrl-C must remain a signal, and type-ahead is harmless.
      discardStdin: false,
      color: this.#options.colour ? 'cyan' : false,
      ...(this.#options.reader.ascii ? { spinner: 'line' as const } : {}),
      suffixText: () => this.#suffix(),
    });
    this.#draw();
  }

  /** Beside the spinner, and with the time behind it. */
  #fitted(text: string): string {
    const { width, ascii } = this.#options.reader;
    return terminalText(text, { width: width === undefined ? undefined : width - spinnerWidth, ascii });
  }

  #suffix(): string {
    const oldest = this.#tasks.oldest();
    if (oldest === undefined) return '';
    const seconds = this.#tasks.seconds(oldest);
    const others = this.#tasks.size - 1;
    const parts = [
      seconds < elapsedFromSeconds ? '' : duration(seconds),
      others === 0 ? '' : `${String(others)} more`,
    ].filter((part) => part !== '');
    return parts.length === 0 ? '' : paint(`(${parts.join(', ')})`, 'grey', this.#options.colour);
  }
}
