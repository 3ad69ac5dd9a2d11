import { describe, expect, test } from 'vitest';
import { asString, at, type JsonObject } from '../../src/core/json.ts';
import { aks, aksCluster, aksPath, aksPool, cluster, putCluster, untilDone, versionsOf, versionsPath } from './aks.ts';
import { code, faithful, propertiesOf, type Answer, type Wire } from './client.ts';

const longTerm = { properties: { supportPlan: 'AKSLongTermSupport' }, sku: { name: 'Base', tier: 'Premium' } };

/** `az aks upgrade`: with the pools, or the control plane alone. */
async function upgrade(on: Wire, name: string, version: string, alone = false): Promise<Answer> {
  return putCluster(on, name, {
    properties: { kubernetesVersion: version },
    pools: (pool) => (alone ? pool : { ...pool, orchestratorVersion: version }),
  });
}

async function upgradePool(on: Wire, name: string, pool: string, version: string): Promise<Answer> {
  const path = aksPath(name, `/agentPools/${pool}`);
  const properties = propertiesOf(await on.get(path));
  return on.send('PUT', path, { body: faithful(properties, { orchestratorVersion: version }) });
}

async function controlPlane(on: Wire, name: string): Promise<unknown> {
  return at(await cluster(on, name), 'properties', 'currentKubernetesVersion');
}

const message = (answer: Answer): string => asString(answer.body['message']) ?? '';

describe('the versions of a region', () => {
  test('are listed with their support plans, the default and the possible upgrades of each', async () => {
    const on = aks(aksCluster('a', '1.35.2'));
    const values = (await on.get(versionsPath('westeurope'))).body['values'] as readonly JsonObject[];
    const plans = Object.fromEntries(values.map((one) => [one['version'], at(one, 'capabilities', 'supportPlan')]));
    expect(plans['1.34']).toEqual(['AKSLongTermSupport']);
    expect(plans['1.35']).toEqual(['KubernetesOfficial', 'AKSLongTermSupport']);
    expect(values.filter((one) => one['isDefault'] === true).map((one) => one['version'])).toEqual(['1.36']);
    const of36 = values.find((one) => one['version'] === '1.36');
    expect(at(of36, 'patchVersions', '1.36.4', 'upgrades')).toEqual(['1.37.0', '1.37.1']);
  });

  test('differ: one region lags behind, and refuses versions that it does not have yet', async () => {
    const on = aks(aksCluster('a', '1.36.3', { location: 'japaneast' }));
    const values = (await on.get(versionsPath('japaneast'))).body['values'] as readonly JsonObject[];
    expect(values.map((one) => one['version'])).not.toContain('1.37');
    const answer = await upgrade(on, 'a', '1.37');
    expect([answer.status, code(answer)]).toEqual([400, 'K8sVersionNotSupported']);
    expect(message(answer)).toContain('is on version 1.37 which is not supported in this region.');
  });
});

describe('get-upgrades', () => {
  test.each<[string, string, Parameters<typeof aksCluster>[2], readonly string[]]>([
    ['newer patches and the next minor version', '1.35.2', {}, ['1.36.4', '1.36.3', '1.35.3']],
    ['nothing past the newest', '1.37.1', {}, []],
    ['the lowest that is offered, once its own has left support', '1.30.9', {}, ['1.35.3', '1.35.2']],
    [
      'any newer minor version with long-term support',
      '1.34.4',
      longTerm,
      ['1.37.1', '1.37.0', '1.36.4', '1.36.3', '1.35.3', '1.35.2'],
    ],
  ])('offers a cluster %s', async (_, version, options, expected) => {
    const on = aks(aksCluster('a', version, options));
    const { body } = await on.get(aksPath('a', '/upgradeProfiles/default'));
    expect(at(body, 'properties', 'controlPlaneProfile', 'kubernetesVersion')).toBe(version);
    expect(versionsOf(body, 'properties', 'controlPlaneProfile', 'upgrades')).toEqual(expected);
  });

  test('offers a pool the versions up to that of its control plane', async () => {
    const on = aks(aksCluster('a', '1.36.4', { pools: [aksPool('web', '1.35.2')] }));
    const { body } = await on.get(aksPath('a', '/agentPools/web/upgradeProfiles/default'));
    expect(versionsOf(body, 'properties', 'upgrades')).toEqual(['1.36.4', '1.36.3', '1.35.3']);
    expect(at(body, 'properties', 'latestNodeImageVersion')).toMatch(/^AKSUbuntu-2204/);
  });
});

