import { describe, expect, test } from 'vitest';
import { at, without, type JsonObject, type JsonValue } from '../../src/core/json.ts';
import { customProfile, customText } from '../support/e2e-profile.ts';
import { cluster, emptypool, lineToContinue, unwrapped, userpool, value, withAzure, type Rig } from '../support/e2e.ts';

const dropped = ['eTag', 'provisioningState', 'nodeImageVersion', 'currentOrchestratorVersion', 'status'];

function propertiesOf(body: JsonValue | undefined): JsonObject {
  return at(body, 'properties') as JsonObject;
}

/**
 * One PUT with the eTag of the last read. Its body is that read, except for the profile, the requested settings and
 * read-only members.
 */
function oneHonestPut(azure: Rig, pool: string, changed: readonly string[] = ['localDNSProfile']): JsonObject {
  expect(azure.puts).toHaveLength(1);
  const [put] = azure.puts;
  const read = azure.seen
    .slice(
      0,
      azure.seen.findIndex((each) => each === put),
    )
    .findLast(({ method, path }) => method === 'GET' && path.endsWith(`/agentPools/${pool}`));
  const before = propertiesOf(read?.answer);
  const body = propertiesOf(put?.json);
  expect(put?.headers['if-match']).toBe(before['eTag']);
  expect(without(body, changed)).toEqual(without(before, [...changed, ...dropped]));
  expect(without(put?.json as JsonObject, ['properties'])).toEqual({});
  return body;
}

