import { describe, expect, test } from 'vitest';
import { systemIds } from '../../../src/adapters/system/index.ts';
import { InterruptedError } from '../../../src/core/errors.ts';
import { asArray, asString, at, own, type JsonObject, type JsonValue } from '../../../src/core/json.ts';
import type { RunResult } from '../../../src/core/ports.ts';
import type { KubernetesNode } from '../../../src/model/kubernetes-lists.ts';
import type { Kubectl } from '../../../src/model/kubernetes.ts';
import { probeNodes, type ProbeOptions } from '../../../src/usecases/verify/probe-nodes.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const node = (name: string, ready = true): KubernetesNode => ({
  name,
  uid: `uid-${name}`,
  labels: {},
  annotations: {},
  providerId: undefined,
  ready,
});

/** The line that the probe prints on a node where LocalDNS is on. */
function resultOf(pod: JsonValue): string {
  const env = asArray(own(asArray(at(pod, 'spec', 'containers'))[0], 'env'));
  const nonce = asString(
    own(
      env.find((one) => own(one, 'name') === 'PROBE_NONCE'),
      'value',
    ),
  );
  const server = at(pod, 'spec', 'dnsPolicy') === 'Default' ? '169.254.10.10' : '169.254.10.11';
  const answer = (proto: string): JsonObject => ({
    check: 'health',
    server,
    proto,
    tool: 'nc',
    result: 'noerror',
    answers: 0,
    authorities: 0,
    aa: 1,
    ms: 3,
  });
  const results = [answer('udp'), answer('tcp')];
  return JSON.stringify({ probe: 1, nonce: nonce ?? '', nameservers: [server], ncUdp: true, results });
}

interface Behaviour {
  /** The status of a pod from the second reading on. */
  readonly status?: (pod: JsonValue) => JsonObject;
  readonly refuses?: (pod: JsonValue) => string | undefined;
  /** Pods that are there already, as a list of the API has them. */
  readonly there?: readonly JsonObject[];
  readonly deleteFails?: boolean;
}

/** A cluster that runs pods, and records the requests. */
function clusterOf({ status, refuses, there = [], deleteFails = false }: Behaviour = {}) {
  const calls: (readonly string[])[] = [];
  let pods: readonly JsonValue[] = there;
  let looks = 0;
  const run = (args: readonly string[], stdin = ''): RunResult => {
    calls.push(args);
    const done = (stdout: string, stderr = '', exitCode = 0): RunResult => ({ stdout, stderr, exitCode });
    const [verb] = args;
    if (verb === 'apply') {
      const items = asArray(own(JSON.parse(stdin) as JsonValue, 'items'));
      const said = items.flatMap((item) => refuses?.(item) ?? []);
      pods = [...pods, ...items.filter((item) => refuses?.(item) === undefined)];
      return done('', said.join('\n'), said.length > 0 ? 1 : 0);
    }
    if (verb === 'get') {
      const selector = new URL(args[2] ?? '', 'https://api').searchParams.get('labelSelector') ?? '';
      if (selector.startsWith('app.kubernetes.io')) return done(JSON.stringify({ items: there }));
      looks += 1;
      const phase = looks < 2 ? { phase: 'Pending' } : { phase: 'Succeeded' };
      const items = pods
        .filter((pod) => at(pod, 'metadata', 'labels', 'aks-localdns/run') !== undefined)
        .map((pod) => ({ ...(pod as JsonObject), status: looks < 2 ? phase : (status?.(pod) ?? phase) }));
      return done(JSON.stringify({ items }));
    }
    if (verb === 'logs') return done(pods.map(resultOf).join('\n'));
    if (deleteFails) return done('', 'Error from server (Forbidden): pods is forbidden', 1);
    return done('');
  };
  const kubectl: Kubectl = {
    via: 'kubectl',
    pageSize: 500,
    run: async (args, { stdin } = {}) => Promise.resolve(run(args, stdin)),
  };
  return { kubectl, calls, verbs: () => calls.map(([verb]) => verb), made: () => pods };
}

const usual: ProbeOptions = { namespace: 'default', image: 'busybox:1.36', externalName: 'a.example', keep: false };

async function probed(
  cluster: ReturnType<typeof clusterOf>,
  nodes: readonly KubernetesNode[],
  options: Partial<ProbeOptions> = {},
  signal = new AbortController().signal,
) {
  const notices: string[] = [];
  const found = await probeNodes(
    {
      kubectl: cluster.kubectl,
      emit: (event) => {
        if (event.type === 'notice') notices.push(`${event.code}: ${event.message}`);
      },
      clock: new ManualClock(),
      ids: systemIds,
      signal,
    },
    nodes,
    { ...usual, ...options },
  );
  return { found, notices };
}

