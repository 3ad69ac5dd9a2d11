import { describe, expect, test } from 'vitest';
import { asString, at, listOf, own, parseJson, type JsonObject } from '../../src/core/json.ts';
import { aks, aksCluster, aksPath, aksPool } from './aks.ts';
import { apiVersion, subscriptionPath, type Wire } from './client.ts';
import { api } from './kubernetes/api.ts';

const list = async (on: Wire, pool: string): Promise<readonly JsonObject[]> =>
  (await on.get(aksPath('a', `/agentPools/${pool}/machines`))).body['value'] as readonly JsonObject[];

describe('the machines of a pool', () => {
  const pools = [
    aksPool('sys', '1.36.4', { mode: 'System' }),
    aksPool('web', '1.36.4', { availabilityZones: ['1', '2'], count: 3 }),
    aksPool('off', '1.36.4', { count: 0, powerState: { code: 'Stopped' } }),
    aksPool('vms', '1.36.4', {
      type: 'VirtualMachines',
      count: null,
      virtualMachinesProfile: { scale: { manual: [{ size: 'Standard_D4ds_v5', count: 1 }] } },
    }),
  ];

  test('match its nodes in number, with zones and unique addresses', async () => {
    const on = aks(aksCluster('a', '1.36.4', { pools }));
    const all = [...(await list(on, 'sys')), ...(await list(on, 'web'))];
    expect(all).toHaveLength(5);
    expect(all.map(({ zones }) => zones)).toEqual([undefined, undefined, ['1'], ['2'], ['1']]);
    const addresses = all.map((one) => JSON.stringify(at(one, 'properties', 'network', 'ipAddresses')));
    expect(new Set(addresses).size).toBe(5);
    expect(all[2]?.['name']).toMatch(/^aks-web-\d{8}-vmss000000$/);
    expect(at(all[2], 'properties', 'resourceId')).toMatch(
      /virtualMachineScaleSets\/aks-web-\d{8}-vmss\/virtualMachines\/0$/,
    );
    expect(await list(on, 'off')).toEqual([]);
    expect(at((await list(on, 'vms'))[0], 'properties', 'resourceId')).toMatch(
      /\/virtualMachines\/aks-vms-\d{8}-vms0$/,
    );
  });

  test('can be read individually; an unknown one is 404', async () => {
    const on = aks(aksCluster('a', '1.36.4', { pools }));
    const [first] = await list(on, 'web');
    const name = asString(first?.['name']) ?? '';
    const answer = await on.get(aksPath('a', `/agentPools/web/machines/${name}`));
    expect(answer.body).toMatchObject({ name, properties: first?.['properties'] });
    expect((await on.get(aksPath('a', '/agentPools/web/machines/nobody'))).status).toBe(404);
  });
});

test('the machines of a pool are the nodes of its cluster', async () => {
  const kubernetes = api();
  const path = `${subscriptionPath}/resourceGroups/rg-demo/providers/Microsoft.ContainerService/managedClusters/aks-demo/agentPools/userpool/machines?api-version=${apiVersion}`;
  const { token } = kubernetes.simulator.issueToken();
  const answer = await kubernetes.simulator.handle({
    method: 'GET',
    url: `${kubernetes.simulator.origin}${path}`,
    headers: { authorization: `Bearer ${token}` },
    body: undefined,
  });
  const machines = listOf(own(parseJson(answer.body), 'value'));
  const nodes = await kubernetes.items('/api/v1/nodes?labelSelector=agentpool=userpool');
  const addressOfNode = (node: JsonObject): unknown => at(listOf(at(node, 'status', 'addresses'))[0], 'address');
  expect(machines).toHaveLength(3);
  expect(nodes.map((node) => [at(node, 'metadata', 'name'), addressOfNode(node)])).toEqual(
    machines.map((one) => [own(one, 'name'), at(listOf(at(one, 'properties', 'network', 'ipAddresses'))[0], 'ip')]),
  );
});
