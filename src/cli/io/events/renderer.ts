import { eventLevel, type Event, type EventLevel } from '../../../core/events.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Clock } from '../../../core/ports.ts';
import type { ErrorReport } from '../error-report.ts';
import type { Messages } from '../output.ts';
import type { Reader } from '../terminal-text.ts';

/** Shows events on stderr. There are four implementations. */
export interface Renderer {
  emit(event: Event): void;
  /** Shows a message. */
  say(text: string): void;
  error(report: ErrorReport): void;
  /** Shows text that belongs to a question, always. */
  ask(text: string): void;
  /** Shows the plan of a confirmation as data. A renderer without this method shows the summary. */
  consent?(request: {
    readonly summary: string;
    readonly question: string;
    readonly data: JsonObject | undefined;
  }): void;
  /** Draws nothing while `work` runs, because it prompts on the same terminal. */
  still<T>(work: () => Promise<T>): Promise<T>;
  /** Clears the progress display and waits until everything is written. Nothing keeps the process alive afterwards. */
  close(): Promise<void>;
}

export interface RendererOptions {
  readonly messages: Messages;
  readonly clock: Clock;
  readonly colour: boolean;
  readonly verbose: boolean;
  readonly debug: boolean;
  /** Who reads it. */
  readonly reader: Reader;
}

/** Without a terminal, a wait writes a line at least every 30 s. */
export const heartbeatMilliseconds = 25_000;

const order: readonly EventLevel[] = ['debug', 'info', 'warning', 'error'];

export function reaches(event: Event, level: EventLevel): boolean {
  return order.indexOf(eventLevel(event)) >= order.indexOf(level);
}

/** Adds the missing newline. */
export function line(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
