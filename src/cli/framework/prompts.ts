import { InterruptedError, UsageError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Renderer } from '../io/events/renderer.ts';
import type { Input, Output, Terminal } from '../io/output.ts';
import type { TimeLimit } from './time-limit.ts';
import type * as Questions from '../prompts/questions.ts';
import type { ChoiceQuestion, Streams, TextQuestion } from '../prompts/questions.ts';

/** A confirmation prompt before a change. */
export interface ConsentRequest {
  /** What will happen, ready to print. Shown before the question, and also if --yes answers it. */
  readonly summary: string;
  readonly question: string;
  /** The summary as data. */
  readonly data?: JsonObject;
  /** True if --yes was given. */
  readonly yes: boolean;
}

/** A sentence that names the option to use without a terminal. */
interface Otherwise {
  readonly otherwise: string;
}

/**
 * Questions on a terminal. Rejects with UsageError `terminal-needed` if there is none, and with InterruptedError on
 * Ctrl-C, on an abort and at the end of input.
 */
export interface Prompts {
  /** Selects one of a few choices. */
  select<T>(question: ChoiceQuestion<T> & Otherwise): Promise<T>;
  /** Selects one of many choices; typing filters them. */
  search<T>(question: ChoiceQuestion<T> & Otherwise): Promise<T>;
  input(question: TextQuestion & Otherwise): Promise<string>;
}

export interface Asking {
  readonly renderer: Renderer;
  readonly terminal: Terminal;
  readonly stdin: Input;
  readonly stderr: Output;
  readonly signal: AbortSignal;
  /** Paused during a question. */
  readonly limit: TimeLimit;
}

/** Loads the prompts only when a question is asked. */
async function ask<T>(
  { renderer, terminal, stdin, stderr, signal, limit }: Asking,
  refusal: () => UsageError,
  question: (questions: typeof Questions, streams: Streams) => Promise<T>,
): Promise<T> {
  if (signal.aborted) throw new InterruptedError();
  if (!terminal.stdin || !terminal.stderr) throw refusal();
  return limit.hold(async () =>
    renderer.still(async () =>
      question(await import('../prompts/questions.ts'), { input: stdin.stream, output: stderr.stream, signal }),
    ),
  );
}

export function createPrompts(asking: Asking): Prompts {
  const needed =
    ({ message, otherwise }: { readonly message: string } & Otherwise) =>
    (): UsageError =>
      new UsageError(`There is no terminal to prompt on: ${message}`, [otherwise], 'terminal-needed');
  return {
    select: async (question) => ask(asking, needed(question), async ({ select }, streams) => select(question, streams)),
    search: async (question) => ask(asking, needed(question), async ({ search }, streams) => search(question, streams)),
    input: async (question) => ask(asking, needed(question), async ({ input }, streams) => input(question, streams)),
  };
}

/**
 * Context.consent: shows what will happen, then asks. Only --yes or an answer on a terminal confirms, never a setting
 * or an environment variable.
 */
export function createConsent(asking: Asking): (request: ConsentRequest) => Promise<boolean> {
  const { renderer, signal } = asking;
  const needed = (): UsageError =>
    new UsageError(
      'Confirmation is required, but there is no terminal to prompt on. Use --yes to confirm.',
      [],
      'consent-needed',
    );
  return async ({ summary, question, data, yes }) => {
    if (summary !== '') {
      if (renderer.consent !== undefined) renderer.consent({ summary, question, data });
      else if (yes) renderer.say(summary);
      else renderer.ask(summary);
    }
    if (signal.aborted) throw new InterruptedError();
    return yes || ask(asking, needed, async ({ confirm }, streams) => confirm(question, streams));
  };
}
