import { PassThrough } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Context } from '../../src/cli/framework/context.ts';
import type { InterruptSignal } from '../../src/cli/framework/main-io.ts';
import { streamOutput, type Output } from '../../src/cli/io/output.ts';
import { CliError, InterruptedError } from '../../src/core/errors.ts';
import { exitCodes } from '../../src/core/exit-codes.ts';
import { MemoryStream, runCli, sampleRegistry, unpainted, type FakeMachine } from '../support/cli.ts';

const words = ['pool', 'show', '-g', 'rg', '--cluster-name', 'aks', '-n', 'p'];
const pools = {
  value: [
    { name: 'b', properties: { ready: true } },
    { name: 'a', properties: { ready: false } },
  ],
};

function machine(run?: unknown, more: Partial<FakeMachine> = {}): FakeMachine {
  return { registry: sampleRegistry(run), ...more };
}

const returns = (result: unknown) => () => Promise.resolve(result);

describe('the program', () => {
  test('prints its version and its help on stdout', async () => {
    expect(await runCli(['--version'], machine())).toMatchObject({ exit: 0, stdout: '1.2.3\n', stderr: '' });
    for (const argv of [[], ['--help'], ['pool', '-h'], ['pool', 'show', '--help'], ['pool', 'show', '-yh']]) {
      const { exit, stdout, stderr } = await runCli(argv, machine());
      expect([exit, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^Usage: aks-localdns/);
    }
  });

  test('prints the help of a group without a command on stderr: exit 2', async () => {
    const { exit, stdout, stderr } = await runCli(['pool'], machine());
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^Usage: aks-localdns pool COMMAND/);
  });

  test.each([
    ['an unknown command', ['pol']],
    ['an unknown option', [...words, '--zebra']],
    ['a missing argument', ['pool', 'show']],
    ['a bad query', [...words, '--query', '[']],
    ['a bad format', [...words, '-o', 'xml']],
    ["a query on a format of the command's own", [...words, '-o', 'md', '--query', 'a']],
  ])('answers %s with one line and exit 2, before it does anything', async (_, argv) => {
    const { exit, stdout, stderr, contexts } = await runCli(argv, machine());
    expect([exit, stdout, contexts]).toEqual([2, '', 0]);
    expect(stderr).toMatch(/^ERROR: [^\n]+\n$/);
  });

  test('reports usage errors as NDJSON on request', async () => {
    const { stderr } = await runCli(['pol', '--events', 'ndjson'], machine());
    expect(JSON.parse(stderr)).toMatchObject({ type: 'error', code: 'usage', exitCode: 2 });
  });

  test.each(exitCodes.map((record) => [record.name, record.code] as const))(
    'ends a result "%s" with %i',
    async (name, code) => {
      expect((await runCli(words, machine(returns({ value: 1, exit: name })))).exit).toBe(code);
    },
  );

  test('reports an error of the command, and ends with its exit code', async () => {
    const run = () =>
      Promise.reject(
        new CliError({
          code: 'pool-not-found',
          message: 'There is no pool p.',
          hints: ['aks-localdns nodepool list'],
        }),
      );
    expect(await runCli(words, machine(run))).toMatchObject({
      exit: 3,
      stdout: '',
      stderr: 'ERROR: There is no pool p.\naks-localdns nodepool list\n',
    });
  });

  test('reports an unexpected error, also while the context is built', async () => {
    const run = () => {
      throw new TypeError('oops');
    };
    const { exit, stderr } = await runCli(words, machine(run));
    expect([exit, stderr]).toEqual([1, expect.stringMatching(/^ERROR: .*oops\n.*--debug/)]);
    const context = () => {
      throw new Error('no disk');
    };
    expect((await runCli(words, machine(undefined, { context }))).exit).toBe(1);
  });

  test('passes the arguments to the command', async () => {
    const run = (context: Context, args: { readonly name: string }) =>
      Promise.resolve({
        value: { name: args.name, columns: context.terminal.columns, colour: context.terminal.colour },
      });
    const { stdout } = await runCli(words, machine(run, { columns: 120, env: { FORCE_COLOR: '1' } }));
    expect(JSON.parse(stdout)).toEqual({ name: 'p', columns: 120, colour: true });
  });

  test('ends with an exit code for any arguments', async () => {
    const word = fc.oneof(
      fc.constantFrom(
        ...words,
        '-o',
        'table',
        '--query',
        '--events',
        'ndjson',
        '--',
        '-y',
        'check',
        'explain',
        '--debug',
        '--help',
      ),
      fc.string({ unit: 'binary' }),
    );
    const known = exitCodes.map((record) => record.code as number);
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 10 }), async (argv) => {
        const { exit, stderr } = await runCli(argv, machine(returns(pools)));
        expect(known).toContain(exit);
        expect(stderr).not.toContain('does not know');
      }),
      { numRuns: 200 },
    );
  });
});

