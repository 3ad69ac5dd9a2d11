import { eventText, type Event } from '../../../core/events.ts';
import type { Clock } from '../../../core/ports.ts';

export interface OpenTask {
  readonly message: string;
  readonly since: number;
}

/** The text of a task without its elapsed time, because the renderer shows the current one. */
export function withoutTime(text: string): string {
  return text.replace(/ \((?:\d+[dhms] ?)+\)$/, '');
}

/** The running tasks with their latest message and start time. */
export class OpenTasks {
  readonly #clock: Clock;
  readonly #tasks = new Map<string, OpenTask>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#tasks.size;
  }

  /** Returns false if the event is a repetition. */
  take(event: Event): boolean {
    if (event.type === 'task.finished') {
      this.#tasks.delete(event.task);
      return true;
    }
    if (event.type !== 'task.started' && event.type !== 'task.progress') return true;
    const known = this.#tasks.get(event.task);
    const message = eventText(event);
    this.#tasks.set(event.task, { message, since: known?.since ?? this.#clock.now() });
    return known?.message !== message;
  }

  /** The task that has run longest, and its id. */
  oldest(): (OpenTask & { readonly task: string }) | undefined {
    for (const [task, open] of this.#tasks) return { task, ...open };
    return undefined;
  }

  /** Seconds that a task has run. */
  seconds(task: OpenTask): number {
    return (this.#clock.now() - task.since) / 1000;
  }
}
