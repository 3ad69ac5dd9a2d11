import { InterruptedError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import type { Listed } from './search.ts';

export interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly signal: AbortSignal;
}

interface Choice<T> {
  readonly value: T;
  readonly name: string;
  /** Shown below the list while the choice is selected. */
  readonly description?: string;
  /** Why it cannot be selected, shown after its name. */
  readonly disabled?: string;
}

export interface ChoiceQuestion<T> {
  readonly message: string;
  readonly choices: readonly Choice<T>[];
  /** The initial choice. Defaults to the first that is enabled. */
  readonly initial?: T;
}

export interface TextQuestion {
  readonly message: string;
  /** The answer if only Enter is pressed. */
  readonly initial?: string;
  /** Returns the problem of an answer; the question is then asked again. */
  readonly problem?: (answer: string) => string | undefined;
}

const plain = (text: string): string => text;

/** Text and a pointer without colours: the same on every terminal and for a screen reader. */
const theme = {
  prefix: '',
  icon: { cursor: '>' },
  style: {
    message: plain,
    answer: plain,
    highlight: plain,
    description: plain,
    disabled: plain,
    defaultAnswer: (text: string) => `(${text})`,
    error: plain,
  },
} as const;

const pageSize = 10;

/** Ctrl-D or the end of input gives no answer; `atEnd` provides the result. */
async function asked<T>(
  { input, output, signal }: Streams,
  ask: (streams: Streams) => Promise<T>,
  atEnd: () => T,
): Promise<T> {
  if (signal.aborted) throw new InterruptedError();
  const ended = new AbortController();
  const onKey = (_: unknown, key: { readonly name?: string; readonly ctrl?: boolean } | undefined): void => {
    // readline closes on Ctrl-D without an answer, and the prompt would wait forever.
    if (key?.ctrl === true && key.name === 'd') ended.abort();
  };
  const onEnd = (): void => {
    ended.abort();
  };
  input.on('keypress', onKey);
  input.on('end', onEnd);
  try {
    return await ask({ input, output, signal: AbortSignal.any([signal, ended.signal]) });
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (signal.aborted || name === 'ExitPromptError') throw new InterruptedError();
    if (name === 'AbortPromptError') return atEnd();
    throw error;
  } finally {
    input.off('keypress', onKey);
    input.off('end', onEnd);
  }
}

function interrupted(): never {
  throw new InterruptedError();
}

/**
 * Asks once on a terminal. The default is no, also at the end of input.
 * @throws InterruptedError on Ctrl-C.
 */
export async function confirm(question: string, streams: Streams): Promise<boolean> {
  const { confirm: ask } = await import('./confirm.ts');
  const config = { message: oneLine(question) };
  return asked(
    streams,
    async (given) => ask(config, given),
    () => false,
  );
}

function listed<T>({ choices }: ChoiceQuestion<T>): readonly Listed[] {
  return choices.map(({ name, description = '', disabled }, value) => ({
    value,
    name: oneLine(name),
    description: oneLine(description),
    disabled: disabled === undefined ? false : `(${oneLine(disabled)})`,
  }));
}

/** The initial position of the pointer. */
function firstOf<T>({ choices, initial }: ChoiceQuestion<T>): number {
  const able = choices.filter(({ disabled }) => disabled === undefined);
  const first = able.find(({ value }) => value === initial) ?? able[0];
  return first === undefined ? 0 : choices.indexOf(first);
}

function chosen<T>({ choices }: ChoiceQuestion<T>, place: number): T {
  const choice = choices[place];
  if (choice === undefined || choice.disabled !== undefined) throw new Error('The selected choice does not exist.');
  return choice.value;
}

/**
 * Selects one of a few choices, with the arrow keys or the first letters of a name.
 * @throws InterruptedError on Ctrl-C and at the end of input.
 */
export async function select<T>(question: ChoiceQuestion<T>, streams: Streams): Promise<T> {
  const { default: ask } = await import('@inquirer/select');
  const config = {
    message: oneLine(question.message),
    choices: listed(question),
    default: firstOf(question),
    pageSize,
    loop: false,
    theme: {
      ...theme,
      style: { ...theme.style, keysHelpTip: () => 'Use arrow keys to move, press Enter to select' },
      i18n: { disabledError: 'This option is disabled; the reason is shown next to it.' },
    },
  };
  return chosen(question, await asked(streams, async (given) => ask<number>(config, given), interrupted));
}

/**
 * Selects one of many choices; typing filters them.
 * @throws InterruptedError on Ctrl-C and at the end of input.
 */
export async function search<T>(question: ChoiceQuestion<T>, streams: Streams): Promise<T> {
  const { search: ask } = await import('./search.ts');
  const config = {
    message: oneLine(question.message),
    choices: listed(question),
    initial: firstOf(question),
    pageSize,
  };
  return chosen(question, await asked(streams, async (given) => ask(config, given), interrupted));
}

/**
 * A line of text.
 * @throws InterruptedError on Ctrl-C and at the end of input.
 */
export async function input({ message, initial, problem }: TextQuestion, streams: Streams): Promise<string> {
  const { default: ask } = await import('@inquirer/input');
  const config = {
    message: oneLine(message),
    validate: (answer: string) => problem?.(answer) ?? true,
    theme,
    ...(initial === undefined ? {} : { default: initial }),
  };
  return asked(streams, async (given) => ask(config, given), interrupted);
}
