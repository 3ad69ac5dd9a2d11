import { describe, expect, test } from 'vitest';
import { at, type JsonObject } from '../../src/core/json.ts';
import { customProfile, customText } from '../support/e2e-profile.ts';
import { cluster, lineToContinue, userpool, value, withAzure, type Rig } from '../support/e2e.ts';

const add = ['nodepool', 'add', ...cluster, '-n', 'dnspool'] as const;

/** The properties of the one PUT that was sent. */
function sent(azure: Rig): JsonObject {
  expect(azure.puts).toHaveLength(1);
  return at(azure.puts[0]?.json, 'properties') as JsonObject;
}

describe('nodepool add', () => {
  test.concurrent(
    'adds a pool with the documented default in one request, without asking',
    withAzure({}, async (azure) => {
      const ran = await azure.run([...add, '-s', 'Standard_D4ds_v5']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({
        name: 'dnspool',
        changed: true,
        outcome: 'done',
        provisioningState: 'Succeeded',
        count: 3,
        localDNSProfile: { mode: 'Required', state: 'Enabled' },
      });
      expect(sent(azure)).toMatchObject({
        localDNSProfile: {
          mode: 'Required',
          vnetDNSOverrides: { '.': { forwardDestination: 'VnetDNS' }, 'cluster.local': { protocol: 'ForceTCP' } },
          kubeDNSOverrides: { '.': { forwardDestination: 'ClusterCoreDNS' } },
        },
      });
      expect(azure.puts[0]?.headers['if-none-match']).toBe('*');
      expect(azure.simulator.pool('aks-demo', 'dnspool')).toMatchObject({ provisioningState: 'Succeeded' });
    }),
  );

  test.concurrent(
    'takes a profile from a file',
    withAzure({}, async (azure) => {
      azure.file('dns.json', customText);
      const ran = await azure.run([...add, '--localdns-config', 'dns.json']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(sent(azure)['localDNSProfile']).toEqual(customProfile);
    }),
  );

  test.concurrent(
    "az's usual flags become the properties that az sends",
    withAzure({}, async (azure) => {
      const flags = [
        '-c',
        '2',
        '-s',
        'Standard_D8ds_v5',
        '--mode',
        'User',
        '--os-sku',
        'AzureLinux',
        '-k',
        '1.33',
        '--zones',
        '1',
        '2',
        '--labels',
        'team=shop',
        'empty=',
        'url=a.b',
        '--node-taints',
        'a=b:NoSchedule,c=d:NoExecute',
        '--tags',
        'cost=4711',
        'url=a=b',
        '--node-osdisk-size',
        '200',
        '--node-osdisk-type',
        'Managed',
        '-m',
        '110',
        '--max-surge',
        '33%',
        '--drain-timeout',
        '45',
        '--node-soak-duration',
        '5',
        '-e',
        '--min-count',
        '1',
        '--max-count',
        '5',
        '--set',
        'kubeletConfig.cpuManagerPolicy=static',
        '--set',
        'networkProfile.nodePublicIPTags=[]',
      ];
      const ran = await azure.run([...add, ...flags]);
      expect(ran.code, ran.stderr).toBe(0);
      expect(sent(azure)).toMatchObject({
        count: 2,
        vmSize: 'Standard_D8ds_v5',
        mode: 'User',
        osSKU: 'AzureLinux',
        orchestratorVersion: '1.33',
        availabilityZones: ['1', '2'],
        nodeLabels: { team: 'shop', empty: '', url: 'a.b' },
        nodeTaints: ['a=b:NoSchedule', 'c=d:NoExecute'],
        tags: { cost: '4711', url: 'a=b' },
        osDiskSizeGB: 200,
        osDiskType: 'Managed',
        maxPods: 110,
        enableAutoScaling: true,
        minCount: 1,
        maxCount: 5,
        upgradeSettings: { maxSurge: '33%', drainTimeoutInMinutes: 45, nodeSoakDurationInMinutes: 5 },
        kubeletConfig: { cpuManagerPolicy: 'static' },
        networkProfile: { nodePublicIPTags: [] },
      });
    }),
  );

  test.concurrent(
    'a spot pool',
    withAzure({}, async (azure) => {
      const ran = await azure.run([
        ...add,
        '--priority',
        'Spot',
        '--spot-max-price',
        '0.25',
        '--dry-run',
        '--show-request',
      ]);
      expect(ran.code, ran.stderr).toBe(0);
      expect(at(value(ran), 'plan', 'requestBody', 'properties')).toMatchObject({
        scaleSetPriority: 'Spot',
        scaleSetEvictionPolicy: 'Delete',
        spotMaxPrice: 0.25,
      });
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    "--like copies another pool's settings, including unknown fields, except what is specific to that pool; options take precedence",
    withAzure({}, async (azure) => {
      const ran = await azure.run([...add, '--like', 'userpool', '-c', '1', '--labels', 'tier=backend']);
      expect(ran.code, ran.stderr).toBe(0);
      const properties = sent(azure);
      expect(properties).toMatchObject({
        count: 1,
        nodeLabels: { tier: 'backend' },
        tags: { 'cost-center': '4711' },
        'x-future': { ring: 'canary' },
        upgradeSettings: { 'x-futureStrategy': 'calm' },
        localDNSProfile: { mode: 'Required' },
      });
      for (const name of ['provisioningState', 'powerState', 'nodeImageVersion', 'eTag', 'currentOrchestratorVersion'])
        expect(properties).not.toHaveProperty(name);
    }),
  );

  test.concurrent(
    '--like with a pool that does not exist ends with 3',
    withAzure({}, async (azure) => {
      const ran = await azure.run([...add, '--like', 'nopool']);
      expect(ran).toMatchObject({ code: 3, stdout: '' });
      expect(ran.stderr).toContain('nopool');
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'a pool that already exists is an error that names the command to change it',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['nodepool', 'add', ...userpool]);
      expect(ran).toMatchObject({ code: 1, stdout: '' });
      expect(ran.stderr).toMatch(
        /already exists[\s\S]*aks-localdns nodepool update[\s\S]*aks-localdns nodepool enable/,
      );
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    '--dry-run shows what would be created, with the exact body on request, and sends nothing',
    withAzure({}, async (azure) => {
      const ran = await azure.run([...add, '--dry-run', '--show-request', '-o', 'table']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(ran.stdout).toMatch(/^Add node pool dnspool/);
      const body = JSON.parse(/Request body:\n([\s\S]*)$/.exec(ran.stdout)?.[1] ?? '') as JsonObject;
      expect(body).toMatchObject({ properties: { count: 3, localDNSProfile: { mode: 'Required' } } });
      expect(azure.writes).toEqual([]);
      const short = await azure.run([...add, '--dry-run']);
      expect(value(short)).toMatchObject({ dryRun: true, changed: false, outcome: 'planned' });
      expect(short.stdout).not.toContain('requestBody');
    }),
  );

  test.concurrent(
    'the body that a dry run shows is the body that is sent',
    withAzure({}, async (azure) => {
      const shown = at(value(await azure.run([...add, '--dry-run', '--show-request'])), 'plan', 'requestBody');
      expect((await azure.run([...add])).code).toBe(0);
      expect(azure.puts[0]?.json).toEqual(shown);
    }),
  );

  const refused: readonly (readonly [title: string, code: number, args: readonly string[], word: string])[] = [
    ['too small a size: 10', 10, ['-s', 'Standard_D2s_v3'], 'vm-vcpus'],
    ['Windows: 10', 10, ['--os-type', 'Windows'], 'os-sku'],
    ['a size that nobody lists: 11', 11, ['-s', 'Standard_Nonsense_v9'], 'vm-vcpus'],
    ['autoscaling without its bounds: 2', 2, ['-e'], '--min-count'],
    ['bounds without autoscaling: 2', 2, ['--min-count', '1'], '--enable-cluster-autoscaler'],
    ['a label that is no pair: 2', 2, ['--labels', 'team'], '--labels'],
    ['a taint without an effect: 2', 2, ['--node-taints', 'a=b'], '--node-taints'],
    ['a spot price without Spot: 2', 2, ['--spot-max-price', '1'], '--priority'],
    ['a --set without a value: 2', 2, ['--set', 'kubeletConfig'], '--set'],
  ];
  test.concurrent.each(refused)('%s, and nothing is sent', async (_title, code, args, word) => {
    await withAzure({}, async (azure) => {
      const ran = await azure.run([...add, ...args]);
      expect(ran, ran.stderr).toMatchObject({ code, stdout: '' });
      expect(ran.stderr).toContain(word);
      expect(azure.writes).toEqual([]);
    })();
  });

  test.concurrent(
    'a single map is not a complete profile for a new pool and ends with 10',
    withAzure({}, async (azure) => {
      azure.file(
        'half.json',
        JSON.stringify({ mode: 'Required', vnetDNSOverrides: customProfile['vnetDNSOverrides'] ?? null }),
      );
      const ran = await azure.run([...add, '--localdns-config', 'half.json']);
      expect(ran).toMatchObject({ code: 10, stdout: '' });
      expect(ran.stderr).toContain('kubeDNSOverrides');
      expect(azure.seen).toEqual([]);
    }),
  );

  test.concurrent(
    '--no-wait returns once Azure accepts the request; the printed command waits for it',
    withAzure({ slow: true }, async (azure) => {
      const ran = await azure.run([...add, '-c', '1', '--no-wait']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({ outcome: 'accepted', changed: true });
      const line = lineToContinue(ran.stderr);
      expect(line).toContain('--created');
      const waiting = azure.startShell(line);
      await waiting.says('Waiting for');
      azure.pass(3600);
      const waited = await waiting.ended;
      expect(waited.code, waited.stderr).toBe(0);
      expect(value(waited)).toMatchObject({ name: 'dnspool', provisioningState: 'Succeeded' });
    }),
  );
});
