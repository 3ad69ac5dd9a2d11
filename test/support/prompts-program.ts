/** A program with prompts for tests on a terminal: `select`, `search`, `input` or `two`; prints the answer. */
import type { Context } from '../../src/cli/framework/context.ts';
import { defineCommand } from '../../src/cli/framework/definition.ts';
import type { InterruptSignal } from '../../src/cli/framework/main-io.ts';
import { createRegistry } from '../../src/cli/framework/registry.ts';
import { streamOutput } from '../../src/cli/io/output.ts';
import type { CommandResult } from '../../src/cli/io/result.ts';
import { main } from '../../src/cli/main.ts';
import { noSettings } from './cli.ts';
import { ManualClock } from './manual-clock.ts';

const otherwise = 'Name it with --name.';

const few = {
  message: 'Which cluster?',
  choices: [
    { value: { id: 1 }, name: 'aks-old', disabled: 'stopped' },
    { value: { id: 2 }, name: 'aks-demo', description: 'In eastus2, 3 node pools' },
    { value: { id: 3 }, name: 'aks-\u001b[31mtest' },
  ],
  otherwise,
};

const many = {
  message: 'Which node pool?',
  choices: Array.from({ length: 40 }, (_, index) => ({
    value: index,
    name: `pool${String(index)}`,
    description: index % 2 === 0 ? 'System' : 'User',
    ...(index === 0 ? { disabled: 'Windows' } : {}),
  })),
  otherwise,
};

const text = {
  message: 'What is it called?',
  problem: (answer: string) => (/^[a-z]+$/.test(answer) ? undefined : 'Only small letters.'),
  otherwise,
};

const questions: Readonly<Record<string, (context: Context) => Promise<unknown>>> = {
  select: async ({ prompts }) => prompts.select(few),
  'select-other': async ({ prompts }) => prompts.select({ ...few, initial: few.choices[2]?.value ?? { id: 0 } }),
  search: async ({ prompts }) => prompts.search(many),
  input: async ({ prompts }) => prompts.input(text),
  'input-default': async ({ prompts }) => prompts.input({ ...text, initial: 'userpool' }),
  two: async ({ prompts, consent }) => {
    const answers = { cluster: await prompts.select(few), name: await prompts.input(text) };
    return { ...answers, agreed: await consent({ summary: 'It is done.', question: 'Go on?', yes: false }) };
  },
};

const commands = Object.entries(questions).map(([name, ask]) =>
  defineCommand({
    path: [name],
    summary: 'Ask',
    options: {},
    examples: [],
    effect: 'none',
    permissions: [],
    run: async (context): Promise<CommandResult> => ({ value: { answer: (await ask(context)) as never } }),
  }),
);

process.exitCode = await main(process.argv.slice(2), {
  version: '1.2.3',
  registry: createRegistry(commands, []),
  stdin: { isTTY: process.stdin.isTTY, stream: process.stdin },
  stdout: streamOutput(process.stdout),
  stderr: streamOutput(process.stderr),
  env: process.env,
  clock: new ManualClock(),
  onSignal: (listener) => {
    for (const signal of ['SIGINT', 'SIGTERM'] satisfies InterruptSignal[]) process.on(signal, listener);
    return () => undefined;
  },
  endNow: (code) => process.exit(code),
  settings: async () => Promise.resolve(noSettings),
  context: async (parts) => {
    if (process.env['END_BY'] === 'SIGTERM') setTimeout(() => process.kill(process.pid, 'SIGTERM'), 1000);
    return Promise.resolve({ ...parts, env: process.env } as unknown as Context);
  },
});
process.stdin.unref();
