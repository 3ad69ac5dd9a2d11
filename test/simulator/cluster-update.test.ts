import { describe, expect, test } from 'vitest';
import { asArray, asString, at, without, type JsonObject } from '../../src/core/json.ts';
import { aks, aksCluster, aksPath, aksPool, cluster, putCluster, untilDone } from './aks.ts';
import { code, faithful, propertiesOf, type Wire } from './client.ts';

const started = (on: Wire, action: string) => on.send('POST', aksPath('a', `/${action}`));

describe('an update of a cluster', () => {
  test('without a change reconciles it, and repairs a failed one', async () => {
    const on = aks(aksCluster('a', '1.36.4', { properties: { provisioningState: 'Failed' } }));
    const answer = await putCluster(on, 'a', {});
    expect([answer.status, at(answer.body, 'properties', 'provisioningState')]).toEqual([200, 'Updating']);
    on.advance(60);
    expect(at(await cluster(on, 'a'), 'properties', 'provisioningState')).toBe('Succeeded');
  });

  test('stores tags, tier, support plan, channel and node provisioning mode, and keeps what is left out', async () => {
    const on = aks(aksCluster('a', '1.36.4'));
    const before = at(await cluster(on, 'a'), 'properties', 'networkProfile');
    const answer = await on.send('PUT', aksPath('a'), {
      body: {
        location: 'westeurope',
        sku: { name: 'Base', tier: 'Premium' },
        tags: { owner: 'me' },
        properties: {
          supportPlan: 'AKSLongTermSupport',
          autoUpgradeProfile: { upgradeChannel: 'patch' },
          nodeProvisioningProfile: { mode: 'Auto' },
        },
      },
    });
    expect(answer.status).toBe(200);
    on.advance(60);
    expect(await cluster(on, 'a')).toMatchObject({
      sku: { tier: 'Premium' },
      tags: { owner: 'me' },
      properties: {
        supportPlan: 'AKSLongTermSupport',
        autoUpgradeProfile: { upgradeChannel: 'patch' },
        nodeProvisioningProfile: { mode: 'Auto' },
        kubernetesVersion: '1.36',
        networkProfile: before,
      },
    });
    expect(on.simulator.reimagedNodes('a', 'web')).toBe(0);
  });

  test.each<[string, JsonObject, JsonObject, string, string]>([
    ['long-term support without Premium', { supportPlan: 'AKSLongTermSupport' }, {}, 'InvalidParameter', 'supportPlan'],
    ['an unknown tier', {}, { sku: { name: 'Base', tier: 'Gold' } }, 'InvalidParameter', 'sku.tier'],
    [
      'an unknown channel',
      { autoUpgradeProfile: { upgradeChannel: 'weekly' } },
      {},
      'InvalidParameter',
      'autoUpgradeProfile.upgradeChannel',
    ],
    ['another prefix', { dnsPrefix: 'b' }, {}, 'PropertyChangeNotAllowed', 'properties.dnsPrefix'],
    [
      'another service network',
      { networkProfile: { serviceCidr: '10.1.0.0/16' } },
      {},
      'PropertyChangeNotAllowed',
      'properties.networkProfile.serviceCidr',
    ],
    [
      'another kind',
      {},
      { sku: { name: 'Automatic', tier: 'Standard' } },
      'PropertyChangeNotAllowed',
      'properties.sku.name',
    ],
  ])('with %s is refused', async (_, properties, top, expected, target) => {
    const answer = await putCluster(aks(aksCluster('a', '1.36.4')), 'a', { properties, top });
    expect([answer.status, code(answer), answer.body['target']]).toEqual([400, expected, target]);
  });

  test('back from long-term support needs a version that is offered without it', async () => {
    const on = aks(
      aksCluster('a', '1.33.7', {
        properties: { supportPlan: 'AKSLongTermSupport' },
        sku: { name: 'Base', tier: 'Premium' },
      }),
    );
    const answer = await putCluster(on, 'a', { properties: { supportPlan: 'KubernetesOfficial' } });
    expect([answer.status, code(answer)]).toEqual([400, 'K8sVersionNotSupported']);
  });

  test('to node autoprovisioning is refused beside the cluster autoscaler', async () => {
    const pools = [aksPool('web', '1.36.4', { enableAutoScaling: true, minCount: 1, maxCount: 3 })];
    const answer = await putCluster(aks(aksCluster('a', '1.36.4', { pools })), 'a', {
      properties: { nodeProvisioningProfile: { mode: 'Auto' } },
    });
    expect([answer.status, answer.body['target']]).toEqual([400, 'nodeProvisioningProfile.mode']);
  });

  test('with another location, without a location or without its pools is refused', async () => {
    const on = aks(aksCluster('a', '1.36.4'));
    expect((await putCluster(on, 'a', { top: { location: 'eastus' } })).status).toBe(409);
    expect(code(await on.send('PUT', aksPath('a'), { body: { properties: {} } }))).toBe('LocationRequired');
    const lacking = await putCluster(on, 'a', { properties: { agentPoolProfiles: [aksPool('web', '1.36.4')] } });
    expect(lacking.body['message']).toContain('lacks agent pool sys');
    const more = await putCluster(on, 'a', {
      pools: (pool) => ({ ...pool, name: `${asString(pool['name']) ?? ''}2` }),
    });
    expect(more.body['message']).toContain('there is no agent pool sys2');
  });

  test('checks the eTag, which every operation on the cluster or its pools changes', async () => {
    const on = aks(aksCluster('a', '1.36.4'));
    expect((await putCluster(on, 'a', {})).status).toBe(200);
    on.advance(60);
    const eTag = asString((await cluster(on, 'a'))['eTag']) ?? '';
    const ofPool = on.simulator.pool('a', 'web')?.['eTag'];
    expect((await putCluster(on, 'a', { headers: { 'if-match': 'another' } })).status).toBe(412);
    expect((await putCluster(on, 'a', { headers: { 'if-match': eTag } })).status).toBe(200);
    expect((await cluster(on, 'a'))['eTag']).not.toBe(eTag);
    expect(on.simulator.pool('a', 'web')?.['eTag']).not.toBe(ofPool);
  });

  test('validates the LocalDNS profile of a pool by the rules of a PUT of the pool', async () => {
    const on = aks(aksCluster('a', '1.36.4'));
    const asked = (profile: JsonObject) =>
      putCluster(on, 'a', {
        pools: (pool) => (pool['name'] === 'web' ? { ...pool, localDNSProfile: profile } : pool),
      });
    const wrong = await asked({ mode: 'Required', vnetDNSOverrides: { '.': {} } });
    expect([wrong.status, wrong.body['target']]).toEqual([400, 'localDNSProfile.vnetDNSOverrides']);
    expect((await asked({ mode: 'Required' })).status).toBe(200);
    on.advance(untilDone);
    expect(on.simulator.pool('a', 'web')?.['localDNSProfile']).toMatchObject({ mode: 'Required', state: 'Enabled' });
    expect([on.simulator.reimagedNodes('a', 'web'), on.simulator.reimagedNodes('a', 'sys')]).toEqual([2, 0]);
  });
});