describe('an upgrade of a cluster', () => {
  test('upgrades the control plane, the pools and the node images', async () => {
    const on = aks(aksCluster('a', '1.35.2'));
    const answer = await upgrade(on, 'a', '1.36');
    expect(answer.status).toBe(200);
    expect(answer.headers).toHaveProperty('azure-asyncoperation');
    expect(answer.headers).not.toHaveProperty('location');
    expect(at(answer.body, 'properties', 'provisioningState')).toBe('Upgrading');
    expect(await controlPlane(on, 'a')).toBe('1.35.2');
    on.advance(untilDone);
    expect(await controlPlane(on, 'a')).toBe('1.36.4');
    expect(at(await cluster(on, 'a'), 'properties', 'provisioningState')).toBe('Succeeded');
    expect(on.simulator.pool('a', 'web')).toMatchObject({
      currentOrchestratorVersion: '1.36.4',
      nodeImageVersion: 'AKSUbuntu-2404gen2containerd-202610.19.1',
      provisioningState: 'Succeeded',
    });
    expect(on.simulator.reimagedNodes('a', 'web')).toBe(2);
  });

  test('is limited to one minor version at a time, and the error lists the available ones', async () => {
    const answer = await upgrade(aks(aksCluster('a', '1.35.2')), 'a', '1.37');
    expect([answer.status, answer.body]).toEqual([
      400,
      {
        code: 'OperationNotAllowed',
        details: null,
        message:
          'Upgrading Kubernetes version 1.35.2 to 1.37 is not allowed. Available upgrades: [1.36.4 1.36.3 1.35.3]. Please see https://aka.ms/aks-supported-k8s-ver for version details.',
        subcode: '',
      },
    ]);
  });

  test.each([
    ['what was never offered', '9.9.9', 'K8sVersionNotSupported', 'which is not supported in this region'],
    ['what only long-term support has', '1.34', 'K8sVersionNotSupported', 'only available for Long-Term Support (LTS)'],
    ['an older version', '1.35.2', 'OperationNotAllowed', 'Upgrading Kubernetes version 1.36.4 to 1.35.2'],
    ['what is no version', 'newest', 'InvalidParameter', 'orchestratorProfile.OrchestratorVersion is invalid'],
  ])('to %s is refused', async (_, version, expected, words) => {
    const answer = await upgrade(aks(aksCluster('a', '1.36.4')), 'a', version);
    expect([answer.status, code(answer)]).toEqual([400, expected]);
    expect(message(answer)).toContain(words);
  });

  test('of an unsupported version skips to the lowest one offered, pools included', async () => {
    const on = aks(aksCluster('a', '1.33.4'));
    const alone = await upgrade(on, 'a', '1.35', true);
    expect([alone.status, code(alone)]).toEqual([400, 'OperationNotAllowed']);
    expect((await upgrade(on, 'a', '1.36')).status).toBe(400);
    expect((await upgrade(on, 'a', '1.35')).status).toBe(200);
    on.advance(untilDone);
    expect(await controlPlane(on, 'a')).toBe('1.35.3');
    expect(on.simulator.pool('a', 'sys')?.['currentOrchestratorVersion']).toBe('1.35.3');
  });

  test('with long-term support may skip minor versions, the control plane alone up to the skew', async () => {
    const old = [aksPool('web', '1.32.11')];
    const on = aks(aksCluster('a', '1.33.7', { ...longTerm, pools: old }));
    expect(code(await upgrade(on, 'a', '1.36', true))).toBe('NodePoolMcVersionIncompatible');
    expect((await upgrade(on, 'a', '1.35', true)).status).toBe(200);
    on.advance(untilDone);
    expect(await controlPlane(on, 'a')).toBe('1.35.3');
    expect(on.simulator.pool('a', 'web')?.['currentOrchestratorVersion']).toBe('1.32.11');
  });

  test('past the last version of an OS SKU is refused', async () => {
    const pools = [aksPool('web', '1.36.4', { osSKU: 'Ubuntu2204' })];
    const answer = await upgrade(aks(aksCluster('a', '1.36.4', { pools })), 'a', '1.37');
    expect([answer.status, answer.body['target']]).toEqual([400, 'agentPool.osSKU']);
  });

  test('to the current version changes no node', async () => {
    const on = aks(aksCluster('a', '1.36.4'));
    expect((await upgrade(on, 'a', '1.36')).status).toBe(200);
    on.advance(untilDone);
    expect(on.simulator.reimagedNodes('a', 'web')).toBe(0);
  });

  test('blocks operations on the pools while it runs, and is canceled by an abort', async () => {
    const on = aks(aksCluster('a', '1.35.2'));
    await upgrade(on, 'a', '1.36');
    on.advance(60);
    const blocked = await upgradePool(on, 'a', 'web', '1.35.3');
    expect([blocked.status, code(blocked)]).toEqual([409, 'OperationNotAllowed']);
    expect(message(blocked)).toContain('in progress upgrading managed cluster operation');
    expect(message(blocked)).toContain('az aks operation-abort');
    expect((await on.send('POST', aksPath('a', '/abort'))).status).toBe(202);
    expect(at(await cluster(on, 'a'), 'properties', 'provisioningState')).toBe('Canceling');
    on.advance(5);
    expect(at(await cluster(on, 'a'), 'properties', 'provisioningState')).toBe('Canceled');
    expect(on.simulator.pool('a', 'web')?.['provisioningState']).toBe('Canceled');
    expect(await controlPlane(on, 'a')).toBe('1.35.2');
    expect((await on.send('POST', aksPath('a', '/abort'))).status).toBe(409);
  });
});

