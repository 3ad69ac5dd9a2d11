import { describe, expect, test } from 'vitest';
import { cluster, heavyCluster, lineToContinue, unwrapped, userpool, value, withAzure } from '../support/e2e.ts';

const ctrlC = '\u0003';
const enable = ['nodepool', 'enable', ...userpool, '--yes'] as const;

describe('an interrupted command', () => {
  const signals = [
    { signal: 'SIGINT', code: 130, word: 'Interrupted.' },
    { signal: 'SIGTERM', code: 143, word: 'Terminated.' },
  ] as const;
  test.concurrent.each(signals)(
    '$signal during an operation ends with $code; Azure continues, and the printed command waits for the end',
    async ({ signal, code, word }) => {
      await withAzure({ slow: true }, async (azure) => {
        const child = azure.start(enable);
        await child.says('Turning on LocalDNS');
        child.kill(signal);
        const ran = await child.ended;
        expect(ran, ran.stderr).toMatchObject({ code, signal: null, stdout: '' });
        expect(ran.stderr).toContain(word);
        expect(unwrapped(ran.stderr)).toContain('The operation continues in Azure');
        expect(azure.simulator.pool('aks-demo', 'userpool')).toMatchObject({ provisioningState: 'Updating' });
        const waiting = azure.startShell(lineToContinue(ran.stderr));
        await waiting.says('Waiting for');
        azure.pass(3600);
        const waited = await waiting.ended;
        expect(waited.code, waited.stderr).toBe(0);
        expect(value(waited)).toMatchObject({ provisioningState: 'Succeeded', localDNSProfile: { state: 'Enabled' } });
        expect(azure.writes).toHaveLength(1);
      })();
    },
  );

  test.concurrent(
    'a second Ctrl-C ends it immediately',
    withAzure({ load: heavyCluster(40, 80_000) }, async (azure) => {
      // Nobody reads the result, so the first Ctrl-C cannot end it.
      const list = 'aks-localdns nodepool list -g rg-big --cluster-name big -o json';
      const terminal = azure.shellOnTerminal(`mkfifo out; (head -c 2; exec sleep 3600) < out & exec ${list} > out`);
      await terminal.shows('[\n');
      terminal.type(ctrlC);
      await terminal.shows('Stopping. Press Ctrl-C again to exit immediately.');
      terminal.type(ctrlC);
      expect((await terminal.ended).code).toBe(130);
    }),
  );

  test.concurrent(
    'Ctrl-C while an addition runs',
    withAzure({ slow: true }, async (azure) => {
      const child = azure.start(['nodepool', 'add', ...cluster, '-n', 'dnspool', '-c', '1']);
      await child.says('Creating');
      child.kill('SIGINT');
      const ran = await child.ended;
      expect(ran).toMatchObject({ code: 130, stdout: '' });
      expect(lineToContinue(ran.stderr)).toMatch(/nodepool wait .*-n dnspool .*--created$/);
      azure.pass(3600);
      expect((await azure.shell(lineToContinue(ran.stderr))).code).toBe(0);
    }),
  );

  test.concurrent(
    'Ctrl-C while it waits',
    withAzure({ slow: true }, async (azure) => {
      await azure.run([...enable, '--no-wait']);
      const child = azure.start(['nodepool', 'wait', ...userpool, '--updated']);
      await child.says('Waiting for');
      child.kill('SIGINT');
      const ran = await child.ended;
      expect(ran).toMatchObject({ code: 130, stdout: '' });
      expect(lineToContinue(ran.stderr)).toMatch(/nodepool wait .*--updated$/);
    }),
  );

  test.concurrent(
    "Ctrl-C while waiting for somebody else's operation: nothing is sent",
    withAzure({ slow: true, scenario: 'never-ends' }, async (azure) => {
      await azure.run([...enable, '--no-wait']);
      const child = azure.start(['nodepool', 'disable', ...userpool, '--yes', '--wait-for-operation', '1h']);
      await child.says('Waiting for another operation');
      child.kill('SIGINT');
      const ran = await child.ended;
      expect(ran).toMatchObject({ code: 130, stdout: '' });
      expect(azure.puts).toHaveLength(1);
    }),
  );

  test.concurrent(
    'Ctrl-C before the first answer from Azure: nothing is sent',
    withAzure({}, async (azure) => {
      const asked = azure.hold(() => true);
      const child = azure.start(enable);
      await asked;
      child.kill('SIGINT');
      expect(await child.ended).toMatchObject({ code: 130, stdout: '' });
      expect(azure.writes).toEqual([]);
    }),
  );
});

describe('a timeout', () => {
  test.concurrent(
    'ends with 13, and the printed command continues',
    withAzure({ slow: true }, async (azure) => {
      const ran = await azure.run([...enable, '--timeout', '10s']);
      expect(ran, ran.stderr).toMatchObject({ code: 13, stdout: '' });
      expect(unwrapped(ran.stderr)).toContain('the operation continues in Azure');
      const waiting = azure.startShell(lineToContinue(ran.stderr));
      await waiting.says('Waiting for');
      azure.pass(3600);
      const waited = await waiting.ended;
      expect(waited.code, waited.stderr).toBe(0);
      expect(value(waited)).toMatchObject({ provisioningState: 'Succeeded' });
      const again = await azure.run(enable);
      expect(value(again)).toMatchObject({ outcome: 'nothing-to-do' });
      expect(azure.writes).toHaveLength(1);
    }),
  );

  test.concurrent(
    'prints a command with names quoted for the shell',
    withAzure(
      {
        slow: true,
        load: [
          {
            id: '/subscriptions/11111111-1111-4111-8111-111111111111',
            subscriptionId: '11111111-1111-4111-8111-111111111111',
            displayName: "It's $HOME",
            state: 'Enabled',
          },
        ],
      },
      async (azure) => {
        const ran = await azure.run([
          'nodepool',
          'list',
          '-g',
          'rg(x)',
          '--cluster-name',
          'c',
          '--subscription',
          "It's $HOME",
        ]);
        expect(ran).toMatchObject({ code: 3, stdout: '' });
        expect(azure.seen.at(-1)?.path).toContain('rg(x)');
      },
    ),
  );
});