describe('Asking DNS from pods', () => {
  test('uses two pods for each node, one for each dnsPolicy, and removes them', async () => {
    const cluster = clusterOf();
    const { found } = await probed(cluster, [node('node-1'), node('node-2')]);
    expect([...found.keys()]).toEqual(['node-1', 'node-2']);
    expect(found.get('node-1')).toMatchObject([
      { level: 2, source: 'pod with dnsPolicy ClusterFirst', says: 'on', sure: true },
      { level: 2, source: 'pod with dnsPolicy Default', says: 'on', sure: true },
    ]);
    expect(cluster.verbs()).toEqual(['get', 'apply', 'get', 'get', 'logs', 'delete']);
    expect(cluster.calls.at(-1)).toContain('--wait=false');
  });

  test('creates pods that a restricted namespace admits, owned by their node', async () => {
    const cluster = clusterOf();
    await probed(cluster, [node('node-1')], { namespace: 'probes', image: 'mirror.example/busybox@sha256:0' });
    for (const pod of cluster.made()) {
      expect(pod).toMatchObject({
        metadata: { namespace: 'probes', ownerReferences: [{ kind: 'Node', name: 'node-1', uid: 'uid-node-1' }] },
        spec: {
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              image: 'mirror.example/busybox@sha256:0',
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ['ALL'] },
                readOnlyRootFilesystem: true,
              },
            },
          ],
        },
      });
    }
  });

  test('asks a large pool in batches', async () => {
    const cluster = clusterOf();
    const nodes = Array.from({ length: 120 }, (_, index) => node(`node-${String(index)}`));
    const { found } = await probed(cluster, nodes);
    expect(found.size).toBe(120);
    expect(cluster.verbs().filter((verb) => verb === 'apply')).toHaveLength(3);
    expect(cluster.verbs().filter((verb) => verb === 'delete')).toHaveLength(3);
  });

  test('skips nodes that are not ready', async () => {
    const cluster = clusterOf();
    expect((await probed(cluster, [node('node-1', false)])).found.size).toBe(0);
    expect(cluster.calls).toEqual([]);
  });

  test.each<readonly [string, Behaviour, string]>([
    [
      'is refused',
      {
        refuses: (pod) =>
          `Error from server (Forbidden): pods "${asString(at(pod, 'metadata', 'name')) ?? ''}" is forbidden: no`,
      },
      'the pod was refused: Error from server (Forbidden)',
    ],
    [
      'finds no room',
      {
        status: () => ({
          phase: 'Pending',
          conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'Too many pods' }],
        }),
      },
      'the pod is Pending: Unschedulable: Too many pods',
    ],
    [
      'has no image',
      {
        status: () => ({
          phase: 'Pending',
          containerStatuses: [{ state: { waiting: { reason: 'ImagePullBackOff', message: 'not found' } } }],
        }),
      },
      'the pod is Pending: ImagePullBackOff: not found',
    ],
  ])('a pod that %s leaves its node unknown, with the reason', async (_, behaviour, why) => {
    // What such a pod would have printed is not there.
    const cluster = clusterOf(behaviour);
    const silent: Kubectl = {
      ...cluster.kubectl,
      run: async (args, options) =>
        args[0] === 'logs' ? { stdout: '', stderr: '', exitCode: 0 } : cluster.kubectl.run(args, options),
    };
    const { found } = await probed({ ...cluster, kubectl: silent }, [node('node-1')]);
    const [evidence] = found.get('node-1') ?? [];
    expect(evidence).toMatchObject({ level: 2, says: 'unknown', sure: false });
    expect(evidence?.seen).toContain(why);
  });

  test('removes pods that an earlier run has left behind, but none of a run in progress', async () => {
    const left = (name: string, deadline: string): JsonObject => ({
      metadata: { name, annotations: { 'aks-localdns/deadline': deadline } },
    });
    const cluster = clusterOf({ there: [left('old', '2026-11-20T00:00:00Z'), left('young', '2099-01-01T00:00:00Z')] });
    const { notices } = await probed(cluster, [node('node-1')]);
    const [first] = cluster.calls.filter(([verb]) => verb === 'delete');
    expect(first).toContain('old');
    expect(first).not.toContain('young');
    expect(notices).toEqual([
      'probe-pods-removed: Removed 1 probe pod that an earlier run had left in the namespace default.',
    ]);
  });

  test('removes its pods after an interrupt as well', async () => {
    const controller = new AbortController();
    const cluster = clusterOf({
      status: () => {
        controller.abort();
        return { phase: 'Running' };
      },
    });
    await expect(probed(cluster, [node('node-1')], {}, controller.signal)).rejects.toThrow(InterruptedError);
    expect(cluster.verbs().at(-1)).toBe('delete');
  });

  test('prints the command that removes pods that it could not remove', async () => {
    const { notices } = await probed(clusterOf({ deleteFails: true }), [node('node-1')]);
    expect(notices[0]).toMatch(
      /^probe-pods-left: .*kubectl delete pods --namespace default --selector aks-localdns\/run=/,
    );
  });

  test('keeps them on request', async () => {
    const cluster = clusterOf();
    await probed(cluster, [node('node-1')], { keep: true });
    expect(cluster.verbs()).not.toContain('delete');
  });
});
