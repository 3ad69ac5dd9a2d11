import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/index.ts';
import { createSecrets } from '../support/e2e-secrets.ts';
import { cluster, userpool, withAzure, type Rig } from '../support/e2e.ts';

describe('the search for secrets', () => {
  const secrets = createSecrets();
  secrets.addToken(`${'h'.repeat(30)}.${'p'.repeat(300)}.${'s'.repeat(43)}`);
  secrets.addSignedUrl(
    `https://management.azure.com/operations/1?api-version=2025-03-01&t=638&c=${'c'.repeat(60)}%2Bx&s=${'z'.repeat(40)}`,
  );

  test.each([
    ['a token', `Authorization: Bearer x.${'p'.repeat(300)}.y`],
    ['its signature alone', 's'.repeat(43)],
    ['a signed URL', `?c=${'c'.repeat(60)}%2Bx`],
    ['one with a line break of a terminal', `${'z'.repeat(20)}\r\n   ${'z'.repeat(20)}`],
  ])('finds %s', (_, text) => {
    expect(secrets.foundIn(`said: ${text}.`)).not.toEqual([]);
  });

  test('finds nothing in a text without secrets', () => {
    expect(secrets.foundIn('https://management.azure.com/operations/1?api-version=2025-03-01')).toEqual([]);
  });
});

/**
 * The harness searches every output and file for the issued secrets; these tests run at the highest verbosity.
 */
describe('tokens and signed URLs are never written', () => {
  const talkative = ['--debug', '--verbose'] as const;
  const lines: readonly (readonly string[])[] = [
    ['feature', 'show'],
    ['feature', 'register'],
    ['feature', 'unregister', '--yes'],
    ['provider', 'show'],
    ['provider', 'register'],
    ['setup'],
    ['feature', 'show', '--all-subscriptions'],
    ['setup', '--all-subscriptions', '--yes'],
    ['check', ...cluster],
    ['nodepool', 'list', ...cluster],
    ['nodepool', 'show', ...userpool],
    ['nodepool', 'add', ...cluster, '-n', 'dnspool', '-c', '0'],
    ['nodepool', 'enable', ...userpool, '--yes'],
    ['nodepool', 'disable', ...userpool, '--yes'],
    ['nodepool', 'update', ...userpool, '--localdns-config', '-', '--yes'],
    ['nodepool', 'upgrade', ...userpool, '--node-image-only', '--yes'],
    ['nodepool', 'wait', ...userpool],
    ['nodepool', 'operation-abort', ...userpool, '--yes'],
    ['verify', ...userpool, '--via', 'credentials'],
    ['verify', ...userpool, '--via', 'run-command'],
    ['config', 'init', '--from-pool', ...userpool],
    ['config', 'diff', 'default', 'pool', ...userpool],
  ];

  const commandOf = (line: readonly string[]): string | undefined =>
    commands
      .map(({ path }) => path.join(' '))
      .sort((left, right) => right.length - left.length)
      .find((name) => `${line.join(' ')} `.startsWith(`${name} `));

  test('every command that uses Azure is tested', () => {
    const named = commands.filter(({ effect }) => effect !== 'none').map(({ path }) => path.join(' '));
    const tried = new Set(lines.map((line) => commandOf(line)));
    expect(named.filter((name) => !tried.has(name))).toEqual([]);
  });

  const handedOut = async (azure: Rig): Promise<void> => {
    expect(azure.secrets.count).toBeGreaterThan(2);
  };

  test.concurrent.each(lines.map((line) => ({ title: line.slice(0, 2).join(' '), line })))(
    '$title',
    async ({ line }) => {
      await withAzure({ registered: line[0] !== 'setup' }, async (azure) => {
        await azure.run([...line, ...talkative], { input: '{"mode":"Required"}' });
        await azure.run([...line, ...talkative, '--events', 'ndjson', '-o', 'yaml'], { input: '{"mode":"Required"}' });
        await handedOut(azure);
      })();
    },
  );

  test.concurrent.each([
    'token-expired',
    'status-refused',
    'status-gone',
    'html-502',
    'connection-reset',
    'answer-lost',
    'bootstrap-failed',
    'no-access',
  ])('in the scenario %s', async (scenario) => {
    await withAzure({ scenario, slow: scenario.startsWith('status') }, async (azure) => {
      const child = azure.start(['nodepool', 'enable', ...userpool, '--yes', ...talkative, '--timeout', '30s']);
      if (scenario.startsWith('status')) {
        await child.says('Updating');
        azure.pass(3600);
      }
      await child.ended;
      await handedOut(azure);
    })();
  });

  test.concurrent(
    'on a terminal',
    withAzure({}, async (azure) => {
      const ran = await azure.terminal(['nodepool', 'enable', ...userpool, '--yes', ...talkative]).ended;
      expect(ran.code).toBe(0);
      await handedOut(azure);
    }),
  );
});
