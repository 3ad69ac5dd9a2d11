import { describe, expect, test } from 'vitest';
import type { Context } from '../../../src/cli/framework/context.ts';
import { runCli, sampleRegistry, unpainted, type FakeMachine } from '../../support/cli.ts';

const words = ['pool', 'show', '-g', 'rg', '--cluster-name', 'aks', '-n', 'p', '-o', 'json'];
const both = { stdin: true, stderr: true };

function machine(more: Partial<FakeMachine>): FakeMachine & { readonly sent: string[] } {
  const sent: string[] = [];
  const registry = sampleRegistry(async (context: Context, args: { readonly yes: boolean }) => {
    const agreed = await context.consent({ summary: 'All nodes are reimaged.', question: 'Go on?', yes: args.yes });
    if (agreed) sent.push('PUT');
    return { value: { agreed }, exit: agreed ? 'ok' : 'error' };
  });
  return { registry, sent, ...more };
}

describe('consent', () => {
  test('is given by --yes, and the summary is still shown', async () => {
    const fake = machine({});
    const { exit, stderr } = await runCli([...words, '--yes'], fake);
    expect([exit, stderr, fake.sent]).toEqual([0, 'All nodes are reimaged.\n', ['PUT']]);
  });

  test.each([[{}], [{ stdin: true }], [{ stderr: true, stdout: true }]])(
    'cannot be given at a prompt without a terminal: exit 2, naming --yes (%j)',
    async (terminals) => {
      const fake = machine({ terminals });
      const { exit, stderr, stdout } = await runCli(words, fake);
      expect([exit, stdout, fake.sent]).toEqual([2, '', []]);
      expect(unpainted(stderr)).toMatch(/^ERROR: [^]*--yes/m);
    },
  );

  test.each([
    ['y\r', true],
    ['yes\r', true],
    ['\r', false],
    ['n\r', false],
    ['maybe\r\r', false],
    ['yikes\rno\r', false],
    ['u\ry\r', true],
    ['\u0004', false],
  ])('typed %j means %s', async (typed, agreed) => {
    const fake = machine({ terminals: both, typed });
    const { exit, stderr, stdout } = await runCli(words, fake);
    expect(unpainted(stderr)).toContain('All nodes are reimaged.\n');
    expect(unpainted(stderr)).toContain('Go on? (y/N)');
    expect([exit, JSON.parse(stdout), fake.sent]).toEqual([agreed ? 0 : 1, { agreed }, agreed ? ['PUT'] : []]);
  });

  test.each([
    [['--yes'], {}],
    [[], { terminals: both, typed: 'y\r' }],
  ])('is one record with its data, whether or not --yes is given: %j', async (more, given) => {
    const data = { plans: [{ pool: 'p' }] };
    const registry = sampleRegistry(async (context: Context, args: { readonly yes: boolean }) => ({
      value: await context.consent({ summary: 'A text.', question: 'Go on?', data, yes: args.yes }),
    }));
    const { stderr } = await runCli([...words, '--events', 'ndjson', ...more], { registry, ...given });
    const [line = ''] = stderr.split('\n').filter((each) => each.startsWith('{'));
    expect(JSON.parse(line)).toMatchObject({ type: 'notice', code: 'consent', message: 'Go on?', data });
    expect(stderr).not.toContain('A text.');
  });

  test('ends with 130 at Ctrl-C, and nothing is sent', async () => {
    const fake = machine({ terminals: both, typed: '\u0003' });
    const { exit, stdout } = await runCli(words, fake);
    expect([exit, stdout, fake.sent]).toEqual([130, '', []]);
  });

  test('ends with 143 at SIGTERM while the question is open', async () => {
    const fake = machine({ terminals: both, signalled: 'SIGTERM' });
    const { exit } = await runCli(words, fake);
    expect([exit, fake.sent]).toEqual([143, []]);
  });

  test("is not given by the Azure CLI's settings", async () => {
    const fake = machine({ env: { AZURE_CORE_DISABLE_CONFIRM_PROMPT: '1' } });
    expect((await runCli(words, fake)).exit).toBe(2);
  });

  test('is required even if only errors are shown', async () => {
    const fake = machine({ terminals: both, typed: 'y\r' });
    const { stderr } = await runCli([...words, '--only-show-errors'], fake);
    expect(unpainted(stderr)).toContain('All nodes are reimaged.\n');
  });
});