describe('nodepool update', () => {
  test.concurrent(
    'sends one PUT that changes only the profile, reads the pool again, and prints it as stored',
    withAzure({}, async (azure) => {
      azure.file('localdnsconfig.json', customText);
      const ran = await azure.run([
        'nodepool',
        'update',
        ...userpool,
        '--localdns-config',
        'localdnsconfig.json',
        '--yes',
      ]);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({
        name: 'userpool',
        changed: true,
        outcome: 'done',
        localDNSProfile: { ...customProfile, state: 'Enabled' },
      });
      expect(oneHonestPut(azure, 'userpool')['localDNSProfile']).toEqual(customProfile);
      expect(azure.simulator.reimagedNodes('aks-demo', 'userpool')).toBe(3);
      expect(azure.seen.at(-1)).toMatchObject({ method: 'GET', path: expect.stringMatching(/agentPools\/userpool$/) });
    }),
  );

  test.concurrent(
    'running it again sends nothing, except with --force',
    withAzure({}, async (azure) => {
      azure.file('dns.json', customText);
      const update = ['nodepool', 'update', ...emptypool, '--localdns-config', 'dns.json', '--yes'];
      expect((await azure.run(update)).code).toBe(0);
      const again = await azure.run(update);
      expect(again.code).toBe(0);
      expect(value(again)).toMatchObject({ changed: false, outcome: 'nothing-to-do' });
      expect(azure.puts).toHaveLength(1);
      const forced = await azure.run([...update, '--force']);
      expect(forced.code, forced.stderr).toBe(0);
      expect(value(forced)).toMatchObject({ changed: true });
      expect(azure.puts).toHaveLength(2);
    }),
  );

  test.concurrent(
    'a single map is merged with the stored profile',
    withAzure({}, async (azure) => {
      expect(
        (
          await azure.run(['nodepool', 'update', ...emptypool, '--localdns-config', '-', '--yes'], {
            input: customText,
          })
        ).code,
      ).toBe(0);
      const vnet = {
        ...(customProfile['vnetDNSOverrides'] as JsonObject),
        'other.example': (customProfile['vnetDNSOverrides'] as JsonObject)['corp.example'] ?? null,
      };
      const ran = await azure.run(['nodepool', 'update', ...emptypool, '--localdns-config', '-', '--yes'], {
        input: JSON.stringify({ mode: 'Required', vnetDNSOverrides: vnet }),
      });
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({
        localDNSProfile: { mode: 'Required', vnetDNSOverrides: { 'other.example': {} }, kubeDNSOverrides: { '.': {} } },
      });
    }),
  );

  test.concurrent(
    "zone fields that are left out get the service's defaults before sending",
    withAzure({}, async (azure) => {
      const file = {
        mode: 'Required',
        vnetDNSOverrides: { '.': {}, 'cluster.local': {} },
        kubeDNSOverrides: { '.': {}, 'cluster.local': {} },
      };
      const ran = await azure.run(['nodepool', 'update', ...emptypool, '--localdns-config', '-', '--yes'], {
        input: JSON.stringify(file),
      });
      expect(ran.code, ran.stderr).toBe(0);
      expect(oneHonestPut(azure, 'emptypool')['localDNSProfile']).toMatchObject({
        vnetDNSOverrides: {
          '.': { forwardDestination: 'VnetDNS', protocol: 'PreferUDP' },
          'cluster.local': { protocol: 'ForceTCP', forwardDestination: 'ClusterCoreDNS' },
        },
      });
    }),
  );

  test.concurrent(
    'every error of a file is reported with line and column before any request to Azure, and ends with 10',
    withAzure({}, async (azure) => {
      azure.file('bad.json', '{\n  "mode": "Requird",\n  "vnetDNSOverides": {},\n  "mod": "Required"\n}\n');
      const ran = await azure.run(['nodepool', 'update', ...userpool, '--localdns-config', 'bad.json', '--yes']);
      expect(ran).toMatchObject({ code: 10, stdout: '' });
      for (const words of ['bad.json', '3 errors', 'line 2', 'line 3', 'line 4', 'vnetDNSOverrides'])
        expect(ran.stderr).toContain(words);
      expect(azure.seen).toEqual([]);
    }),
  );

  test.concurrent(
    "the guide's serveStale Disabled is accepted as Disable, with a warning",
    withAzure({}, async (azure) => {
      const text = customText.replace('"serveStale": "Disable"', '"serveStale": "Disabled"');
      const ran = await azure.run(['nodepool', 'update', ...emptypool, '--localdns-config', '-', '--yes'], {
        input: text,
      });
      expect(ran.code, ran.stderr).toBe(0);
      expect(ran.stderr).toMatch(/WARNING.*Disable/);
      expect(oneHonestPut(azure, 'emptypool')['localDNSProfile']).toEqual(customProfile);
    }),
  );

  const encodings: readonly (readonly [title: string, bytes: Uint8Array])[] = [
    ['UTF-8 with a mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(customText)])],
    [
      'UTF-16 little-endian with a byte order mark',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(customText, 'utf16le')]),
    ],
    [
      'UTF-16 big-endian with a byte order mark',
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(customText, 'utf16le').swap16()]),
    ],
    ['UTF-16 without a mark', Buffer.from(customText, 'utf16le')],
  ];
  test.concurrent.each(encodings)('reads a file in %s, by name and from standard input', async (_title, bytes) => {
    await withAzure({}, async (azure) => {
      azure.file('dns.json', bytes);
      const dry = ['--dry-run', '--show-request', '--query', 'plan.requestBody.properties.localDNSProfile'];
      const [named, piped] = await Promise.all([
        azure.run(['nodepool', 'update', ...userpool, '--localdns-config', 'dns.json', ...dry]),
        azure.run(['nodepool', 'update', ...userpool, '--localdns-config', '-', ...dry], { input: bytes }),
      ]);
      expect(value(named)).toEqual(customProfile);
      expect(value(piped)).toEqual(customProfile);
    })();
  });

  test.concurrent(
    'a file over 1 MiB is refused',
    withAzure({}, async (azure) => {
      azure.file('big.json', `{ "mode": "Required"${' '.repeat(1_048_576)}}`);
      const ran = await azure.run(['nodepool', 'update', ...userpool, '--localdns-config', 'big.json', '--yes']);
      expect(ran).toMatchObject({ code: 1, stdout: '' });
      expect(ran.stderr).toContain('big.json is larger than 1048576 bytes');
      expect(azure.seen).toEqual([]);
    }),
  );

  test.concurrent(
    'upgrade settings are sent in the same request, with a note that they are stored',
    withAzure({}, async (azure) => {
      azure.file('dns.json', customText);
      const ran = await azure.run([
        'nodepool',
        'update',
        ...userpool,
        '--localdns-config',
        'dns.json',
        '--max-surge',
        '50%',
        '--drain-timeout',
        '10',
        '--yes',
      ]);
      expect(ran.code, ran.stderr).toBe(0);
      expect(oneHonestPut(azure, 'userpool', ['localDNSProfile', 'upgradeSettings'])['upgradeSettings']).toEqual({
        maxSurge: '50%',
        maxUnavailable: '0',
        drainTimeoutInMinutes: 10,
        'x-futureStrategy': 'calm',
      });
      expect(unwrapped(ran.stderr)).toContain('stay on the pool');
      expect(ran.stderr).toMatch(/Batches +2/);
    }),
  );
});