describe('an upgrade of a pool', () => {
  test('waits for its control plane', async () => {
    const on = aks(aksCluster('a', '1.35.2'));
    const before = await upgradePool(on, 'a', 'web', '1.36');
    expect([before.status, code(before)]).toEqual([400, 'NodePoolMcVersionIncompatible']);
    await upgrade(on, 'a', '1.36', true);
    on.advance(untilDone);
    expect(on.simulator.pool('a', 'web')?.['currentOrchestratorVersion']).toBe('1.35.2');
    const answer = await upgradePool(on, 'a', 'web', '1.36');
    expect([answer.status, propertiesOf(answer)['provisioningState']]).toEqual([200, 'Upgrading']);
    on.advance(untilDone);
    expect(on.simulator.pool('a', 'web')?.['currentOrchestratorVersion']).toBe('1.36.4');
  });

  test.each([
    ['past a minor version', '1.35.2', '1.37', 'AgentPoolUpgradeVersionNotAllowed'],
    ['back', '1.36.4', '1.35', 'AgentPoolUpgradeVersionNotAllowed'],
    ['to a patch that is not offered', '1.36.3', '1.36.99', 'AgentPoolK8sVersionNotSupported'],
    ['too far behind', '1.36.3', '1.33', 'NodePoolMcVersionIncompatible'],
  ])('%s is refused', async (_, from, to, expected) => {
    const on = aks(aksCluster('a', '1.37.1', { pools: [aksPool('web', from)] }));
    const answer = await upgradePool(on, 'a', 'web', to);
    expect([answer.status, code(answer)]).toEqual([400, expected]);
  });

  test('that is out of support may skip versions up to that of its control plane', async () => {
    const on = aks(aksCluster('a', '1.36.4', { pools: [aksPool('web', '1.33.4')] }));
    expect((await upgradePool(on, 'a', 'web', '1.36.4')).status).toBe(200);
    on.advance(untilDone);
    expect(on.simulator.pool('a', 'web')?.['currentOrchestratorVersion']).toBe('1.36.4');
  });
});

