import { eventText, type Event, type TaskOutcome } from '../../../core/events.ts';
import { duration, oneLine, printable } from '../../../core/text.ts';
import { paint } from '../colour.ts';
import { errorText, type ErrorReport } from '../error-report.ts';
import { Heartbeat } from './heartbeat.ts';
import { OpenTasks, withoutTime } from './open-tasks.ts';
import { line, type Renderer, type RendererOptions } from './renderer.ts';

/** One line per event, for logs. A long wait repeats its message. */
export class PlainRenderer implements Renderer {
  readonly #options: RendererOptions;
  readonly #tasks: OpenTasks;
  readonly #heartbeat: Heartbeat;

  constructor(options: RendererOptions) {
    this.#options = options;
    this.#tasks = new OpenTasks(options.clock);
    this.#heartbeat = new Heartbeat(options.clock, () => {
      this.#stillWaiting();
    });
  }

  emit(event: Event): void {
    const news = this.#tasks.take(event);
    if (this.#tasks.size > 0) this.#heartbeat.start();
    else this.#heartbeat.stop();
    const { verbose, debug } = this.#options;
    if (!news || (event.type === 'request.answered' && !verbose && !debug)) return;
    this.#write(this.#time() + plainLine(event, this.#options.colour));
  }

  say(text: string): void {
    this.#write(printable(text));
  }

  ask(text: string): void {
    this.say(text);
  }

  error(report: ErrorReport): void {
    this.#write(errorText(report, this.#options.colour));
  }

  async still<T>(work: () => Promise<T>): Promise<T> {
    this.#heartbeat.stop();
    try {
      return await work();
    } finally {
      if (this.#tasks.size > 0) this.#heartbeat.start();
    }
  }

  async close(): Promise<void> {
    this.#heartbeat.stop();
    await this.#options.messages.flush();
  }

  #stillWaiting(): void {
    const oldest = this.#tasks.oldest();
    if (oldest === undefined) return;
    const others = this.#tasks.size - 1;
    const more = others === 0 ? '' : ` (and ${String(others)} more)`;
    const what = withoutTime(oneLine(oldest.message)).replace(/[.…]+$/, '');
    this.#write(`${this.#time()}Still: ${what}, ${duration(this.#tasks.seconds(oldest))}${more}`);
  }

  #time(): string {
    return this.#options.verbose || this.#options.debug ? `${new Date(this.#options.clock.now()).toISOString()} ` : '';
  }

  #write(text: string): void {
    this.#options.messages.write(line(text));
    this.#heartbeat.reset();
  }
}

const outcomes: Readonly<Record<TaskOutcome, string>> = {
  succeeded: '',
  failed: 'Failed: ',
  skipped: 'Skipped: ',
  stopped: 'Stopped: ',
};

/** An event as one line. */
export function plainLine(event: Event, colour: boolean): string {
  const text = oneLine(eventText(event));
  if (event.type === 'notice' && event.level === 'warning') return paint(`WARNING: ${text}`, 'yellow', colour);
  if (event.type === 'error') return paint(`ERROR: ${text}`, 'red', colour);
  if (event.type !== 'task.finished') return text;
  const outcome = outcomes[event.outcome];
  return event.outcome === 'failed' ? paint(`${outcome}${text}`, 'red', colour) : `${outcome}${text}`;
}
