import { InterruptedError, UsageError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import type { Renderer } from '../io/events/renderer.ts';
import type { Input, Output, Terminal } from '../io/output.ts';

/** A question before something is changed. */
export interface ConsentRequest {
  /** What will happen, ready to print; shown before the question, and also where --yes answers it. */
  readonly summary: string;
  readonly question: string;
  /** True where --yes was given. */
  readonly yes: boolean;
}

export interface ConsentOptions {
  readonly renderer: Renderer;
  readonly terminal: Terminal;
  readonly stdin: Input;
  readonly stderr: Output;
  readonly signal: AbortSignal;
}

/**
 * Context.consent: what will happen is told, then asked. Only --yes and a person at a terminal can answer:
 * no setting and no environment variable does.
 */
export function createConsent(options: ConsentOptions): (request: ConsentRequest) => Promise<boolean> {
  const { renderer, terminal, stdin, stderr, signal } = options;
  return async ({ summary, question, yes }) => {
    const canAsk = terminal.stdin && terminal.stderr;
    if (summary !== '') {
      if (yes) renderer.say(summary);
      else renderer.ask(summary);
    }
    if (signal.aborted) throw new InterruptedError();
    if (yes) return true;
    if (!canAsk) {
      throw new UsageError(
        'This needs a confirmation, and there is no terminal to ask on. Use --yes to confirm.',
        [],
        'consent-needed',
      );
    }
    return renderer.still(async () => {
      const { confirm } = await import('../prompts/confirm.ts');
      return confirm(oneLine(question), { input: stdin.stream, output: stderr.stream, signal });
    });
  };
}
