import { describe, expect, test } from 'vitest';
import { asString, at, own, type JsonObject, type JsonValue } from '../../../src/core/json.ts';
import { createSimulator } from '../../../src/simulator/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { faithful, poolPath, propertiesOf, wire } from '../client.ts';
import { api, apiOf, nameOf, type Api } from './api.ts';

async function names(cluster: Api, path: string): Promise<string[]> {
  return (await cluster.items(path)).map(nameOf);
}

describe('the workloads of the sample', () => {
  test('have disruption budgets of every kind, with their status', async () => {
    const budgets = await api().items('/apis/policy/v1/poddisruptionbudgets');
    const told = budgets.map((budget) => [
      nameOf(budget),
      at(budget, 'status', 'disruptionsAllowed'),
      at(budget, 'status', 'currentHealthy'),
      at(budget, 'status', 'expectedPods'),
    ]);
    expect(told).toEqual([
      ['coredns-pdb', 1, 2, 2],
      ['metrics-server-pdb', 1, 2, 2],
      ['retired-pdb', 0, 0, 0],
      ['ledger-pdb', 0, 1, 1],
      ['cart-pdb', 0, 2, 2],
      ['checkout-pdb', 0, 1, 2],
      ['web-pdb', 1, 3, 3],
    ]);
  });

  test('have an owner, except for a bare pod', async () => {
    const demo = api();
    const pods = await demo.items('/api/v1/namespaces/shop/pods');
    const bare = pods.filter((pod) => at(pod, 'metadata', 'ownerReferences') === undefined);
    expect(bare.map(nameOf)).toEqual(['debug-shell']);
    const uids = new Map<unknown, unknown>();
    for (const plural of ['deployments', 'replicasets', 'statefulsets', 'daemonsets'])
      for (const object of await demo.items(`/apis/apps/v1/${plural}`))
        uids.set(at(object, 'metadata', 'uid'), nameOf(object));
    for (const pod of await demo.items('/api/v1/pods')) {
      const owners = (at(pod, 'metadata', 'ownerReferences') ?? []) as JsonObject[];
      for (const { uid, name } of owners) expect(uids.get(uid), nameOf(pod)).toBe(name);
    }
  });

  test('are on existing nodes, and zonal ones on nodes of their zone', async () => {
    const demo = api();
    const nodes = new Map((await demo.items('/api/v1/nodes')).map((node) => [nameOf(node), node]));
    const pods = await demo.items('/api/v1/pods');
    expect(pods.length).toBeGreaterThan(40);
    for (const pod of pods) expect(nodes.has(asString(at(pod, 'spec', 'nodeName')) ?? ''), nameOf(pod)).toBe(true);
    const [database = {}] = await demo.items('/api/v1/namespaces/data/pods');
    const node = nodes.get(asString(at(database, 'spec', 'nodeName')) ?? '');
    expect(own(at(node, 'metadata', 'labels'), 'topology.kubernetes.io/zone')).toBe('westeurope-1');
    expect(await names(demo, '/api/v1/persistentvolumeclaims')).toEqual(['data-orders-db-0']);
  });

  test('include what matters to LocalDNS: CoreDNS, custom CoreDNS rules, policies, fixed name servers', async () => {
    const demo = api();
    const coredns = await demo.get('/apis/apps/v1/namespaces/kube-system/deployments/coredns');
    expect(at(coredns.body, 'spec', 'replicas')).toBe(2);
    const custom = await demo.get('/api/v1/namespaces/kube-system/configmaps/coredns-custom');
    expect(Object.keys(custom.body['data'] as JsonObject)).toEqual(['contoso.server', 'log.override']);
    expect(
      (await demo.get('/api/v1/namespaces/kube-system/configmaps/ama-metrics-prometheus-config-node')).status,
    ).toBe(200);
    const service = await demo.get('/api/v1/namespaces/kube-system/services/kube-dns');
    expect(at(service.body, 'spec', 'clusterIP')).toBe('10.0.0.10');
    const endpoints = await demo.get('/api/v1/namespaces/kube-system/endpoints/kube-dns');
    const [subset] = endpoints.body['subsets'] as JsonObject[];
    const pods = await demo.items('/api/v1/namespaces/kube-system/pods?labelSelector=k8s-app=kube-dns');
    expect(subset?.['addresses']).toEqual(pods.map((pod) => ({ ip: at(pod, 'status', 'podIP') })));
    expect(pods.length).toBe(2);
    expect(await names(demo, '/apis/networking.k8s.io/v1/networkpolicies')).toEqual([
      'allow-dns-everywhere',
      'allow-dns',
      'default-deny-egress',
    ]);
    const [legacy = {}] = await demo.items('/api/v1/namespaces/legacy/pods');
    expect(at(legacy, 'spec', 'dnsConfig', 'nameservers')).toEqual(['10.0.0.10']);
  });

  test('differ by cluster: Cilium and its policies, NodeLocal DNSCache', async () => {
    const demo = api();
    const nap = demo.of('aks-nap');
    expect(await names(nap, '/apis/cilium.io/v2/ciliumnetworkpolicies')).toEqual(['allow-bank', 'allow-dns']);
    expect(await names(nap, '/apis/cilium.io/v2/ciliumclusterwidenetworkpolicies')).toEqual(['no-metadata-service']);
    const cached = '/apis/apps/v1/namespaces/kube-system/daemonsets/node-local-dns';
    expect([(await demo.of('aks-edge').get(cached)).status, (await demo.get(cached)).status]).toEqual([200, 404]);
  });

  test('follow when nodes are added and removed', async () => {
    const { simulator, clock, send, get, advance } = wire();
    const demo = apiOf(simulator, clock);
    const where = async (): Promise<string[]> =>
      (await demo.items('/api/v1/pods')).map((pod) => asString(at(pod, 'spec', 'nodeName')) ?? '');
    const proxies = async (): Promise<number> =>
      (await demo.items('/api/v1/pods?labelSelector=component=kube-proxy')).length;
    expect(await proxies()).toBe(9);
    for (const count of [5, 1]) {
      const before = propertiesOf(await get(poolPath('userpool')));
      const put = await send('PUT', poolPath('userpool'), { body: faithful(before, { count }) });
      expect(put.status, put.text).toBe(200);
      advance(600);
      expect(await proxies()).toBe(6 + count);
      const nodes = new Set(await names(demo, '/api/v1/nodes'));
      for (const node of await where()) expect(nodes.has(node), node).toBe(true);
    }
    expect((await demo.items('/api/v1/namespaces/shop/pods?labelSelector=app=web')).length).toBe(3);
  });
});

