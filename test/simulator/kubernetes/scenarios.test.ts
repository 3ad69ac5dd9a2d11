import { describe, expect, test } from 'vitest';
import { asString, at, parseJson, type JsonObject } from '../../../src/core/json.ts';
import { kubernetesScenarios } from '../../../src/simulator/scenarios/kubernetes.ts';
import { api, nameOf, probePod, type Api } from './api.ts';

const pods = '/api/v1/namespaces/default/pods';

/** What probes on each node of a pool with LocalDNS find, in the order of the nodes. */
async function probed(scenario: string, more: JsonObject = {}): Promise<readonly JsonObject[]> {
  const auto = api({ scenario }, 'aks-auto');
  const nodes = await auto.items('/api/v1/nodes?labelSelector=agentpool=userpool');
  for (const node of nodes)
    await auto.send('POST', pods, probePod(`on-${nameOf(node)}`, {}, { nodeName: nameOf(node), ...more }));
  auto.advance(60);
  const logs: JsonObject[] = [];
  for (const node of nodes)
    logs.push((parseJson((await auto.get(`${pods}/on-${nameOf(node)}/log`)).text) ?? {}) as JsonObject);
  return logs;
}

/** `check/proto result` of the answers of 169.254.10.11, and of the pod's own resolver. */
function found(log: JsonObject | undefined, ...questions: readonly string[]): Record<string, unknown> {
  const results = (log?.['results'] ?? []) as readonly JsonObject[];
  const own = results.filter(({ server, check }) => server === '169.254.10.11' || asString(check)?.startsWith('pod-'));
  const named = own.map(({ check, proto, result }) => [`${asString(check) ?? ''}/${asString(proto) ?? ''}`, result]);
  return Object.fromEntries(named.filter(([name]) => questions.includes(asString(name) ?? ''))) as Record<
    string,
    unknown
  >;
}

async function refusal(cluster: Api, pod: JsonObject): Promise<unknown[]> {
  const { status, body } = await cluster.send('POST', pods, pod);
  return [status, body['message']];
}

const both = ['health/udp', 'health/tcp'];

async function allowed(cluster: Api, verb: string, resource: string, subresource = ''): Promise<unknown> {
  const { body } = await cluster.send('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    spec: { resourceAttributes: { verb, resource, subresource } },
  });
  return at(body, 'status', 'allowed');
}

/** A policy on all nodes: what a probe finds over UDP, over TCP, and at the port of `/ready`. */
function drops(scenario: string, udp: string, tcp: string, ready: string) {
  return async (): Promise<void> => {
    for (const log of await probed(scenario))
      expect(found(log, ...both, 'ready/http')).toEqual({ 'health/udp': udp, 'health/tcp': tcp, 'ready/http': ready });
    const [onHost] = await probed(scenario, { hostNetwork: true });
    expect(onHost?.['nameservers']).toEqual(['169.254.10.10']);
    expect(found(onHost, ...both)).toEqual({ 'health/udp': 'noerror', 'health/tcp': 'noerror' });
  };
}