describe('nodepool enable', () => {
  test.concurrent(
    'without overrides, sends the documented default',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['nodepool', 'enable', ...userpool, '--yes']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({ changed: true, localDNSProfile: { mode: 'Required', state: 'Enabled' } });
      oneHonestPut(azure, 'userpool');
    }),
  );

  test.concurrent(
    'keeps the stored overrides; --reset replaces them with the default',
    withAzure({}, async (azure) => {
      azure.simulator.changePool('aks-edge', 'emptypool', (properties) => ({
        ...properties,
        localDNSProfile: { ...customProfile, mode: 'Disabled', state: 'Disabled' },
      }));
      const kept = await azure.run(['nodepool', 'enable', ...emptypool, '--yes']);
      expect(kept.code, kept.stderr).toBe(0);
      expect(value(kept)).toMatchObject({ localDNSProfile: { ...customProfile, state: 'Enabled' } });
      const reset = await azure.run(['nodepool', 'enable', ...emptypool, '--reset', '--yes']);
      expect(reset.code, reset.stderr).toBe(0);
      expect(JSON.stringify(at(value(reset), 'localDNSProfile'))).not.toContain('corp.example');
    }),
  );

  test.concurrent(
    'a failed prerequisite ends it with 10, the reason, the fix, and how to ignore the check',
    withAzure({}, async (azure) => {
      for (const [pool, id] of [
        ['smallpool', 'vm-vcpus'],
        ['oldpool', 'os-sku'],
        ['winpool', 'os-sku'],
      ] as const) {
        const ran = await azure.run(['nodepool', 'enable', ...cluster, '-n', pool, '--yes']);
        expect(ran, pool).toMatchObject({ code: 10, stdout: '' });
        expect(ran.stderr).toMatch(new RegExp(`FAIL ${id} `));
        expect(ran.stderr).toContain(`--ignore ${id}`);
      }
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'an ignored check does not stop it',
    withAzure({ registered: false }, async (azure) => {
      const ran = await azure.run(['nodepool', 'enable', ...emptypool, '--yes', '--ignore', 'feature-registered']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(azure.puts).toHaveLength(1);
    }),
  );

  test.concurrent(
    'the warning names the account, the pool, the number of nodes, the estimated time and what is lost',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['nodepool', 'enable', ...userpool, '--dry-run', '-o', 'table']);
      expect(ran.code, ran.stderr).toBe(0);
      for (const words of [
        'managed-identity',
        'tenant',
        'rg-demo/aks-demo/userpool (User)',
        '3, all reimaged',
        '10% = 1 node',
        'an estimate',
        'ephemeral',
        'never configured -> Required',
        'vnetDNSOverrides["."]',
      ])
        expect(unwrapped(ran.stdout)).toContain(words);
      expect(ran.stdout).toMatch(/Batches +3/);
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'the body that a dry run shows is the body that is sent',
    withAzure({}, async (azure) => {
      const dry = await azure.run(['nodepool', 'enable', ...userpool, '--dry-run', '--show-request']);
      expect((await azure.run(['nodepool', 'enable', ...userpool, '--yes', '--no-wait'])).code).toBe(0);
      expect(azure.puts[0]?.json).toEqual(at(value(dry), 'plan', 'requestBody'));
    }),
  );

  test.concurrent(
    'without a terminal and --yes it ends with 2 and sends no PUT, regardless of the Azure CLI settings',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['nodepool', 'enable', ...userpool], {
        env: { AZURE_CORE_DISABLE_CONFIRM_PROMPT: 'yes' },
      });
      expect(ran).toMatchObject({ code: 2, stdout: '' });
      expect(ran.stderr).toContain('Use --yes');
      expect(ran.stderr).toContain('3, all reimaged');
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    '--no-wait returns once Azure accepts the request; the printed command waits for it',
    withAzure({ slow: true }, async (azure) => {
      const ran = await azure.run(['nodepool', 'enable', ...userpool, '--yes', '--no-wait']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({ outcome: 'accepted', changed: true, provisioningState: 'Updating' });
      const waiting = azure.startShell(lineToContinue(ran.stderr));
      await waiting.says('Waiting for');
      azure.pass(3600);
      const waited = await waiting.ended;
      expect(waited.code, waited.stderr).toBe(0);
      expect(value(waited)).toMatchObject({ provisioningState: 'Succeeded', localDNSProfile: { state: 'Enabled' } });
    }),
  );

  test.concurrent(
    'running the same command again waits for the running operation and sends nothing',
    withAzure({ slow: true }, async (azure) => {
      await azure.run(['nodepool', 'enable', ...userpool, '--yes', '--no-wait']);
      const child = azure.start(['nodepool', 'enable', ...userpool, '--yes']);
      await child.says('already');
      azure.pass(3600);
      const ran = await child.ended;
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({ outcome: 'adopted', localDNSProfile: { state: 'Enabled' } });
      expect(azure.puts).toHaveLength(1);
    }),
  );
});

