import type { ErrorCode } from './error-codes.ts';
import type { NoticeCode } from './notice-codes.ts';
import type { JsonObject } from './json.ts';
import { redact } from './redact.ts';

/** The events of long-running work, in one registry. A terminal, a log, NDJSON and `none` each render them. */
interface EventPayloads {
  /** A task began that may take a while. `task` is unique while it runs. */
  'task.started': { readonly task: string; readonly message: string };
  'task.progress': { readonly task: string; readonly message: string };
  'task.finished': { readonly task: string; readonly message: string; readonly outcome: TaskOutcome };
  /** Something the user should read now. */
  notice: {
    readonly level: 'info' | 'warning';
    /** The exit code of an error, if one part of the work failed and the rest continues. */
    readonly code: NoticeCode | ErrorCode;
    readonly message: string;
    /** What the message is about, for programs: the plans before a confirmation. */
    readonly data?: JsonObject;
  };
  /** A request will be sent again after a pause. */
  'request.retried': {
    readonly method: string;
    readonly path: string;
    readonly attempt: number;
    readonly maxAttempts: number;
    readonly delaySeconds: number;
    readonly reason: string;
  };
  /** A request was answered (shown only with --verbose and --debug). `path` has no query string. */
  'request.answered': {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly milliseconds: number;
    readonly requestId?: string;
    readonly correlationId?: string;
  };
  /**
   * The command failed: the last event of a run, emitted by the runner; other code throws its errors. Or one part
   * failed without affecting the result.
   */
  error: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly hints: readonly string[];
    readonly exitCode: number;
    /** Azure's error code and request IDs, by label. */
    readonly details: { readonly [label: string]: string };
  };
}

export type TaskOutcome = 'succeeded' | 'failed' | 'skipped' | 'stopped';
export type EventType = keyof EventPayloads;
export type Event = { [T in EventType]: { readonly type: T } & EventPayloads[T] }[EventType];
export type Emit = (event: Event) => void;

export type EventLevel = 'debug' | 'info' | 'warning' | 'error';

export interface EventRecord<T extends EventType> {
  readonly meaning: string;
  level(event: EventPayloads[T]): EventLevel;
  text(event: EventPayloads[T]): string;
}

export const eventTypes: { readonly [T in EventType]: EventRecord<T> } = {
  'task.started': {
    meaning: 'A task started that may take a while.',
    level: () => 'info',
    text: (event) => event.message,
  },
  'task.progress': {
    meaning: 'The task is still running; the message says how far it is.',
    level: () => 'info',
    text: (event) => event.message,
  },
  'task.finished': {
    meaning: 'The task ended; `outcome` says how.',
    level: (event) => (event.outcome === 'failed' ? 'error' : 'info'),
    text: (event) => event.message,
  },
  notice: {
    meaning: 'Something you should read now; `code` is stable.',
    level: (event) => event.level,
    text: (event) => event.message,
  },
  'request.retried': {
    meaning: 'A request is retried after a pause; `reason` says why.',
    level: () => 'info',
    text: (event) =>
      `${event.reason}; retrying in ${String(event.delaySeconds)} s (attempt ${String(event.attempt)} of ${String(event.maxAttempts)})`,
  },
  'request.answered': {
    meaning: 'A request was answered; shown with --verbose and --debug. The path has no query string.',
    level: () => 'debug',
    text: (event) =>
      `${event.method} ${event.path} ${String(event.status)} in ${String(event.milliseconds)} ms` +
      (event.requestId === undefined ? '' : ` request-id ${event.requestId}`) +
      (event.correlationId === undefined ? '' : ` correlation-id ${event.correlationId}`),
  },
  error: {
    meaning:
      'The command failed; this is the last event of the run. Or one part failed but the result stands, such as a file that could not be written. `exitCode` is the exit code of the process.',
    level: () => 'error',
    text: (event) => event.message,
  },
};

export function eventLevel(event: Event): EventLevel {
  return (eventTypes[event.type] as EventRecord<EventType>).level(event);
}

/** The text for people, without secrets. */
export function eventText(event: Event): string {
  return redact((eventTypes[event.type] as EventRecord<EventType>).text(event));
}

/** The NDJSON form, one line without its newline: the event with its time in ISO 8601, without secrets. */
export function eventLine(event: Event, now: number): string {
  return JSON.stringify({ time: new Date(now).toISOString(), ...event }, (_, value: unknown) =>
    typeof value === 'string' ? redact(value) : value,
  );
}
