import { describe, expect, test } from 'vitest';
import { cluster, userpool, withAzure, type Rig } from '../support/e2e.ts';

/** Zones with mistakes, for many findings. */
const profile = JSON.stringify({
  mode: 'Required',
  vnetDNSOverrides: {
    '.': { serveStale: 'Immediate' },
    'cluster.local': { forwardDestination: 'VnetDNS', protocl: 'ForceTCP' },
    'corp.example': {},
  },
});

const commands: readonly (readonly string[])[] = [
  ['--help'],
  ['nodepool'],
  ['check', '--help'],
  ['nodepool', 'update', '--help'],
  ['version'],
  ['check', 'list'],
  ['check', 'explain', 'vm-vcpus'],
  ['config', 'rules', 'list'],
  ['config', 'rules', 'explain', 'L040'],
  ['config', 'lint', 'bad.json'],
  ['config', 'validate', 'bad.json'],
  ['config', 'explain', 'www.contoso.com'],
  ['config', 'explain', 'www.contoso.com', '--trace'],
  ['config', 'diff', 'default', 'off.json'],
  ['config', 'diff', 'default', 'bad.json'],
  ['check', ...cluster, '--forecast'],
  ['check', '--all-subscriptions'],
  ['check', ...userpool, '--only', 'vm-vcpu'],
  ['nodepool', 'list', ...cluster],
  ['nodepool', 'show', ...cluster, '-n', 'nopool'],
  ['nodepool', 'wait', ...userpool],
  ['nodepool', 'wait', ...userpool, '--custom', "name=='x'", '--timeout', '8s'],
  ['nodepool', 'enable', ...userpool, '--dry-run'],
  ['nodepool', 'enable', ...cluster, '--all-pools', '--dry-run'],
  ['nodepool', 'add', ...cluster, '-n', 'new', '--dry-run'],
  ['nodepool', 'add', ...cluster, '-n', 'new', '--node-vm-size', 'Standard_D2s_v3', '--dry-run'],
  ['nodepool', 'upgrade', ...userpool, '--node-image-only', '--yes'],
  ['feature', 'show'],
  ['provider', 'show'],
  ['setup', '--yes'],
  ['simulator', 'start', '--list-scenarios'],
  ['nodepool', 'shwo'],
  ['nodepool', 'show'],
  ['check', '--from-facts', 'missing.json'],
];

/** Lines in which the terminal would break a word that fits on one line. */
function brokenWords(text: string, columns: number): readonly string[] {
  return text.split('\n').filter((line) => {
    for (let at = columns; at < line.length; at += columns) {
      const word = /\S*$/.exec(line.slice(0, at))?.[0] ?? '';
      const rest = /^\S*/.exec(line.slice(at))?.[0] ?? '';
      if (word !== '' && rest !== '' && (word + rest).length <= columns) return true;
    }
    return false;
  });
}

async function textOf(azure: Rig, command: readonly string[], columns: number, env = {}): Promise<string> {
  const { text } = await azure.terminal(command, { columns, env: { TERM: 'dumb', ...env } }).ended;
  expect(text.trim(), command.join(' ')).not.toBe('');
  return text;
}

describe('a narrow terminal', () => {
  test.concurrent.each([40, 80])('of %i columns breaks no word in the output of any command', async (columns) => {
    await withAzure({}, async (azure) => {
      azure.file('bad.json', profile);
      azure.file('off.json', '{"mode":"Disabled"}');
      for (const command of commands) {
        const text = await textOf(azure, command, columns);
        expect(brokenWords(text, columns), command.join(' ')).toEqual([]);
      }
    })();
  });

  test.concurrent(
    'shows a long command over several lines that a shell reads as one',
    withAzure({}, async (azure) => {
      const text = await textOf(azure, ['check', ...cluster], 40);
      const fix = /Fix: (aks-localdns nodepool add (?:[^\n]*\\\n)*[^\n]*)/.exec(text)?.[1] ?? '';
      expect(fix.split('\n').length).toBeGreaterThan(2);
      const ran = await azure.shell(`${fix} --dry-run`);
      expect(ran.code, ran.stderr).toBe(0);
      expect(ran.stderr).toContain('smallpool2 was not added');
    }),
  );

  test.concurrent(
    'gets a list instead of a table that does not fit',
    withAzure({}, async (azure) => {
      expect(await textOf(azure, ['nodepool', 'show', ...userpool], 40)).toMatch(/^Name +userpool\nMode +User\n/);
      expect(await textOf(azure, ['nodepool', 'show', ...userpool], 140)).toMatch(/^Name +Mode +/);
      const wrapped = await textOf(azure, ['check', 'list'], 80);
      expect(wrapped).toMatch(/^ID +Level +Preview +GA +Title\n/);
    }),
  );

  test.concurrent(
    'gets only ASCII with LC_ALL=C',
    withAzure({}, async (azure) => {
      azure.file('bad.json', profile);
      azure.file('off.json', '{"mode":"Disabled"}');
      for (const command of commands)
        expect(await textOf(azure, command, 80, { LC_ALL: 'C' }), command.join(' ')).toMatch(/^[\n -~]*$/);
      const moving = await azure.terminal(['nodepool', 'enable', ...userpool, '--yes'], { env: { LC_ALL: 'C' } }).ended;
      expect(moving.code).toBe(0);
      expect(moving.text).toMatch(/^[\r\n -~]*$/);
      expect(moving.text).toContain('+ Turning on LocalDNS');
    }),
  );
});
