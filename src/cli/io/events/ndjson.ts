import { eventLine, type Event, type EventLevel } from '../../../core/events.ts';
import type { ErrorReport } from '../error-report.ts';
import { Heartbeat } from './heartbeat.ts';
import { OpenTasks } from './open-tasks.ts';
import { reaches, type Renderer, type RendererOptions } from './renderer.ts';

/** Writes every event as one line of JSON, an error as the last one, and nothing else to stderr. */
export class NdjsonRenderer implements Renderer {
  readonly #options: RendererOptions;
  readonly #level: EventLevel;
  readonly #tasks: OpenTasks;
  readonly #heartbeat: Heartbeat;

  constructor(options: RendererOptions, onlyErrors: boolean) {
    this.#options = options;
    this.#level = onlyErrors ? 'error' : options.debug || options.verbose ? 'debug' : 'info';
    this.#tasks = new OpenTasks(options.clock);
    this.#heartbeat = new Heartbeat(options.clock, () => {
      const oldest = this.#tasks.oldest();
      if (oldest !== undefined) this.#write({ type: 'task.progress', task: oldest.task, message: oldest.message });
    });
  }

  emit(event: Event): void {
    this.#tasks.take(event);
    if (this.#tasks.size > 0) this.#heartbeat.start();
    else this.#heartbeat.stop();
    this.#write(event);
  }

  say(text: string): void {
    this.#write({ type: 'notice', level: 'info', code: 'message', message: text.trimEnd() });
  }

  ask(text: string): void {
    this.#write({ type: 'notice', level: 'warning', code: 'consent', message: text.trimEnd() });
  }

  /** If the plan is available as data, its text is redundant. */
  consent({ summary, question, data }: Parameters<NonNullable<Renderer['consent']>>[0]): void {
    const fields = data === undefined ? { message: summary.trimEnd() } : { message: question, data };
    this.#write({ type: 'notice', level: 'warning', code: 'consent', ...fields });
  }

  error(report: ErrorReport): void {
    const { code, message, hints, exit, details, stack } = report;
    const labelled = Object.fromEntries([...details, ...(stack === undefined ? [] : [['Stack', stack] as const])]);
    this.#write({ type: 'error', code, message, hints, exitCode: exit, details: labelled });
  }

  async still<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  async close(): Promise<void> {
    this.#heartbeat.stop();
    await this.#options.messages.flush();
  }

  #write(event: Event): void {
    if (!reaches(event, this.#level)) return;
    this.#options.messages.write(`${eventLine(event, this.#options.clock.now())}\n`);
    this.#heartbeat.reset();
  }
}