describe('nodepool disable', () => {
  const on = (azure: Rig, clusterName: string, pool: string): void => {
    azure.simulator.changePool(clusterName, pool, (properties) => ({
      ...properties,
      localDNSProfile: { ...customProfile, state: 'Enabled' },
    }));
  };

  test.concurrent(
    'turns it off and keeps the overrides',
    withAzure({}, async (azure) => {
      on(azure, 'aks-demo', 'userpool');
      const ran = await azure.run(['nodepool', 'disable', ...userpool, '--yes']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({
        changed: true,
        localDNSProfile: { ...customProfile, mode: 'Disabled', state: 'Disabled' },
      });
      oneHonestPut(azure, 'userpool');
    }),
  );

  test.concurrent(
    'failed prerequisites are reported, but do not block it',
    withAzure({ registered: false }, async (azure) => {
      on(azure, 'aks-demo', 'smallpool');
      const ran = await azure.run(['nodepool', 'disable', ...cluster, '-n', 'smallpool', '--yes']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(unwrapped(ran.stderr)).toContain('does not block turning LocalDNS off');
      expect(azure.puts).toHaveLength(1);
    }),
  );

  test.concurrent(
    'a pool that was never configured is pinned: Disabled is stored once',
    withAzure({}, async (azure) => {
      const disable = ['nodepool', 'disable', ...emptypool, '--yes'];
      const ran = await azure.run(disable);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({ changed: true, localDNSProfile: { mode: 'Disabled', state: 'Disabled' } });
      expect(value(await azure.run(disable))).toMatchObject({ changed: false, outcome: 'nothing-to-do' });
      expect(azure.puts).toHaveLength(1);
    }),
  );

  test.concurrent(
    '--abort-running aborts the running operation first',
    withAzure({ scenario: 'never-ends' }, async (azure) => {
      await azure.run(['nodepool', 'enable', ...userpool, '--yes', '--no-wait']);
      const refused = await azure.run(['nodepool', 'disable', ...userpool, '--yes']);
      expect(refused).toMatchObject({ code: 16, stdout: '' });
      expect(refused.stderr).toMatch(/in progress[\s\S]*--wait-for-operation[\s\S]*operation-abort/);
      const ran = await azure.run(['nodepool', 'disable', ...userpool, '--yes', '--abort-running']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({ localDNSProfile: { mode: 'Disabled' }, provisioningState: 'Succeeded' });
      expect(azure.writes.map(({ method, path }) => `${method} ${path.split('/').at(-1) ?? ''}`)).toEqual([
        'PUT userpool',
        'POST abort',
        'PUT userpool',
      ]);
    }),
  );
});