describe('the output format', () => {
  const table = 'Name    Ready\n------  -------\nb       True\na       False\n';
  const json = `${JSON.stringify(pools.value, null, 2)}\n`;
  test.each([
    ['json in a pipe', [], {}, json],
    ['a table on a terminal', [], { terminals: { stdout: true } }, table],
    ["the Azure CLI's setting", [], { settings: { output: 'TSV' } }, 'b\t\na\t\n'],
    ['-o over the setting', ['-o', 'table'], { settings: { output: 'tsv' } }, table],
    ['json where the setting is none of ours', [], { settings: { output: 'weird' } }, json],
    ['a query over the columns', ['--query', '[].name', '-o', 'tsv'], {}, 'b\na\n'],
    ['nothing for a result of null', ['--query', 'nothing'], {}, ''],
    ['none', ['-o', 'none'], {}, ''],
    ['jsonc without colour in a pipe', ['-o', 'jsonc'], {}, json],
  ] as const)('is %s', async (_, more, fake, expected) => {
    expect(await runCli([...words, ...more], machine(returns(pools), fake))).toMatchObject({
      exit: 0,
      stdout: expected,
      stderr: '',
    });
  });

  test("takes the resource group from the Azure CLI's settings", async () => {
    const { exit, stdout } = await runCli(
      ['pool', 'show', '--cluster-name', 'aks', '-n', 'p'],
      machine(undefined, { settings: { defaultGroup: 'rg-default' } }),
    );
    expect([exit, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ resourceGroup: 'rg-default' })]);
  });

  test('explains a query that does not fit the result', async () => {
    const { exit, stdout, stderr } = await runCli([...words, '--query', 'abs(@)'], machine(returns(pools)));
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain('The command itself has completed.');
  });
});

describe('stdout', () => {
  test('writes a document of 3 MB completely, even to a slow reader', async () => {
    const pipe = new PassThrough({ highWaterMark: 1024 });
    let length = 0;
    const read = (async () => {
      for await (const chunk of pipe) {
        length += (chunk as Buffer).length;
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const document = `${'x'.repeat(3_000_000)}\n`;
    expect((await runCli(words, machine(returns({ document }), { stdout: streamOutput(pipe) }))).exit).toBe(0);
    pipe.end();
    await read;
    expect(length).toBe(document.length);
  });

  test('may be closed by its reader without an error', async () => {
    const broken: Output = {
      write: () => Promise.reject(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
      isTTY: false,
      columns: undefined,
      stream: new MemoryStream(),
    };
    expect(await runCli(words, machine(returns(pools), { stdout: broken }))).toMatchObject({ exit: 0, stderr: '' });
    expect(await runCli(['--help'], machine(undefined, { stdout: broken }))).toMatchObject({ exit: 0, stderr: '' });
  });

  test('reports a full disk', async () => {
    const full: Output = {
      write: () => Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })),
      isTTY: false,
      columns: undefined,
      stream: new MemoryStream(),
    };
    const { exit, stderr } = await runCli(words, machine(returns(pools), { stdout: full }));
    expect([exit, stderr]).toEqual([1, 'ERROR: Standard output could not be written: no space left on the device.\n']);
  });

  test('contains only the result; messages go to stderr', async () => {
    const run = (context: Context) => {
      context.say('A word.');
      context.emit({ type: 'notice', level: 'warning', code: 'config-warning', message: 'Mind this.' });
      return Promise.resolve({ value: 1 });
    };
    expect(await runCli(words, machine(run))).toMatchObject({
      stdout: '1\n',
      stderr: 'A word.\nWARNING: Mind this.\n',
    });
    expect(await runCli([...words, '--only-show-errors'], machine(run))).toMatchObject({ stdout: '1\n', stderr: '' });
    expect(await runCli(words, machine(run, { settings: { onlyShowErrors: true } }))).toMatchObject({
      stdout: '1\n',
      stderr: '',
    });
    expect((await runCli(words, machine(run, { terminals: { stderr: true } }))).stderr).toContain('\u001b[33mWARNING');
    expect(
      (await runCli([...words, '--no-color'], machine(run, { terminals: { stderr: true } }))).stderr,
    ).not.toContain('\u001b[3');
  });
});

/** A machine on which signals arrive as soon as the command runs. */
function interrupted(run: (context: Context) => Promise<unknown>, ...signals: readonly InterruptSignal[]): FakeMachine {
  let send: (signal: InterruptSignal) => void = () => undefined;
  const running = async (context: Context): Promise<unknown> => {
    const ended = run(context);
    for (const signal of signals) send(signal);
    return ended;
  };
  return machine(running, {
    onStart: (given) => {
      send = given;
    },
  });
}

describe('an interrupt', () => {
  const waits = async (context: Context): Promise<unknown> =>
    new Promise((_, reject) => {
      context.signal.addEventListener('abort', () => {
        reject(new InterruptedError(['aks-localdns nodepool wait -n p']));
      });
    });

  test.each([
    ['SIGINT', 130, 'Interrupted.'],
    ['SIGTERM', 143, 'Terminated.'],
  ] as const)('by %s ends with %i and the line that continues', async (signal, code, text) => {
    expect(await runCli(words, interrupted(waits, signal))).toMatchObject({
      exit: code,
      stdout: '',
      stderr: `${text}\naks-localdns nodepool wait -n p\n`,
      endedNow: [],
    });
  });

  test('that comes twice ends the process immediately', async () => {
    const fake = { ...interrupted(waits, 'SIGINT', 'SIGINT'), terminals: { stderr: true } };
    const { endedNow, stderr } = await runCli(words, fake);
    expect(endedNow).toEqual([130]);
    expect(unpainted(stderr)).toContain('Press Ctrl-C again to exit immediately');
  });

  test('that a library reports as an abort ends with 130 too', async () => {
    const aborts = async (context: Context) =>
      waits(context).catch(() => Promise.reject(Object.assign(new Error('aborted'), { name: 'AbortError' })));
    expect((await runCli(words, interrupted(aborts, 'SIGINT'))).exit).toBe(130);
  });

  test('before the command starts stops it', async () => {
    const fake = machine(returns(pools), {
      onStart: (send) => {
        send('SIGINT');
      },
    });
    expect(await runCli(words, fake)).toMatchObject({ exit: 130, stdout: '' });
  });
});
