import { describe, expect, test } from 'vitest';
import { lineToContinue, unwrapped, userpool, withAzure } from '../support/e2e.ts';

const enable = ['nodepool', 'enable', ...userpool] as const;
const ctrlC = '\u0003';
const ctrlD = '\u0004';

describe('the confirmation prompt', () => {
  test.concurrent(
    'shows the warning first; no ends with 1, and nothing is sent',
    withAzure({}, async (azure) => {
      const terminal = azure.terminal(enable);
      await terminal.shows('Reimage the nodes of this node pool now? (y/N)');
      expect(terminal.text.indexOf('all reimaged')).toBeLessThan(terminal.text.indexOf('(y/N)'));
      terminal.type('n\r');
      const ran = await terminal.ended;
      expect(ran.code).toBe(1);
      expect(ran.text).toContain('nothing was changed');
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'treats Enter alone as no',
    withAzure({}, async (azure) => {
      const terminal = azure.terminal(enable);
      await terminal.shows('(y/N)');
      terminal.type('\r');
      expect((await terminal.ended).code).toBe(1);
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'continues after yes: a spinner shows the progress, and a table the result',
    withAzure({ slow: true }, async (azure) => {
      const terminal = azure.terminal(enable);
      await terminal.shows('(y/N)');
      terminal.type('y\r');
      await terminal.shows('⠋ Turning on LocalDNS on rg-demo/aks-demo/userpool');
      azure.pass(400);
      await terminal.shows('1/3 nodes completed');
      azure.pass(3600);
      const ran = await terminal.ended;
      expect(ran.code).toBe(0);
      expect(ran.text).toMatch(/✔ Turning on LocalDNS[^\n]*succeeded/);
      expect(ran.text).toMatch(
        /Name +Changed +LocalDNS +State +ProvisioningState\n-[- ]+\nuserpool +True +Required +Enabled +Succeeded\n/,
      );
      expect(ran.raw).toContain('\u001b[');
      expect(azure.puts).toHaveLength(1);
    }),
  );

  test.concurrent(
    'asks again after an invalid answer, and changes nothing',
    withAzure({}, async (azure) => {
      const terminal = azure.terminal(enable);
      await terminal.shows('(y/N)');
      terminal.type('yse\r');
      await terminal.shows('Please answer y or n.');
      expect(azure.writes).toEqual([]);
      terminal.type('y\r');
      expect((await terminal.ended).code).toBe(0);
      expect(azure.puts).toHaveLength(1);
    }),
  );

  test.concurrent(
    'ends with 130 on Ctrl-C, sends nothing, and shows the cursor again',
    withAzure({}, async (azure) => {
      const terminal = azure.terminal(enable);
      await terminal.shows('(y/N)');
      terminal.type(ctrlC);
      const ran = await terminal.ended;
      expect(ran.code).toBe(130);
      expect(azure.writes).toEqual([]);
      expect(ran.raw.lastIndexOf('\u001b[?25h')).toBeGreaterThanOrEqual(ran.raw.lastIndexOf('\u001b[?25l'));
    }),
  );

  test.concurrent(
    'treats the end of input as no',
    withAzure({}, async (azure) => {
      const terminal = azure.terminal(enable);
      await terminal.shows('(y/N)');
      terminal.type(ctrlD);
      expect((await terminal.ended).code).toBe(1);
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'is skipped with --yes, but the warning is still shown',
    withAzure({}, async (azure) => {
      const ran = await azure.terminal([...enable, '--yes']).ended;
      expect(ran.code).toBe(0);
      expect(ran.text).toContain('all reimaged');
      expect(ran.text).not.toContain('(y/N)');
    }),
  );

  test.concurrent(
    'is repeated if the pool changed meanwhile',
    withAzure({}, async (azure) => {
      const terminal = azure.terminal(enable);
      await terminal.shows('(y/N)');
      azure.simulator.changePool('aks-demo', 'userpool', (properties) => ({
        ...properties,
        localDNSProfile: { mode: 'Disabled', state: 'Disabled' },
      }));
      terminal.type('y\r');
      await terminal.shows('asking again');
      expect(azure.writes).toEqual([]);
      await terminal.shows('Disabled -> Required');
      terminal.type('n\r');
      expect((await terminal.ended).code).toBe(1);
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'is also shown by setup of several subscriptions, abort and unregister',
    withAzure({ registered: false, clusters: 60 }, async (azure) => {
      const cases = [
        {
          args: ['setup', '--subscription', 'Contoso Demo', 'Contoso 2'],
          question: 'Register LocalDNSPreview and refresh Microsoft.ContainerService in 2 subscriptions?',
        },
        {
          args: ['feature', 'unregister', '--subscription', 'Contoso Demo'],
          question: 'Unregister LocalDNSPreview in 1 subscription?',
        },
      ];
      for (const { args, question } of cases) {
        const terminal = azure.terminal(args);
        await terminal.shows(question);
        terminal.type('n\r');
        expect((await terminal.ended).code).toBe(1);
      }
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'is shown if only standard output is piped, and the pipe gets only the result',
    withAzure({}, async (azure) => {
      const terminal = azure.shellOnTerminal(`aks-localdns ${enable.join(' ')} > result.json`);
      await terminal.shows('(y/N)');
      terminal.type('y\r');
      const ran = await terminal.ended;
      expect(ran.code).toBe(0);
      expect(ran.text).not.toContain('"localDNSProfile"');
      const shown = await azure.shell('cat result.json');
      expect(JSON.parse(shown.stdout)).toMatchObject({ changed: true, localDNSProfile: { mode: 'Required' } });
    }),
  );

  test.concurrent(
    'is not shown if standard input is not a terminal',
    withAzure({}, async (azure) => {
      const ran = await azure.shellOnTerminal(`aks-localdns ${enable.join(' ')} < /dev/null`).ended;
      expect(ran.code).toBe(2);
      expect(ran.text).toContain('--yes');
      expect(azure.writes).toEqual([]);
    }),
  );
});

describe('output on a terminal', () => {
  test.concurrent(
    'is a table by default, and JSON in a pipe',
    withAzure({}, async (azure) => {
      const [terminal, piped] = await Promise.all([
        azure.terminal(['feature', 'show']).ended,
        azure.run(['feature', 'show']),
      ]);
      expect(terminal.text).toMatch(/Subscription +Feature +State +Changed/);
      expect(JSON.parse(piped.stdout)).toHaveLength(1);
    }),
  );

  test.concurrent(
    'has colours, except with NO_COLOR, --no-color or a dumb terminal',
    withAzure({}, async (azure) => {
      const missing = ['nodepool', 'show', ...userpool.slice(0, 4), '-n', 'nopool'];
      const colour = /\u001b\[[0-9;]*m/;
      expect((await azure.terminal(missing).ended).raw).toMatch(colour);
      const plain = await Promise.all([
        azure.terminal(missing, { env: { NO_COLOR: '1' } }).ended,
        azure.terminal([...missing, '--no-color']).ended,
        azure.terminal(missing, { env: { AZURE_CORE_NO_COLOR: 'true' } }).ended,
        azure.terminal(missing, { env: { TERM: 'dumb' } }).ended,
      ]);
      for (const { raw, code } of plain) {
        expect(code).toBe(3);
        expect(raw).not.toMatch(colour);
      }
    }),
  );

  test.concurrent(
    'has lines without cursor movements on a dumb terminal',
    withAzure({}, async (azure) => {
      const ran = await azure.terminal([...enable, '--yes'], { env: { TERM: 'dumb' } }).ended;
      expect(ran.code).toBe(0);
      expect(ran.raw).not.toContain('\u001b');
      expect(ran.text).toContain('Turning on LocalDNS on rg-demo/aks-demo/userpool: succeeded');
    }),
  );

  test.concurrent(
    'has no spinner with --only-show-errors',
    withAzure({}, async (azure) => {
      const ran = await azure.terminal([...enable, '--yes', '--only-show-errors', '-o', 'none']).ended;
      expect(ran).toMatchObject({ code: 0, raw: '' });
    }),
  );

  test.concurrent(
    'has no control characters from Azure',
    withAzure({ scenario: 'odd-status', slow: true }, async (azure) => {
      azure.simulator.changePool('aks-demo', 'userpool', (properties) => ({
        ...properties,
        tags: { evil: '\u001b]0;owned\u0007\u001b[31mred' },
      }));
      const terminal = azure.terminal([...enable, '--yes', '--no-color', '--verbose']);
      await terminal.shows('Turning on');
      azure.pass(95);
      await terminal.shows('drain');
      azure.pass(3600);
      const ran = await terminal.ended;
      expect(ran.code).toBe(0);
      expect(ran.raw).not.toContain('\u001b[31m');
      const shown = await azure.terminal(['nodepool', 'show', ...userpool, '-o', 'yaml']).ended;
      expect(shown.raw).not.toContain('\u001b]0;');
      expect(shown.raw).not.toContain('\u0007');
    }),
  );

  test.concurrent(
    'fits the width of the terminal',
    withAzure({}, async (azure) => {
      const ran = await azure.terminal(['check', ...userpool.slice(0, 4)], { columns: 110 }).ended;
      expect(ran.code).toBe(10);
      const long = ran.text.split('\n').filter((line) => line.length > 110 && !/Fix: |https:/.test(line));
      expect(long).toEqual([]);
    }),
  );
});

describe('Ctrl-C on a terminal', () => {
  test.concurrent(
    'during an operation is reported, Azure continues, and the printed command works',
    withAzure({ slow: true }, async (azure) => {
      const terminal = azure.terminal([...enable, '--yes']);
      await terminal.shows('⠙ Turning on LocalDNS');
      terminal.type(ctrlC);
      const ran = await terminal.ended;
      expect(ran.code).toBe(130);
      expect(unwrapped(ran.text)).toContain('The operation continues in Azure');
      const line = lineToContinue(ran.text.slice(ran.text.indexOf('To wait for it')));
      azure.pass(3600);
      const waited = await azure.shell(line);
      expect(waited.code, waited.stderr).toBe(0);
      expect(azure.writes).toHaveLength(1);
    }),
  );
});
