import { eventLevel, type Event, type EventLevel } from '../../../core/events.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Clock } from '../../../core/ports.ts';
import type { ErrorReport } from '../error-report.ts';
import type { Messages } from '../output.ts';
import type { Reader } from '../terminal-text.ts';

/** Shows what long work tells, on stderr. Four of them are fed by the same events. */
export interface Renderer {
  emit(event: Event): void;
  /** Text for people. */
  say(text: string): void;
  error(report: ErrorReport): void;
  /** Text that belongs to a question; shown in any case. */
  ask(text: string): void;
  /** What will happen, as a record, whoever answers; a renderer without it tells the summary. */
  consent?(request: {
    readonly summary: string;
    readonly question: string;
    readonly data: JsonObject | undefined;
  }): void;
  /** Nothing is drawn while `work` runs: it asks on the same terminal. */
  still<T>(work: () => Promise<T>): Promise<T>;
  /** Clears what is drawn and waits until all is written. Nothing keeps the process alive afterwards. */
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

/** A wait without a terminal speaks at least every 30 s. */
export const heartbeatMilliseconds = 25_000;

const order: readonly EventLevel[] = ['debug', 'info', 'warning', 'error'];

export function reaches(event: Event, level: EventLevel): boolean {
  return order.indexOf(eventLevel(event)) >= order.indexOf(level);
}

/** Text always ends its line. */
export function line(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
