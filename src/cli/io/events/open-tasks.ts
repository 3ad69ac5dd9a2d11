import { eventText, type Event } from '../../../core/events.ts';
import type { Clock } from '../../../core/ports.ts';

export interface OpenTask {
  readonly message: string;
  readonly since: number;
}

/** The text of a task without the time that it had run when it said so; the renderer tells the time itself. */
export function withoutTime(text: string): string {
  return text.replace(/ \((?:\d+[dhms] ?)+\)$/, '');
}

/** Which tasks run, what each said last, and since when. */
export class OpenTasks {
  readonly #clock: Clock;
  readonly #tasks = new Map<string, OpenTask>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#tasks.size;
  }

  /** False if the event says nothing new. */
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

  /** The one that has run longest, and its id. */
  oldest(): (OpenTask & { readonly task: string }) | undefined {
    for (const [task, open] of this.#tasks) return { task, ...open };
    return undefined;
  }

  /** Seconds that a task has run. */
  seconds(task: OpenTask): number {
    return (this.#clock.now() - task.since) / 1000;
  }
}