describe('a new pool', () => {
  const add = async (version: string, control: string, options = {}): Promise<Answer> => {
    const on = aks(aksCluster('a', control, options));
    const properties = { vmSize: 'Standard_D4ds_v5', orchestratorVersion: version };
    return on.send('PUT', aksPath('a', '/agentPools/new'), { body: { properties } });
  };

  test.each([
    ['what its control plane runs, offered or not', '1.33', '1.33.4', {}, '1.33.4'],
    ['an older version that is offered', '1.35', '1.36.4', {}, '1.35.3'],
    ['three minor versions less, with long-term support', '1.32', '1.35.3', longTerm, '1.32.11'],
  ])('runs %s', async (_, version, control, options, expected) => {
    const answer = await add(version, control, options);
    expect([answer.status, propertiesOf(answer)['currentOrchestratorVersion']]).toEqual([201, expected]);
  });

  test.each([
    ['what the region does not offer', '1.32', '1.35.3', 'AgentPoolK8sVersionNotSupported'],
    ['what is newer than its control plane', '1.36', '1.35.3', 'NodePoolMcVersionIncompatible'],
  ])('does not run %s', async (_, version, control, expected) => {
    const answer = await add(version, control);
    expect([answer.status, code(answer)]).toEqual([400, expected]);
  });
});

describe('LocalDNS by default, from 1.37 on,', () => {
  const after = async (properties: JsonObject, options: { network?: string; sku?: string } = {}): Promise<unknown> => {
    const pools = [aksPool('web', '1.36.4', properties)];
    const network = { networkPlugin: options.network ?? 'azure' };
    const on = aks(
      aksCluster('a', '1.36.4', {
        pools,
        properties: { networkProfile: network },
        sku: { name: options.sku ?? 'Base', tier: 'Free' },
      }),
    );
    expect((await upgrade(on, 'a', '1.37')).status).toBe(200);
    on.advance(untilDone);
    return on.simulator.pool('a', 'web')?.['localDNSProfile'];
  };

  test('is Preferred and on for a pool without a profile that meets the requirements', async () => {
    expect(await after({})).toMatchObject({ mode: 'Preferred', state: 'Enabled' });
  });

  test.each<[string, JsonObject, Parameters<typeof after>[1]]>([
    ['a size of two vCPUs', { vmSize: 'Standard_D2s_v3' }, {}],
    ['a network plugin of its own', {}, { network: 'none' }],
  ])('remains off for %s', async (_, properties, options) => {
    expect(await after(properties, options)).toMatchObject({ mode: 'Preferred', state: 'Disabled' });
  });

  test('does not change a pool whose mode is Disabled, or clusters of another kind', async () => {
    expect(await after({ localDNSProfile: { mode: 'Disabled', state: 'Disabled' } })).toMatchObject({
      mode: 'Disabled',
      state: 'Disabled',
    });
    expect(await after({}, { sku: 'Automatic' })).toBeUndefined();
  });

  test('a pool past that version keeps its state when something else changes', async () => {
    const on = aks(aksCluster('a', '1.37.0', { pools: [aksPool('web', '1.37.0')] }));
    const path = aksPath('a', '/agentPools/web');
    const properties = propertiesOf(await on.get(path));
    await on.send('PUT', path, { body: faithful(properties, { nodeLabels: { a: 'b' } }) });
    on.advance(untilDone);
    expect(on.simulator.pool('a', 'web')).not.toHaveProperty('localDNSProfile');
  });
});