/** Each scenario of the clusters, by its name. */
const shows: Readonly<Record<string, () => Promise<void>>> = {
  'localdns-dead': async () => {
    const [first, second] = await probed('localdns-dead');
    expect(found(first, ...both, 'ready/http')).toEqual({
      'health/udp': 'closed',
      'health/tcp': 'closed',
      'ready/http': 'closed',
    });
    expect(first?.['nameservers']).toEqual(['169.254.10.11']);
    expect(found(second, ...both)).toEqual({ 'health/udp': 'noerror', 'health/tcp': 'noerror' });
    const auto = api({ scenario: 'localdns-dead' }, 'aks-auto');
    const [node = {}] = await auto.items('/api/v1/nodes?labelSelector=agentpool=userpool');
    const proxy = (port: number): string => `/api/v1/nodes/${nameOf(node)}:${String(port)}/proxy/metrics`;
    expect((await auto.get(proxy(9253))).status).toBe(503);
    expect((await auto.get(proxy(9353))).text).toContain('localdns_service_status{status="inactive"} 0');
  },
  'localdns-unit-stopped': async () => {
    const [first, second] = await probed('localdns-unit-stopped');
    expect(found(first, ...both)).toEqual({ 'health/udp': 'timeout', 'health/tcp': 'timeout' });
    expect(found(second, ...both)).toEqual({ 'health/udp': 'noerror', 'health/tcp': 'noerror' });
  },
  'dns-policy-drops-udp': drops('dns-policy-drops-udp', 'timeout', 'noerror', 'ok'),
  'dns-policy-drops-tcp': drops('dns-policy-drops-tcp', 'noerror', 'timeout', 'ok'),
  'dns-policy-drops-all': drops('dns-policy-drops-all', 'timeout', 'timeout', 'timeout'),
  'upstream-dns-dead': async () => {
    const [log] = await probed('upstream-dns-dead');
    expect(found(log, 'health/udp', 'guard/udp', 'external/udp', 'pod-external/udp')).toEqual({
      'health/udp': 'noerror',
      'guard/udp': 'nxdomain',
      'external/udp': 'timeout',
      'pod-external/udp': 'timeout',
    });
  },
  'pods-from-before': async () => {
    const [log] = await probed('pods-from-before');
    expect(log?.['nameservers']).toEqual(['10.0.0.10']);
    expect(found(log, ...both)).toEqual({ 'health/udp': 'noerror', 'health/tcp': 'noerror' });
  },
  'node-full': async () => {
    const auto = api({ scenario: 'node-full' }, 'aks-auto');
    const [node = {}] = await auto.items('/api/v1/nodes?labelSelector=agentpool=userpool');
    const selector = { 'kubernetes.io/hostname': nameOf(node) };
    await auto.send('POST', pods, probePod('chosen', selector));
    const { body } = await auto.get(`${pods}/chosen`);
    expect((at(body, 'status', 'conditions') as JsonObject[])[0]).toMatchObject({
      reason: 'Unschedulable',
      message: expect.stringMatching(/^0\/7 nodes are available: 1 Insufficient cpu, 6 node\(s\) didn't match/),
    });
    await auto.send('POST', pods, probePod('named', {}, { nodeName: nameOf(node) }));
    expect((await auto.get(`${pods}/named`)).body['status']).toMatchObject({ phase: 'Failed', reason: 'OutOfcpu' });
  },
  'pods-refused': async () => {
    expect(await refusal(api({ scenario: 'pods-refused' }), probePod('p', {}))).toEqual([
      403,
      expect.stringMatching(/^admission webhook "validation.gatekeeper.sh" denied the request: /),
    ]);
  },
  'pod-security-restricted': async () => {
    const demo = api({ scenario: 'pod-security-restricted' });
    expect(await refusal(demo, probePod('p', {}))).toEqual([
      403,
      'pods "p" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "probe" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "probe" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "probe" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "probe" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
    ]);
    const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
    const restricted = probePod(
      'p',
      {},
      {
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [{ name: 'probe', image: 'busybox', securityContext }],
      },
    );
    expect((await demo.send('POST', pods, restricted)).status).toBe(201);
    expect(await refusal(demo, probePod('q', {}, { hostNetwork: true }))).toEqual([
      403,
      expect.stringContaining('host namespaces (hostNetwork=true)'),
    ]);
  },
  'registry-unreachable': async () => {
    const demo = api({ scenario: 'registry-unreachable' });
    await demo.send('POST', pods, probePod('p', { agentpool: 'userpool' }));
    demo.advance(60);
    const { body } = await demo.get(`${pods}/p`);
    expect(at(body, 'status', 'phase')).toBe('Pending');
    expect(at((at(body, 'status', 'containerStatuses') as JsonObject[])[0], 'state', 'waiting', 'reason')).toBe(
      'ImagePullBackOff',
    );
    expect((await demo.get(`${pods}/p/log`)).status).toBe(400);
  },
  'busy-clusters': async () => {
    const count = async (scenario: readonly string[]): Promise<number> =>
      (await api({ scenario }).items('/api/v1/pods')).length;
    // Nine Linux nodes.
    expect((await count(['busy-clusters'])) - (await count([]))).toBe(9 * 20);
  },
  'no-pods-create': async () => {
    const demo = api({ scenario: 'no-pods-create' });
    expect(await refusal(demo, probePod('p', {}))).toEqual([
      403,
      'pods is forbidden: User "operator@contoso.example" cannot create resource "pods" in API group "" in the namespace "default"',
    ]);
    expect(await allowed(demo, 'create', 'pods')).toBe(false);
    expect(await allowed(demo, 'list', 'pods')).toBe(true);
  },
  'no-nodes-proxy': async () => {
    const demo = api({ scenario: 'no-nodes-proxy' });
    const [node = {}] = await demo.items('/api/v1/nodes');
    expect(await demo.get(`/api/v1/nodes/${nameOf(node)}/proxy/configz`)).toMatchObject({
      status: 403,
      body: {
        message: expect.stringContaining('cannot get resource "nodes/proxy" in API group "" at the cluster scope'),
      },
    });
    expect(await allowed(demo, 'get', 'nodes', 'proxy')).toBe(false);
    expect(await allowed(demo, 'get', 'nodes')).toBe(true);
  },
  'namespace-reader': async () => {
    const demo = api({ scenario: 'namespace-reader' });
    expect((await demo.get('/api/v1/pods')).status).toBe(200);
    expect((await demo.get('/api/v1/nodes')).status).toBe(403);
    expect((await demo.send('DELETE', pods)).status).toBe(403);
    expect(await refusal(demo, probePod('p', {}))).toEqual([403, expect.stringContaining('cannot create')]);
  },
};

describe('scenarios of the clusters', () => {
  test('each have a test below', () => {
    expect(Object.keys(shows).sort()).toEqual(kubernetesScenarios.map(({ name }) => name).sort());
  });

  test.each(Object.entries(shows))('%s', async (_, show) => {
    expect.hasAssertions();
    await show();
  });
});
