import { describe, expect, test } from 'vitest';
import { CliError } from '../../../../src/core/errors.ts';
import { exitCodeFor, readFacts, checkClusters } from '../../../../src/usecases/check/index.ts';
import type { PrerequisiteReport } from '../../../../src/model/report.ts';

const subscriptionId = '0a000000-0000-4000-8000-000000000001';
const id = `/subscriptions/${subscriptionId}/resourcegroups/rg-a/providers/Microsoft.ContainerService/managedClusters/aks-a`;
const pool = {
  count: 2,
  currentOrchestratorVersion: '1.33.2',
  enableFips: false,
  localDnsProfile: null,
  mode: 'User',
  name: 'np1',
  nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202608.26.0',
  osSku: 'Ubuntu',
  osType: 'Linux',
  powerState: { code: 'Running' },
  provisioningState: 'Succeeded',
  type: 'VirtualMachineScaleSets',
  vmSize: 'Standard_X2',
};
const cluster = {
  id,
  name: 'aks-a',
  location: 'westeurope',
  resourceGroup: 'rg-a',
  kubernetesVersion: '1.33',
  currentKubernetesVersion: '1.33.2',
  powerState: { code: 'Running' },
  provisioningState: 'Succeeded',
  sku: { name: 'Base', tier: 'Free' },
  agentPoolProfiles: [pool],
};
const size = {
  resourceType: 'virtualMachines',
  name: 'Standard_X2',
  family: 'x',
  locations: ['westeurope'],
  capabilities: [{ name: 'vCPUs', value: '2' }],
};

async function* lines(text: string): AsyncGenerator<string> {
  yield* text.split('\n');
}

async function judged(text: string): Promise<PrerequisiteReport> {
  return checkClusters(await readFacts('azure.json', lines(text)), { ruleset: 'ga' }, () => undefined);
}

function status(report: PrerequisiteReport, check: string): string | undefined {
  return report.rows.find((row) => row.id === check)?.status;
}

describe('facts that az prints', () => {
  test.each([
    ['az aks show', JSON.stringify(cluster, null, 2)],
    ['az aks list', JSON.stringify([cluster])],
    ['an ARM list', JSON.stringify({ value: [{ id, location: 'westeurope', properties: cluster }] })],
    ['a row of Resource Graph', JSON.stringify({ data: [{ id, location: 'westeurope', properties: cluster }] })],
    ['one a line', `${JSON.stringify(cluster)}\n${JSON.stringify(size)}\n`],
  ])('are judged: %s', async (_, text) => {
    const report = await judged(text);
    expect(report.pools).toHaveLength(1);
    expect(status(report, 'os-sku')).toBe('pass');
    expect(status(report, 'vm-vcpus')).toBe(text.includes('capabilities') ? 'fail' : 'unknown');
  });

  test('leave missing facts unknown, with the command that provides them', async () => {
    const report = await judged(JSON.stringify(cluster));
    const row = report.rows.find((each) => each.id === 'vm-vcpus');
    expect(JSON.stringify(row)).toContain('az vm list-skus -l westeurope');
    expect(exitCodeFor(report, 'fail')).toBe('unknown');
  });

  test('of node pools without their cluster are judged as far as possible', async () => {
    const alone = { ...pool, id: `${id}/agentPools/np1`, typePropertiesType: pool.type };
    const report = await judged(JSON.stringify([alone]));
    expect(report.pools).toHaveLength(1);
  });

  test('an entry that is not known is named, with the forms that are', async () => {
    const wrong = JSON.stringify([{ id: '/subscriptions/x/resourceGroups/y/providers/a.b/c/d' }]);
    await expect(judged(wrong)).rejects.toMatchObject({
      message: expect.stringContaining('item 1'),
      hints: expect.arrayContaining([expect.stringContaining('az aks list')]),
    });
    await expect(judged('{"a": ')).rejects.toThrow(CliError);
  });

  test('a total below the number of clusters found is not shown', async () => {
    const second = { ...cluster, id: `${id}-two`, name: 'aks-a-two' };
    const source = await readFacts('azure.json', lines(JSON.stringify([cluster, second])));
    const told: string[] = [];
    const short = {
      ...source,
      pages: async function* () {
        for await (const page of source.pages()) yield { ...page, total: 1 };
      },
    };
    await checkClusters(short, { ruleset: 'ga' }, (event) => {
      if (event.type === 'task.progress') told.push(event.message);
    });
    expect(told).toEqual(['2 clusters judged']);
  });
});
