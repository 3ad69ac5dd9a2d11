import { InterruptedError } from '../../core/errors.ts';

export interface ConfirmStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly signal: AbortSignal;
}

const plain = (text: string): string => text;

/**
 * Asks once, on a terminal; no is the default, and what an ended input means.
 * @throws InterruptedError on Ctrl-C.
 */
export async function confirm(question: string, { input, output, signal }: ConfirmStreams): Promise<boolean> {
  const { default: ask } = await import('@inquirer/confirm');
  if (signal.aborted) throw new InterruptedError();
  const ended = new AbortController();
  const onKey = (_: unknown, key: { readonly name?: string; readonly ctrl?: boolean } | undefined): void => {
    // readline closes on Ctrl-D without an answer, and the prompt would wait for ever.
    if (key?.ctrl === true && key.name === 'd') ended.abort();
  };
  const onEnd = (): void => {
    ended.abort();
  };
  input.on('keypress', onKey);
  input.on('end', onEnd);
  try {
    return await ask(
      {
        message: question,
        default: false,
        theme: { prefix: '', style: { message: plain, answer: plain, defaultAnswer: (text: string) => `(${text})` } },
      },
      { input, output, signal: AbortSignal.any([signal, ended.signal]) },
    );
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (signal.aborted || name === 'ExitPromptError') throw new InterruptedError();
    if (name === 'AbortPromptError') return false;
    throw error;
  } finally {
    input.off('keypress', onKey);
    input.off('end', onEnd);
  }
}