describe('scale', () => {
  test('changes the count of one pool through its cluster', async () => {
    const on = aks(aksCluster('a', '1.36.4'));
    const answer = await putCluster(on, 'a', {
      pools: (pool) => (pool['name'] === 'web' ? { ...pool, count: 5 } : pool),
    });
    expect(at(answer.body, 'properties', 'provisioningState')).toBe('Scaling');
    on.advance(untilDone);
    expect(on.simulator.pool('a', 'web')).toMatchObject({ count: 5, provisioningState: 'Succeeded' });
    expect(on.simulator.reimagedNodes('a', 'web')).toBe(0);
  });

  test.each([
    ['more than a pool holds', 'web', 1001],
    ['a system pool to nothing', 'sys', 0],
  ])('refuses %s', async (_, name, count) => {
    const answer = await putCluster(aks(aksCluster('a', '1.36.4')), 'a', {
      pools: (pool) => (pool['name'] === name ? { ...pool, count } : pool),
    });
    expect([answer.status, answer.body['target']]).toEqual([400, 'agentPoolProfile.count']);
  });
});

describe('stop and start', () => {
  test('stop leaves no nodes, start brings back as many as there were', async () => {
    const on = aks(aksCluster('a', '1.36.4'));
    const stop = await started(on, 'stop');
    expect(stop.status).toBe(202);
    expect(Object.keys(stop.headers)).toEqual(expect.arrayContaining(['azure-asyncoperation', 'location']));
    expect(at(await cluster(on, 'a'), 'properties', 'provisioningState')).toBe('Stopping');
    on.advance(untilDone);
    expect(on.simulator.pool('a', 'web')).toMatchObject({ count: 0, powerState: { code: 'Stopped' } });
    expect(at(await cluster(on, 'a'), 'properties')).toMatchObject({
      powerState: { code: 'Stopped' },
      provisioningState: 'Succeeded',
    });
    expect((await started(on, 'start')).status).toBe(202);
    on.advance(untilDone);
    expect(on.simulator.pool('a', 'web')).toMatchObject({ count: 2, powerState: { code: 'Running' } });
    expect(at(await cluster(on, 'a'), 'properties', 'powerState', 'code')).toBe('Running');
  });

  test('a stopped cluster refuses everything except start, stop and delete', async () => {
    const on = aks(aksCluster('a', '1.36.4'));
    await started(on, 'stop');
    on.advance(untilDone);
    const pool = propertiesOf(await on.get(aksPath('a', '/agentPools/web')));
    for (const answer of [
      await putCluster(on, 'a', { top: { tags: { a: 'b' } } }),
      await on.send('PUT', aksPath('a', '/agentPools/web'), { body: faithful(pool, {}) }),
      await on.send('POST', aksPath('a', '/runCommand'), { body: { command: 'kubectl get nodes' } }),
    ]) {
      expect([answer.status, code(answer)]).toEqual([400, 'OperationNotAllowed']);
      expect(answer.body['message']).toContain('Managed Cluster is in stopped state');
    }
    expect((await started(on, 'stop')).status).toBe(204);
    expect((await on.send('DELETE', aksPath('a'))).status).toBe(202);
  });

  test('start does nothing on a running cluster, and a second stop is refused during the first', async () => {
    const on = aks(aksCluster('a', '1.36.4'));
    expect((await started(on, 'start')).status).toBe(204);
    await started(on, 'stop');
    const again = await started(on, 'stop');
    expect([again.status, code(again)]).toEqual([409, 'OperationNotAllowed']);
  });

  test('a pool that was stopped before its cluster remains stopped', async () => {
    const on = aks(aksCluster('a', '1.36.4'));
    const path = aksPath('a', '/agentPools/web');
    const power = async (code_: string, state: string): Promise<void> => {
      const answer = await on.send('PUT', path, {
        body: faithful(propertiesOf(await on.get(path)), { powerState: { code: code_ } }),
      });
      expect(propertiesOf(answer)['provisioningState']).toBe(state);
      on.advance(untilDone);
    };
    await power('Stopped', 'Stopping');
    await started(on, 'stop');
    on.advance(untilDone);
    await started(on, 'start');
    on.advance(untilDone);
    expect(at(on.simulator.pool('a', 'web'), 'powerState', 'code')).toBe('Stopped');
    expect(at(on.simulator.pool('a', 'sys'), 'powerState', 'code')).toBe('Running');
    await power('Running', 'Starting');
  });

  test('a system pool cannot be stopped by itself, nor a pool of an availability set', async () => {
    const pools = [aksPool('sys', '1.36.4', { mode: 'System', type: 'AvailabilitySet' })];
    const on = aks(aksCluster('a', '1.36.4', { pools }));
    expect((await started(on, 'stop')).status).toBe(400);
    const path = aksPath('a', '/agentPools/sys');
    const answer = await on.send('PUT', path, {
      body: faithful(propertiesOf(await on.get(path)), { powerState: { code: 'Stopped' } }),
    });
    expect([answer.status, answer.body['target']]).toEqual([400, 'agentPool.powerState']);
  });
});