describe('an eviction', () => {
  const evict = async (demo: Api, pod: string, query = ''): Promise<unknown[]> => {
    const { status, body } = await demo.send('POST', `/api/v1/namespaces/shop/pods/${pod}/eviction${query}`, {
      kind: 'Eviction',
      apiVersion: 'policy/v1',
      metadata: { name: pod, namespace: 'shop' },
    });
    return [status, body['message']];
  };

  test('is refused if the budget allows none, and a dry run changes nothing', async () => {
    const demo = api();
    const refused = [429, "Cannot evict pod as it would violate the pod's disruption budget."];
    expect(await evict(demo, 'cart-0', '?dryRun=All')).toEqual(refused);
    const web = await names(demo, '/api/v1/namespaces/shop/pods?labelSelector=app=web');
    const [first = '', second = ''] = web;
    expect(await evict(demo, first, '?dryRun=All')).toEqual([201, undefined]);
    expect(await names(demo, '/api/v1/namespaces/shop/pods?labelSelector=app=web')).toEqual(web);
    expect(await evict(demo, first)).toEqual([201, undefined]);
    // The budget of one eviction is used up.
    expect(await evict(demo, second)).toEqual(refused);
    expect((await evict(demo, 'nope'))[0]).toBe(404);
  });

  test('removes a pod that is not ready if the budget is met without it', async () => {
    const demo = api();
    const pods = await demo.items('/api/v1/namespaces/shop/pods?labelSelector=app=checkout');
    const answers: string[] = [];
    for (const pod of pods) {
      const [ready] = (at(pod, 'status', 'conditions') as JsonObject[]).filter(({ type }) => type === 'Ready');
      const [status] = await evict(demo, nameOf(pod), '?dryRun=All');
      answers.push(`${asString(ready?.['status']) ?? ''}: ${String(status)}`);
    }
    expect(answers.toSorted()).toEqual(['False: 201', 'True: 429']);
  });
});

describe('a cluster of 500 nodes and 10,000 pods', () => {
  const cluster =
    '/subscriptions/c0ffee00-1000-4000-8000-000000000001/resourceGroups/rg-demo/providers/Microsoft.ContainerService/managedClusters/big';
  const load: JsonValue = [
    {
      id: cluster,
      location: 'westeurope',
      properties: {
        currentKubernetesVersion: '1.33.4',
        powerState: { code: 'Running' },
        agentPoolProfiles: [{ name: 'pool1', mode: 'System', count: 500, vmSize: 'Standard_D4ds_v5', osType: 'Linux' }],
      },
    },
  ];

  async function paged(path: string): Promise<{ readonly pages: number; readonly names: string[] }> {
    const clock = new ManualClock();
    const big = apiOf(createSimulator({ clock, load, scenario: 'busy-clusters' }), clock, 'big');
    const found: string[] = [];
    let pages = 0;
    for (let token = '', first = true; first || token !== ''; first = false, pages += 1) {
      const { body } = await big.get(`${path}?limit=500&continue=${token}`);
      found.push(
        ...(body['items'] as JsonObject[]).map(
          (each) => `${asString(at(each, 'metadata', 'namespace')) ?? ''}/${nameOf(each)}`,
        ),
      );
      token = asString(at(body, 'metadata', 'continue')) ?? '';
    }
    return { pages, names: found };
  }

  test('is listed in pages of 500, each pod once', async () => {
    const { pages, names: found } = await paged('/api/v1/pods');
    expect(found.length).toBeGreaterThan(10_000);
    expect(new Set(found).size).toBe(found.length);
    expect(pages).toBe(Math.ceil(found.length / 500));
    expect((await paged('/api/v1/nodes')).names.length).toBe(500);
  });
});
