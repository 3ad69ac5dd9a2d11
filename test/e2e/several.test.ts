import { describe, expect, test } from 'vitest';
import { cluster, edge, emptypool, unwrapped, value, withAzure } from '../support/e2e.ts';

const both = [...edge, '-n', 'singlepool', 'emptypool'];

describe('several pools of a cluster', () => {
  test.concurrent(
    'are changed one after another, and printed as a list with one summary',
    withAzure({}, async (azure) => {
      const enable = ['nodepool', 'enable', ...both, '--yes'];
      const ran = await azure.run(enable);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject([
        { name: 'singlepool', outcome: 'done', localDNSProfile: { mode: 'Required' } },
        { name: 'emptypool', outcome: 'done', localDNSProfile: { mode: 'Required' } },
      ]);
      expect(unwrapped(ran.stderr)).toContain('2 node pools: 2 changed.');
      expect(azure.puts.map(({ path }) => path.split('/').at(-1))).toEqual(['singlepool', 'emptypool']);
      const again = await azure.run(enable);
      expect(unwrapped(again.stderr)).toContain('2 node pools: 0 changed, 2 already up to date.');
      expect(azure.puts).toHaveLength(2);
    }),
  );

  test.concurrent(
    '--all-pools skips pools that can never have LocalDNS, and is refused as a whole, with the names of eligible pools',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['nodepool', 'enable', ...cluster, '--all-pools', '--yes']);
      expect(ran).toMatchObject({ code: 10, stdout: '' });
      expect(unwrapped(ran.stderr)).toMatch(/does not support LocalDNS and is skipped: winpool\./);
      const [, names] = /To change only the others: (-n [a-z0-9 ]+)/.exec(unwrapped(ran.stderr)) ?? [];
      expect(azure.writes).toEqual([]);
      const line = ['nodepool', 'enable', ...cluster, ...(names ?? '').trim().split(' '), '--dry-run', '-o', 'json'];
      const others = await azure.run(line);
      expect(others.code, others.stderr).toBe(0);
      expect(value(others)).toMatchObject(
        (names ?? '')
          .trim()
          .split(' ')
          .slice(1)
          .map((name) => ({ name, dryRun: true })),
      );
    }),
  );

  test.concurrent(
    'a dry run always has the same shape, and its exit code shows whether something would change',
    withAzure({}, async (azure) => {
      const dry = ['--dry-run', '--detailed-exitcode'];
      const planned = await azure.run(['nodepool', 'enable', ...emptypool, ...dry]);
      expect(planned.code, planned.stderr).toBe(12);
      expect(value(planned)).toMatchObject({
        name: 'emptypool',
        changed: false,
        outcome: 'planned',
        dryRun: true,
        plan: { action: 'enable', schemaVersion: '1.0' },
      });
      expect((await azure.run(['nodepool', 'enable', ...emptypool, '--yes'])).code).toBe(0);
      const nothing = await azure.run(['nodepool', 'enable', ...emptypool, ...dry]);
      expect(nothing.code, nothing.stderr).toBe(0);
      expect(value(nothing)).toEqual({
        name: 'emptypool',
        changed: false,
        outcome: 'nothing-to-do',
        dryRun: true,
        plan: null,
      });
      azure.file('required.json', '{"mode":"Required"}');
      const shape = { changed: false, dryRun: true, outcome: 'planned', plan: { schemaVersion: '1.0' } };
      for (const [action, name, ...words] of [
        ['enable', 'userpool'],
        ['disable', 'userpool'],
        ['update', 'userpool', '--localdns-config', 'required.json'],
        ['upgrade', 'userpool', '--node-image-only'],
        ['add', 'dnspool'],
      ] as const) {
        const ran = await azure.run(['nodepool', action, ...cluster, '-n', name, ...words, ...dry]);
        expect(ran.code, `${action}\n${ran.stderr}`).toBe(12);
        expect(value(ran), action).toMatchObject({ ...shape, name });
        const plain = await azure.run(['nodepool', action, ...cluster, '-n', name, ...words, '--dry-run']);
        expect([plain.code, value(plain)], action).toEqual([0, value(ran)]);
        const several =
          action === 'add'
            ? []
            : [await azure.run(['nodepool', action, ...cluster, '-n', 'userpool', 'systempool', ...words, ...dry])];
        for (const both of several) {
          expect(both.code, `${action}\n${both.stderr}`).toBe(12);
          expect(value(both), action).toMatchObject([{ dryRun: true }, { dryRun: true }]);
        }
      }
      expect(azure.puts).toHaveLength(1);
      expect(azure.writes).toHaveLength(1);
    }),
  );

  test.concurrent(
    'an ignore file works for a change as for check, and the result names the ignored checks',
    withAzure({}, async (azure) => {
      const smallpool = [...cluster, '-n', 'smallpool'];
      expect((await azure.run(['nodepool', 'enable', ...smallpool, '--dry-run'])).code).toBe(10);
      azure.file(
        'ignore.yaml',
        'ignore:\n  - id: vm-vcpus\n    scope: "**/agentPools/smallpool"\n    owner: ada\n    reason: a trial\n    expires: 2999-12-31\n',
      );
      const ran = await azure.run(['nodepool', 'enable', ...smallpool, '--dry-run', '--ignore-file', 'ignore.yaml']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({ plan: { ignored: [{ id: 'vm-vcpus', rows: 1, owner: 'ada' }] } });
      // The file in the working directory needs no option, and its scope also applies to a pool that does not exist yet.
      const small = ['nodepool', 'add', ...cluster, '-n', 'tiny', '--node-vm-size', 'Standard_D2s_v3', '--dry-run'];
      expect((await azure.run(small)).code).toBe(10);
      azure.file(
        '.aks-localdns-ignore.yaml',
        'ignore:\n  - id: vm-vcpus\n    scope: "**/agentPools/tiny"\n    owner: ada\n    reason: a trial\n    expires: 2999-12-31\n',
      );
      const added = await azure.run(small);
      expect(added.code, added.stderr).toBe(0);
      expect(value(added)).toMatchObject({ plan: { ignored: [{ id: 'vm-vcpus', rows: 1 }] } });
      expect(added.stderr).toContain('.aks-localdns-ignore.yaml');
    }),
  );

  test.concurrent.each([
    [['-n', 'userpool', '--all-pools'], '--all-pools and --name/-n are mutually exclusive.'],
    [[], '--name/-n with one or more node pools is required'],
    [['-n', 'userpool', 'emptypool', '--no-wait'], '--no-wait supports only one node pool'],
    [['-n', 'userpool', '--detailed-exitcode'], '--detailed-exitcode requires --dry-run.'],
    [['-n', 'userpool', '--show-request'], '--show-request requires --dry-run.'],
  ])('%j is refused before any request to Azure', async (words, message) =>
    withAzure({}, async (azure) => {
      const ran = await azure.run(['nodepool', 'enable', ...cluster, ...words, '--yes']);
      expect(ran).toMatchObject({ code: 2, stdout: '' });
      expect(unwrapped(ran.stderr)).toContain(message);
      expect(azure.seen).toEqual([]);
    })(),
  );
});
