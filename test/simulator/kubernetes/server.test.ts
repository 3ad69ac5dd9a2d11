import { describe, expect, test } from 'vitest';
import { ConnectionLost } from '../../../src/core/http.ts';
import { asString, at, type JsonObject } from '../../../src/core/json.ts';
import { parseYaml } from '../../../src/core/yaml.ts';
import { createSimulator } from '../../../src/simulator/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { api, nameOf, probePod, type Api } from './api.ts';

describe('the API server', () => {
  test('lists the APIs that it serves, Cilium only if it runs', async () => {
    const demo = api();
    expect((await demo.get('/version')).body).toMatchObject({ major: '1', minor: '33', gitVersion: 'v1.33.4' });
    const groups = async (cluster: string): Promise<unknown[]> =>
      ((await demo.of(cluster).get('/apis')).body['groups'] as JsonObject[]).map(({ name }) => name);
    expect(await groups('aks-demo')).toEqual(['apps', 'batch', 'policy', 'networking.k8s.io', 'authorization.k8s.io']);
    expect(await groups('aks-nap')).toContain('cilium.io');
    const { resources } = (await demo.get('/api/v1')).body;
    expect(resources).toContainEqual(expect.objectContaining({ name: 'pods/log', kind: 'Pod', verbs: ['get'] }));
    expect((await demo.get('/apis/cilium.io/v2')).status).toBe(404);
  });

  test('requires a token with the right audience', async () => {
    const { simulator, get } = api();
    expect((await get('/api/v1/nodes')).status).toBe(200);
    const { token } = simulator.issueToken();
    const url = 'https://x/kubernetes/c0ffee00-1000-4000-8000-000000000001/rg-demo/aks-demo/api/v1/nodes';
    for (const headers of [{}, { authorization: 'Bearer x' }, { authorization: `Bearer ${token}` }])
      expect(await simulator.handle({ method: 'GET', url, headers, body: undefined })).toMatchObject({ status: 401 });
  });

  test('of a stopped cluster does not answer, and that of an unknown cluster does not exist', async () => {
    const demo = api();
    await expect(demo.of('aks-stopped').get('/api')).rejects.toThrow(ConnectionLost);
    expect((await demo.of('nope').get('/api')).status).toBe(404);
  });

  test('answers 404 to paths that it does not serve, and does not record them as unknown routes', async () => {
    const demo = api();
    for (const path of ['/apis/example.com/v1/things', '/api/v1/things', '/openapi/v2', '/api/v1/pods/x'])
      expect([path, (await demo.get(path)).status]).toEqual([path, 404]);
    expect(demo.simulator.unknownRoutes).toEqual([]);
  });

  test('lists in pages, each object once', async () => {
    const edge = api({}, 'aks-edge');
    const all = (await edge.items('/api/v1/nodes')).map(nameOf);
    expect(all.length).toBeGreaterThan(20);
    const paged: string[] = [];
    for (let token = '', first = true; first || token !== ''; first = false) {
      const { body } = await edge.get(`/api/v1/nodes?limit=7&continue=${token}`);
      paged.push(...(body['items'] as JsonObject[]).map(nameOf));
      token = asString(at(body, 'metadata', 'continue')) ?? '';
    }
    expect(paged).toEqual(all);
    expect((await edge.get('/api/v1/nodes?limit=7&continue=nonsense')).status).toBe(400);
  });

  test.each([
    ['agentpool=userpool', 3],
    ['agentpool==userpool,kubernetes.io/os=linux', 3],
    ['agentpool in (userpool, smallpool)', 5],
    ['agentpool notin (userpool),kubernetes.io/os!=windows', 6],
    ['kubernetes.azure.com/localdns-state', 9],
    ['!kubernetes.azure.com/localdns-state', 1],
  ])('selects by labels: %s', async (selector, count) => {
    const found = await api().items(`/api/v1/nodes?labelSelector=${encodeURIComponent(selector)}`);
    expect(found.length).toBe(count);
  });

  test('rejects invalid selectors', async () => {
    const demo = api();
    for (const query of ['labelSelector=a%20b', 'fieldSelector=spec.color%3Dred'])
      expect((await demo.get(`/api/v1/pods?${query}`)).status).toBe(400);
  });

  test('is in a kubeconfig with one context per cluster, named after it', () => {
    const simulator = createSimulator({ clock: new ManualClock(), clusters: 50 });
    simulator.setAuthority('PEM');
    const config = parseYaml(simulator.kubeconfig(), 'kubeconfig') as JsonObject;
    const contexts = (config['contexts'] as JsonObject[]).map(({ name }) => name);
    expect(new Set(contexts).size).toBe(contexts.length);
    const servers = (config['clusters'] as JsonObject[]).map((each) => at(each, 'cluster', 'server'));
    expect(new Set(servers).size).toBe(contexts.length);
    expect(contexts.length).toBeGreaterThanOrEqual(50);
    expect(config['current-context']).toBe(contexts[0]);
  });

  test('answers what the caller may do, subresources separately', async () => {
    const ask = async (resource: string, subresource: string): Promise<unknown> => {
      const body = {
        kind: 'SelfSubjectAccessReview',
        apiVersion: 'authorization.k8s.io/v1',
        spec: { resourceAttributes: { namespace: 'default', verb: 'get', resource, subresource } },
      };
      const { status, body: answer } = await api().send(
        'POST',
        '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        body,
      );
      return [status, at(answer, 'status', 'allowed')];
    };
    expect(await ask('pods', 'log')).toEqual([201, true]);
  });
});

describe('a table, which kubectl prints', () => {
  const table = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' };

  async function printed(cluster: Api, path: string): Promise<unknown[]> {
    const { body } = await cluster.send('GET', path, undefined, table);
    expect(body['kind']).toBe('Table');
    const names = (body['columnDefinitions'] as JsonObject[]).map(({ name }) => name);
    return [names, ...(body['rows'] as JsonObject[]).map(({ cells }) => cells)];
  }

  test('shows the state of pods', async () => {
    const demo = api({ scenario: 'registry-unreachable' });
    const pods = '/api/v1/namespaces/default/pods';
    await demo.send('POST', pods, probePod('p', { agentpool: 'userpool' }));
    await demo.send('POST', pods, probePod('q', { agentpool: 'systempool' }));
    demo.advance(60);
    expect(await printed(demo, pods)).toEqual([
      ['Name', 'Ready', 'Status', 'Restarts', 'Age', 'IP', 'Node'],
      ['p', '0/1', 'ImagePullBackOff', 0, '60s', '<none>', expect.stringMatching(/^aks-userpool-/)],
      ['q', '0/1', 'Pending', 0, '60s', '<none>', '<none>'],
    ]);
    expect(await printed(demo, `${pods}/q`)).toHaveLength(2);
  });

  test('has name and age for kinds without other columns', async () => {
    expect((await printed(api(), '/api/v1/namespaces'))[0]).toEqual(['Name', 'Age']);
  });
});
