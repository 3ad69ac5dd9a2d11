import { describe, expect, test } from 'vitest';
import { scenarios } from '../../src/simulator/index.ts';
import { kubernetesScenarios } from '../../src/simulator/scenarios/kubernetes.ts';
import { customProfile } from '../support/e2e-profile.ts';
import { emptypool, unwrapped, userpool, value, withAzure } from '../support/e2e.ts';
import { outcomes } from './scenarios.ts';

test('every scenario of the simulator is tested with a command', () => {
  // Those inside clusters are tested with their API.
  const inside = new Set(kubernetesScenarios.map(({ name }) => name));
  const names = scenarios.map(({ name }) => name).filter((name) => !inside.has(name));
  expect(new Set(outcomes.map(({ scenario }) => scenario))).toEqual(new Set(names));
});

describe('commands in scenarios', () => {
  const titled = outcomes.map((outcome) => ({
    title: `${outcome.scenario}: ${outcome.args
      .filter((word) => !['--yes', 'rg-demo', '-g'].includes(word))
      .slice(0, 2)
      .join(' ')} ends with ${String(outcome.code)}`,
    outcome,
  }));
  test.concurrent.each(titled)('$title', async ({ outcome }) => {
    const { scenario, registered = true, args, code, words, writes, before, meanwhile } = outcome;
    const slow = outcome.slow === true || meanwhile !== undefined;
    await withAzure({ scenario, registered, slow }, async (azure) => {
      await before?.(azure);
      const child = azure.start([...args, '--debug']);
      await meanwhile?.(azure, child);
      const ran = await child.ended;
      expect(ran.code, ran.stderr).toBe(code);
      const said = unwrapped(`${ran.stdout} ${ran.stderr}`);
      for (const word of words) expect(said).toContain(word);
      expect(
        azure.writes.map(({ method, path, status }) => `${method} ${path.split('/').at(-1) ?? ''} ${String(status)}`),
      ).toHaveLength(writes);
      // A report, the rows of a setup and a changed pool are results, whatever they contain.
      const answered = code === 0 || code === 18 || args[0] === 'check' || args[0] === 'setup';
      if (!answered) expect(ran.stderr).toMatch(/^ERROR: /m);
      expect(ran.stderr).not.toContain('\u001b');
    })();
  });
});

describe('recovery', () => {
  test.concurrent(
    '--wait-for-operation shows that it waits, then reads and checks again, and sends one request',
    // The other operation lasts 12 s at this speed: a wait of less than 10 s would be followed by a pause of 30 s.
    withAzure({ scenario: 'other-operation', speed: 10 }, async (azure) => {
      const ran = await azure.run(['nodepool', 'enable', ...emptypool, '--yes', '--wait-for-operation', '10m']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(ran.stderr).toMatch(/Waiting for another operation[\s\S]*Turning on LocalDNS/);
      expect(azure.puts.map(({ status }) => status)).toEqual([409, 200]);
    }),
  );

  test.concurrent(
    '--wait-for-operation works without a time',
    withAzure({ scenario: 'other-operation', slow: true }, async (azure) => {
      const child = azure.start(['nodepool', 'enable', ...emptypool, '--wait-for-operation', '--yes']);
      await child.says('Waiting for another operation');
      child.kill('SIGINT');
      expect(await child.ended).toMatchObject({ code: 130, stdout: '' });
      expect(azure.puts.map(({ status }) => status)).toEqual([409]);
    }),
  );

  test.concurrent(
    'an operation longer than --wait-for-operation ends with 13 and the command that waits',
    withAzure({ scenario: 'never-ends' }, async (azure) => {
      await azure.run(['nodepool', 'enable', ...userpool, '--yes', '--no-wait']);
      azure.file('dns.json', JSON.stringify(customProfile));
      const ran = await azure.run([
        'nodepool',
        'update',
        ...userpool,
        '--localdns-config',
        'dns.json',
        '--yes',
        '--wait-for-operation',
        '2s',
      ]);
      expect(ran).toMatchObject({ code: 13, stdout: '' });
      expect(ran.stderr).toContain('aks-localdns nodepool wait');
      expect(azure.puts).toHaveLength(1);
    }),
  );

  test.concurrent(
    'after a failure the same command sends the request again and repairs the pool',
    withAzure({ scenario: 'bootstrap-failed' }, async (azure) => {
      const enable = ['nodepool', 'enable', ...userpool, '--yes'];
      expect((await azure.run(enable)).code).toBe(1);
      expect(azure.simulator.pool('aks-demo', 'userpool')).toMatchObject({ provisioningState: 'Failed' });
      const ran = await azure.run(enable);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({
        changed: true,
        provisioningState: 'Succeeded',
        localDNSProfile: { mode: 'Required' },
      });
      expect(azure.puts).toHaveLength(2);
    }),
  );

  test.concurrent(
    'with only pool rights, a change works if the unknown checks are ignored',
    withAzure({ scenario: 'pool-rights-only', slow: true }, async (azure) => {
      const enable = [
        'nodepool',
        'enable',
        ...userpool,
        '--subscription',
        'c0ffee00-1000-4000-8000-000000000001',
        '--yes',
      ];
      const refused = await azure.run(enable);
      expect(refused.code, refused.stderr).toBe(11);
      const ignore = /To continue anyway, ignore them: (.*)/.exec(refused.stderr)?.[1]?.split(' ') ?? [];
      expect(ignore.length).toBeGreaterThan(2);
      const child = azure.start([...enable, ...ignore]);
      await child.says('Updating');
      azure.pass(3600);
      const ran = await child.ended;
      expect(ran.code, ran.stderr).toBe(0);
      expect(azure.puts).toHaveLength(1);
    }),
  );

  test.concurrent(
    'an upgrade of the node image is not requested twice if its answer is lost',
    withAzure({ scenario: 'answer-lost' }, async (azure) => {
      const ran = await azure.run(['nodepool', 'upgrade', ...userpool, '--node-image-only', '--yes']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(azure.writes).toHaveLength(1);
    }),
  );

  test.concurrent(
    'the result of an addition is read if its answer is lost',
    withAzure({ scenario: 'answer-lost' }, async (azure) => {
      const ran = await azure.run(['nodepool', 'add', ...userpool.slice(0, 4), '-n', 'dnspool', '-c', '1']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(azure.writes).toHaveLength(1);
      expect(azure.simulator.pool('aks-demo', 'dnspool')).toMatchObject({ provisioningState: 'Succeeded' });
    }),
  );
});