test('an abort is 204 if no operation ever ran on the cluster', async () => {
  expect((await started(aks(aksCluster('a', '1.36.4')), 'abort')).status).toBe(204);
});

test('a cluster on an availability set accepts no other pool until it is migrated to virtual machines', async () => {
  const pools = [aksPool('sys', '1.36.4', { mode: 'System', type: 'AvailabilitySet', count: 2 })];
  const on = aks(aksCluster('a', '1.36.4', { pools }));
  const add = async (): Promise<number> =>
    (await on.send('PUT', aksPath('a', '/agentPools/web'), { body: { properties: { count: 1 } } })).status;
  expect(await add()).toBe(400);
  const { properties, ...rest } = (await on.get(aksPath('a'))).body;
  const sent = without(properties as JsonObject, ['provisioningState', 'eTag']);
  const profiles = asArray(sent['agentPoolProfiles']).map((pool) => ({
    ...without(pool as JsonObject, ['count', 'vmSize', 'provisioningState', 'eTag']),
    type: 'VirtualMachines',
  }));
  const answer = await on.send('PUT', aksPath('a'), {
    body: { ...rest, properties: { ...sent, agentPoolProfiles: profiles } },
  });
  expect(answer.status, answer.text).toBe(200);
  on.advance(untilDone);
  expect(on.simulator.pool('a', 'sys')).toMatchObject({
    type: 'VirtualMachines',
    virtualMachineNodesStatus: [{ count: 2 }],
  });
  expect(await add()).toBe(201);
});
