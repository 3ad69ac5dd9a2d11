import { describe, expect, test } from 'vitest';
import { CliError } from '../../../src/core/errors.ts';
import type { Event } from '../../../src/core/events.ts';
import { chooseWay, proveContext, type Way } from '../../../src/usecases/verify/index.ts';
import { fakeKubectl, type FakeKubernetes, type FakeNode } from '../../support/fake-kubernetes.ts';
import { clusterWith, kubernetes, nodeGroup, nodesOf, ref } from './rig.ts';

const cluster = clusterWith({ blue: {} });
const nodes = nodesOf('blue', 2);

async function prove(described: FakeKubernetes, context?: string): Promise<readonly (readonly string[])[]> {
  const kubectl = fakeKubectl(described);
  await proveContext(kubectl, cluster, context);
  return kubectl.calls;
}

describe('that a context is this cluster', () => {
  test('is proven by the address of its API server, and named', async () => {
    const server = 'https://AKS-demo-dns.hcp.westeurope.azmk8s.io:443';
    await expect(
      proveContext(fakeKubectl(kubernetes([], { server, context: 'now' })), cluster, undefined),
    ).resolves.toBe('now');
    const calls = await prove(kubernetes([], { server }));
    expect(calls.map(([first, second, third]) => [first, second, third])).toEqual([
      ['config', 'view', '--minify'],
      ['get', '--raw', '/version'],
    ]);
  });

  test.each(['https://proxy.contoso.com/k8s/clusters/c-1', 'https://127.0.0.1:6443'])(
    'is proven by the machines of its nodes if the address is different: %s',
    async (server) => {
      await expect(prove(kubernetes(nodes, { server }))).resolves.toHaveLength(2);
      await expect(
        prove(kubernetes(nodesOf('blue', 1, { group: nodeGroup.toUpperCase() }), { server })),
      ).resolves.toHaveLength(2);
    },
  );

  test.each<[string, readonly FakeNode[], Partial<FakeKubernetes>, string]>([
    [
      'nodes of another group',
      nodesOf('blue', 1, { group: 'MC_other' }),
      {},
      'its nodes are in the resource group MC_other',
    ],
    [
      'nodes of another subscription',
      nodes,
      { subscriptionId: '22222222-2222-4222-8222-222222222222' },
      `its nodes are in the resource group ${nodeGroup}`,
    ],
    ['no nodes', [], {}, 'it shows no node'],
    [
      'a look-alike of the address',
      [],
      { server: 'https://aks-demo-dns.hcp.westeurope.azmk8s.io.evil.example' },
      'it shows no node',
    ],
  ])('is not proven by %s, after read requests only', async (_, shown, more, why) => {
    const kubectl = fakeKubectl(kubernetes(shown, { context: 'prod', ...more }));
    const failure = await proveContext(kubectl, cluster, undefined).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CliError);
    expect(failure).toMatchObject({ code: 'kubernetes-other-cluster', exit: 'error' });
    expect(String(failure)).toContain("The kubectl context 'prod' is not proven to be the cluster rg-demo/aks-demo");
    expect(String(failure)).toContain(why);
    expect((failure as CliError).hints[0]).toBe(
      `Get its kubeconfig: az aks get-credentials -g rg-demo -n aks-demo --subscription ${ref.subscriptionId}`,
    );
    expect(kubectl.calls).toHaveLength(2);
  });

  test('is not proven if the cluster has no node resource group', async () => {
    const bare = { ...cluster, resource: { properties: {} } };
    await expect(proveContext(fakeKubectl(kubernetes(nodes)), bare, 'x')).rejects.toMatchObject({
      code: 'kubernetes-other-cluster',
    });
  });

  test.each([
    [undefined, 'kubectl has no current context.'],
    ['gone\u001b[2J', String.raw`kubectl has no context 'gone\u001b[2J'.`],
  ])('is an error if there is no context: %j', async (context, message) => {
    const kubectl = fakeKubectl(kubernetes([]), {
      run: async () => Promise.resolve({ stdout: '', stderr: 'error: current-context must exist', exitCode: 1 }),
    });
    await expect(proveContext(kubectl, cluster, context)).rejects.toMatchObject({
      code: 'kubernetes-no-context',
      message,
    });
  });

  test.each([
    ['Unable to connect to the server: dial tcp: lookup x: no such host', 'kubernetes-unreachable'],
    ['error: You must be logged in to the server (Unauthorized)', 'kubernetes-not-signed-in'],
    [
      'Unable to connect to the server: getting credentials: exec: executable kubelogin not found',
      'kubernetes-not-signed-in',
    ],
    ['Error from server (Forbidden): forbidden: User "a" cannot get path "/version"', 'kubernetes-not-permitted'],
    ['Error from server (InternalError): something broke', 'kubernetes-failed'],
  ])('fails with the right code if kubectl prints: %s', async (unreachable, code) => {
    const server = 'https://aks-demo-dns.hcp.westeurope.azmk8s.io';
    await expect(prove(kubernetes([], { server, unreachable }))).rejects.toMatchObject({ code });
  });

  test('reports an error of kubectl on one line, without secrets and control characters', async () => {
    const unreachable =
      'E1129 10:00:00.1 memcache.go:265] noise\nUnable to connect:\n\u001b[31m token=abcdefghijklmnop0123456789 x';
    const failure = String(await prove(kubernetes(nodes, { unreachable })).catch((error: unknown) => error));
    expect(failure).toContain('Unable to connect');
    expect(failure).not.toMatch(/memcache|abcdefghijklmnop|\u001b|\n/);
  });
});

describe('the ways into a cluster', () => {
  const failing = (via: Way['via'], message: string): Way => ({
    via,
    words: via,
    open: async () => Promise.reject(new CliError({ code: 'kubernetes-failed', message })),
  });
  const working = (via: Way['via']): Way => ({
    via,
    words: via,
    open: async () =>
      Promise.resolve({ kubectl: fakeKubectl(kubernetes([]), { via }), close: async () => Promise.resolve() }),
  });

  test('are tried in order, and the chosen one is reported with the reasons against the others', async () => {
    const events: Event[] = [];
    const ways = [failing('kubectl', 'It is another cluster.'), working('credentials'), failing('run-command', 'x')];
    const { kubectl } = await chooseWay(ways, (event) => events.push(event));
    expect(kubectl.via).toBe('credentials');
    expect(events).toEqual([
      {
        type: 'notice',
        level: 'info',
        code: 'kubernetes-way',
        message: 'Reaching the cluster with credentials. It is another cluster.',
      },
    ]);
  });

  test('that all fail are one error with each reason', async () => {
    const ways = [failing('kubectl', 'One.'), failing('credentials', 'Two.')];
    await expect(chooseWay(ways, () => undefined)).rejects.toMatchObject({
      code: 'kubernetes-no-way',
      hints: ['With kubectl: One.', 'With credentials: Two.'],
    });
  });

  test('a requested way fails with its own reason', async () => {
    await expect(chooseWay([failing('kubectl', 'One.')], () => undefined)).rejects.toMatchObject({ message: 'One.' });
  });
});
