import { describe, expect, test } from 'vitest';
import { at, own, type JsonObject } from '../../../src/core/json.ts';
import { faithful, poolPath, propertiesOf, wire } from '../client.ts';
import { api, apiOf, nameOf } from './api.ts';

const nodes = '/api/v1/nodes';

function label(node: JsonObject, name: string): unknown {
  return own(at(node, 'metadata', 'labels'), name);
}

describe('nodes', () => {
  test('are those of the pools, with the labels, the address and the provider id of AKS', async () => {
    const items = await api().items(`${nodes}?labelSelector=kubernetes.azure.com/agentpool=userpool`);
    expect(items.map(nameOf)).toEqual(
      [0, 1, 2].map((n) => expect.stringMatching(RegExp(`^aks-userpool-\\d{8}-vmss00000${String(n)}$`))),
    );
    const [, second = {}] = items;
    expect(at(second, 'metadata', 'labels')).toMatchObject({
      'kubernetes.azure.com/agentpool': 'userpool',
      'kubernetes.azure.com/mode': 'user',
      'kubernetes.azure.com/os-sku': 'Ubuntu',
      'kubernetes.azure.com/node-image-version': 'AKSUbuntu-2204gen2containerd-202609.11.0',
      'kubernetes.azure.com/localdns-state': 'disabled',
      'topology.kubernetes.io/zone': 'westeurope-2',
      team: 'shop',
    });
    expect(at(second, 'spec', 'providerID')).toMatch(
      /^azure:\/\/\/subscriptions\/c0ffee00-[\w-]+\/resourceGroups\/mc_rg-demo_aks-demo_westeurope\/providers\/Microsoft.Compute\/virtualMachineScaleSets\/aks-userpool-\d{8}-vmss\/virtualMachines\/1$/,
    );
    expect(at(second, 'status', 'addresses')).toContainEqual({
      type: 'InternalIP',
      address: expect.stringMatching(/^10\.224\./),
    });
    expect(at(second, 'status', 'allocatable')).toMatchObject({ cpu: '3860m', pods: '250' });
    expect(at(second, 'status', 'conditions')).toContainEqual(
      expect.objectContaining({ type: 'Ready', status: 'True' }),
    );
  });

  test('carry the taints of their pool', async () => {
    const [first = {}] = await api().items(`${nodes}?labelSelector=agentpool=systempool`);
    expect(at(first, 'spec', 'taints')).toEqual([{ key: 'CriticalAddonsOnly', value: 'true', effect: 'NoSchedule' }]);
  });

  test('have unique addresses', async () => {
    const items = await api({}, 'aks-edge').items(nodes);
    const addresses = items.map((node) => at((at(node, 'status', 'addresses') as JsonObject[])[0], 'address'));
    expect(new Set(addresses).size).toBe(items.length);
  });

  test('have the LocalDNS label of their last reimage, and change one after the other', async () => {
    const { simulator, clock, send, get, advance } = wire();
    const kubernetes = apiOf(simulator, clock);
    const states = async (): Promise<unknown[]> =>
      (await kubernetes.items(`${nodes}?labelSelector=agentpool=userpool`)).map((node) =>
        label(node, 'kubernetes.azure.com/localdns-state'),
      );
    const before = propertiesOf(await get(poolPath('userpool')));
    await send('PUT', poolPath('userpool'), { body: faithful(before, { localDNSProfile: { mode: 'Required' } }) });
    expect(await states()).toEqual(['disabled', 'disabled', 'disabled']);
    advance(300);
    expect(await states()).toEqual(['enabled', 'disabled', 'disabled']);
    advance(300);
    expect(await states()).toEqual(['enabled', 'enabled', 'disabled']);
    advance(300);
    expect(await states()).toEqual(['enabled', 'enabled', 'enabled']);
  });

  test('do not change if the operation stopped before them', async () => {
    const { simulator, clock, send, get, advance } = wire({ scenario: 'drain-blocked' });
    const before = propertiesOf(await get(poolPath('userpool')));
    await send('PUT', poolPath('userpool'), { body: faithful(before, { localDNSProfile: { mode: 'Required' } }) });
    advance(24 * 3600);
    const items = await apiOf(simulator, clock).items(`${nodes}?labelSelector=agentpool=userpool`);
    expect(items.map((node) => label(node, 'kubernetes.azure.com/localdns-state'))).toContain('disabled');
  });

  test('answer through the proxy: the kubelet, and LocalDNS if it is on', async () => {
    const auto = api({}, 'aks-auto');
    const [node = {}] = await auto.items(`${nodes}?labelSelector=agentpool=userpool`);
    const proxy = (port: string, path: string): string => `${nodes}/${nameOf(node)}${port}/proxy/${path}`;
    expect(at((await auto.get(proxy('', 'configz'))).body, 'kubeletconfig', 'clusterDNS')).toEqual(['169.254.10.11']);
    expect((await auto.get(proxy(':9253', 'metrics'))).text).toContain(
      'coredns_cache_requests_total{server="dns://169.254.10.11:53",view="",zones="cluster.local."}',
    );
    expect((await auto.get(proxy(':9353', 'metrics'))).text).toContain('localdns_service_status{status="active"} 1');
    const demo = auto.of('aks-demo');
    const [off = {}] = await demo.items(`${nodes}?labelSelector=agentpool=userpool`);
    expect(at((await demo.get(`${nodes}/${nameOf(off)}/proxy/configz`)).body, 'kubeletconfig', 'clusterDNS')).toEqual([
      '10.0.0.10',
    ]);
    expect(await demo.get(`${nodes}/${nameOf(off)}:9253/proxy/metrics`)).toMatchObject({
      status: 503,
      body: { message: expect.stringContaining('connection refused') },
    });
  });

  test('created by autoprovisioning belong to no agent pool, and have LocalDNS if the cluster has it', async () => {
    const selector = 'labelSelector=karpenter.sh/nodepool=default,!kubernetes.azure.com/agentpool';
    const demo = api();
    const states = async (cluster: string): Promise<unknown[]> =>
      (await demo.of(cluster).items(`${nodes}?${selector}`)).map((node) =>
        label(node, 'kubernetes.azure.com/localdns-state'),
      );
    expect(await states('aks-auto')).toEqual(['enabled', 'enabled']);
    expect(await states('aks-nap')).toEqual(['disabled', 'disabled']);
    expect(await states('aks-demo')).toEqual([]);
  });

  test('metrics grow, so that rates can be calculated', async () => {
    const auto = api({}, 'aks-auto');
    const [node = {}] = await auto.items(nodes);
    const total = async (): Promise<number> => {
      const { text } = await auto.get(`${nodes}/${nameOf(node)}:9253/proxy/metrics`);
      return Number(/^coredns_cache_requests_total\{.*\.11:53.*cluster\.local.*\} (\d+)$/m.exec(text)?.[1]);
    };
    const before = await total();
    auto.advance(10);
    expect((await total()) - before).toBe(300);
  });
});
