import { describe, expect, test } from 'vitest';
import type { Context } from '../../../src/cli/framework/context.ts';
import { errorReport, errorText } from '../../../src/cli/io/error-report.ts';
import { CliError, InterruptedError, UsageError } from '../../../src/core/errors.ts';
import { AzureError } from '../../../src/model/azure-error.ts';
import { runCli, sampleRegistry } from '../../support/cli.ts';
import { secretTexts } from '../../support/secret-texts.ts';

describe('an error', () => {
  test('shows what happened, then what to do', () => {
    const report = errorReport(
      new CliError({
        code: 'pool-not-found',
        message: 'It broke.',
        hints: ['Mend it.', 'aks-localdns doctor'],
      }),
      false,
    );
    expect(errorText(report, false)).toBe('ERROR: It broke.\nMend it.\naks-localdns doctor\n');
    expect(report.exit).toBe(3);
    expect(errorText(errorReport(new UsageError('No.'), false), true)).toBe('\u001b[31mERROR: No.\u001b[39m\n');
  });

  test('of Azure has the code and the request id', () => {
    const error = new AzureError({
      class: 'quota',
      azureCode: 'QuotaExceeded',
      message: 'Too many.',
      hints: ['Ask for more.'],
      requestId: 'r-1',
      correlationId: 'c-1',
      target: '',
    });
    expect(errorText(errorReport(error, false), false)).toBe(
      'ERROR: Too many.\nCode: QuotaExceeded\nRequest id: r-1\nCorrelation id: c-1\nAsk for more.\n',
    );
  });

  test('caused by an error of Azure has the same', () => {
    const cause = new AzureError({ class: 'conflict', azureCode: 'Busy', message: 'x', hints: [], requestId: 'r-1' });
    const error = new CliError({ code: 'operation-in-progress', message: 'Later.', cause });
    expect(errorText(errorReport(error, false), false)).toBe('ERROR: Later.\nCode: Busy\nRequest id: r-1\n');
  });

  test('of an interrupt has the command that continues', () => {
    const report = errorReport(new InterruptedError(['aks-localdns nodepool wait -n p']), false, 'terminated');
    expect(errorText(report, false)).toBe('Terminated.\naks-localdns nodepool wait -n p\n');
    expect(report.exit).toBe(143);
  });

  test('that is unexpected is one line, and names --debug', () => {
    const report = errorReport(new TypeError('x is\nnot a function'), false);
    expect(errorText(report, false)).toBe(
      'ERROR: Unexpected error: x is not a function\nRun the command again with --debug to see the stack trace.\n',
    );
    expect(report.exit).toBe(1);
    expect(errorReport('a string', false).message).toContain('a string');
    expect(errorReport(undefined, true).message).toContain('undefined');
  });

  test('shows its stack and its causes with --debug only, without secrets', () => {
    const cause = new Error(
      'GET https://management.azure.com/op?t=1&s=SIGNATURE failed with Bearer abc.def and eyJhbGciOi.eyJzdWIi.c2ln',
    );
    const error = new CliError({ code: 'file-not-readable', message: 'It broke.', cause });
    expect(errorText(errorReport(error, false), false)).not.toContain('    at ');
    const text = errorText(errorReport(error, true), false);
    expect(text).toContain('    at ');
    expect(text).toContain('Caused by: Error: GET https://management.azure.com/op failed');
    expect(text).not.toMatch(/SIGNATURE|abc\.def|eyJ/);
  });
});

describe('a secret in what failed', () => {
  const words = ['pool', 'show', '-g', 'rg', '--cluster-name', 'aks', '-n', 'p', '--debug', '--verbose'];
  const errors = {
    'a message': (text: string) => new CliError({ code: 'unexpected', message: text }),
    'a hint': (text: string) => new CliError({ code: 'unexpected', message: 'It broke.', hints: [text] }),
    'a cause': (text: string) =>
      new CliError({ code: 'unexpected', message: 'It broke.', cause: new Error('x', { cause: new Error(text) }) }),
    'a target': (text: string) =>
      new AzureError({ class: 'invalid', azureCode: text, target: text, message: text, hints: [] }),
    'an unexpected error': (text: string) => new TypeError(text),
    'what is no error': (text: string) => text,
  };
  const renderers: readonly (readonly string[])[] = [[], ['--events', 'ndjson'], ['--only-show-errors']];

  test.each(secretTexts)('never reaches the screen, not with --debug either: $kind', async ({ text, secret }) => {
    const seen = [secret, JSON.stringify(secret).slice(1, -1)];
    for (const fail of Object.values(errors)) {
      for (const [stderr, more] of [...renderers.map((each) => [false, each] as const), [true, []] as const]) {
        const ran = await runCli([...words, ...more], {
          terminals: { stderr },
          registry: sampleRegistry((context: Context) => {
            context.emit({ type: 'task.started', task: 't', message: `Working: ${text}` });
            context.emit({ type: 'task.progress', task: 't', message: `Still at ${text}` });
            context.emit({ type: 'notice', level: 'warning', code: 'answer-lost', message: `Lost: ${text}` });
            context.emit({ type: 'task.finished', task: 't', outcome: 'failed', message: `Ended: ${text}` });
            throw fail(text) as Error;
          }),
        });
        expect(ran.exit).toBe(1);
        expect(ran.stderr).not.toBe('');
        for (const each of seen) expect(ran.stderr).not.toContain(each);
      }
    }
  });
});
