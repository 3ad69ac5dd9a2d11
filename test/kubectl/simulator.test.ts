import { request } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { asString, at, parseJson, type JsonObject } from '../../src/core/json.ts';
import { createSimulator, scaledClock, serveSimulator, type Simulator } from '../../src/simulator/index.ts';
import { clusterPath } from '../simulator/client.ts';
import { nameOf, probePod } from '../simulator/kubernetes/api.ts';
import { zipOf } from '../support/zip.ts';
import { kubectls, kubectlsMissing, withKubectl, type RunsKubectl } from '../support/kubectl.ts';

const realClock = { now: () => Date.now(), sleep: async () => undefined };

interface Rig {
  readonly kubectl: RunsKubectl;
  readonly simulator: Simulator;
  /** A request to ARM. */
  readonly arm: (method: string, url: string, body?: JsonObject) => Promise<ArmAnswer>;
}

interface ArmAnswer {
  readonly status: number | undefined;
  readonly location: string;
  readonly body: JsonObject;
}

function armOf(simulator: Simulator, ca: string): Rig['arm'] {
  return async (method, url, body) =>
    new Promise((resolve, reject) => {
      const { token } = simulator.issueToken();
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const asked = request(
        url.startsWith('https:') ? url : `${simulator.origin}${url}`,
        { method, ca, headers },
        (got) => {
          let text = '';
          got.on('data', (chunk: Buffer) => (text += chunk.toString()));
          got.on('end', () => {
            const parsed = (parseJson(text) ?? {}) as JsonObject;
            resolve({ status: got.statusCode, location: got.headers.location ?? '', body: parsed });
          });
        },
      );
      asked.once('error', reject);
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
}

/** A kubectl on a served simulator, 20 times as fast as the day. */
async function on(program: string, scenario: readonly string[], work: (rig: Rig) => Promise<void>): Promise<void> {
  const simulator = createSimulator({ clock: scaledClock(realClock, 20), scenario });
  const served = await serveSimulator(simulator, { speed: 20, kubectl: program });
  try {
    await withKubectl(program, served.kubeconfig, async (kubectl) =>
      work({ kubectl, simulator, arm: armOf(simulator, served.caPem) }),
    );
  } finally {
    await served.close();
  }
}

async function ok(kubectl: RunsKubectl, args: readonly string[], stdin?: string): Promise<string> {
  const { code, stdout, stderr } = await kubectl(args, stdin);
  expect([args.join(' '), code, stderr]).toEqual([args.join(' '), 0, expect.anything()]);
  return stdout;
}

const auto = ['--context', 'aks-auto'];

function probes(names: readonly string[]): string {
  const items = names.map((name) => probePod(name, { agentpool: 'userpool' }));
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

test('an old and a current kubectl are there', ({ skip }) => {
  if (process.env['AKS_LOCALDNS_REQUIRE_ALL'] !== '1' && kubectlsMissing !== undefined) skip(kubectlsMissing);
  expect(kubectlsMissing).toBeUndefined();
});

const path = clusterPath('aks-auto');
const version = 'api-version=2026-03-01';

async function runCommand(arm: Rig['arm'], command: string, context = ''): Promise<JsonObject> {
  const { status, location } = await arm('POST', `${path}/runCommand?${version}`, { command, context });
  expect([command, status]).toEqual([command, 202]);
  for (;;) {
    const polled = await arm('GET', location);
    if (polled.status === 200) return polled.body['properties'] as JsonObject;
    expect(polled.status).toBe(202);
    // ARM's budgets allow for no more.
    await pause(50);
  }
}

describe.each(kubectls)('kubectl %s on a simulated cluster', (_version, program) => {
  test.concurrent('gets nodes, as objects, as a table and raw in pages', async () =>
    on(program, [], async ({ kubectl, simulator }) => {
      const list = parseJson(await ok(kubectl, ['get', 'nodes', '-o', 'json']));
      expect((at(list, 'items') as JsonObject[]).length).toBe(10);
      expect(await ok(kubectl, ['get', 'nodes', '-l', 'agentpool=userpool'])).toMatch(
        /^NAME +STATUS +ROLES +AGE +VERSION *\n(aks-userpool-\S+ +Ready +<none> +30d +v1\.33\.4 *\n){3}$/,
      );
      expect(await ok(kubectl, ['get', 'pdb', 'cart-pdb', '-n', 'shop'])).toMatch(
        /^NAME +MIN AVAILABLE +MAX UNAVAILABLE +ALLOWED DISRUPTIONS +AGE *\ncart-pdb +100% +N\/A +0 +20d *\n$/,
      );
      const first = parseJson(await ok(kubectl, [...auto, 'get', '--raw', '/api/v1/nodes?limit=2']));
      const token = at(first, 'metadata', 'continue') as string;
      const second = parseJson(await ok(kubectl, [...auto, 'get', '--raw', `/api/v1/nodes?limit=2&continue=${token}`]));
      const names = [first, second].flatMap((page) => (at(page, 'items') as JsonObject[]).map(nameOf));
      expect(new Set(names).size).toBe(4);
      for (const name of names) expect(name).toMatch(/^aks-(userpool|systempool|default)-/);
      const configz = await ok(kubectl, [...auto, 'get', '--raw', `/api/v1/nodes/${names[0] ?? ''}/proxy/configz`]);
      expect(at(parseJson(configz), 'kubeletconfig', 'clusterDNS')).toEqual(['169.254.10.11']);
      expect(simulator.unknownRoutes).toEqual([]);
    }));

  test.concurrent('creates a batch of pods, waits for them, reads their logs and deletes them by label', async () =>
    on(program, [], async ({ kubectl }) => {
      const applied = await ok(kubectl, [...auto, 'apply', '--validate=false', '-f', '-'], probes(['a', 'b']));
      expect(applied).toBe('pod/a created\npod/b created\n');
      await ok(kubectl, [...auto, 'wait', '--for=condition=Ready=false', 'pod', '-l', 'app=probe', '--timeout=60s']);
      for (;;) {
        const phases = await ok(kubectl, [
          ...auto,
          'get',
          'pods',
          '-l',
          'app=probe',
          '-o',
          'jsonpath={.items[*].status.phase}',
        ]);
        if (phases === 'Succeeded Succeeded') break;
        expect(phases).toMatch(/^((Pending|Running|Succeeded) ?){2}$/);
      }
      for (const name of ['a', 'b']) {
        const log = parseJson(await ok(kubectl, [...auto, 'logs', ...(name === 'a' ? ['-f'] : []), name]));
        expect(log).toMatchObject({ probe: 1, nonce: `nonce-${name}`, nameservers: ['169.254.10.11'] });
      }
      expect(await ok(kubectl, [...auto, 'apply', '--validate=false', '-f', '-'], probes(['a']))).toBe(
        'pod/a unchanged\n',
      );
      await ok(kubectl, [...auto, 'delete', 'pod', '-l', 'app=probe']);
      expect((await kubectl([...auto, 'get', 'pod', 'a'])).stderr).toBe(
        'Error from server (NotFound): pods "a" not found\n',
      );
    }));

  test.concurrent('waits for a running pod to be gone', async () =>
    on(program, [], async ({ kubectl }) => {
      const pod = JSON.stringify(probePod('long', { agentpool: 'userpool' }, { restartPolicy: 'Always' }));
      await ok(kubectl, ['apply', '--validate=false', '-f', '-'], pod);
      await ok(kubectl, ['wait', '--for=condition=Ready', 'pod/long', '--timeout=60s']);
      await ok(kubectl, ['delete', 'pod', 'long', '--timeout=60s']);
      expect((await kubectl(['get', 'pod', 'long'])).code).toBe(1);
    }));

  test.concurrent('can query its permissions, those on subresources separately', async () =>
    on(program, ['no-nodes-proxy', 'no-pods-create'], async ({ kubectl }) => {
      const asked: readonly (readonly [number, ...string[]])[] = [
        [0, 'list', 'pods'],
        [0, 'get', 'nodes'],
        [0, 'get', 'pods', '--subresource=log'],
        [1, 'create', 'pods'],
        [1, 'get', 'nodes', '--subresource=proxy'],
      ];
      for (const [code, ...words] of asked) {
        const ran = await kubectl(['auth', 'can-i', ...words]);
        expect([words, ran.code, ran.stdout]).toEqual([words, code, code === 0 ? 'yes\n' : 'no\n']);
      }
      const refused = await kubectl(['apply', '--validate=false', '-f', '-'], probes(['a']));
      expect([refused.code, refused.stderr]).toEqual([
        1,
        expect.stringContaining(
          'pods is forbidden: User "operator@contoso.example" cannot create resource "pods" in API group "" in the namespace "default"',
        ),
      ]);
    }));

  test.concurrent("works with the cluster's user credentials from ARM", async () =>
    on(program, [], async ({ arm }) => {
      const { status, body } = await arm('POST', `${path}/listClusterUserCredential?${version}`);
      expect(status).toBe(200);
      const [given] = body['kubeconfigs'] as JsonObject[];
      const kubeconfig = Buffer.from(asString(given?.['value']) ?? '', 'base64').toString();
      await withKubectl(program, kubeconfig, async (kubectl) => {
        expect(await ok(kubectl, ['get', 'nodes', '-o', 'name'])).toMatch(/^node\/aks-systempool-/m);
      });
    }));

  test.concurrent('runs run commands, with their files, and no shell', async () =>
    on(program, [], async ({ arm, simulator }) => {
      const nodes = await runCommand(arm, 'kubectl get nodes -o name');
      expect([nodes['provisioningState'], nodes['exitCode']]).toEqual(['Succeeded', 0]);
      expect(nodes['logs']).toMatch(/^node\/aks-systempool-/m);
      const context = Buffer.from(zipOf('pods.json', Buffer.from(probes(['a'])))).toString('base64');
      const applied = await runCommand(arm, "kubectl apply --validate=false -f 'pods.json'", context);
      expect(applied).toMatchObject({ exitCode: 0, logs: 'pod/a created\n' });
      expect(await runCommand(arm, 'kubectl get pod nope')).toMatchObject({
        exitCode: 1,
        logs: 'Error from server (NotFound): pods "nope" not found\n',
      });
      for (const [line, exitCode] of [
        ['kubectl get nodes; id', 2],
        ['kubectl get $(id)', 2],
        ['helm list', 127],
        ['kubectl exec a -- id', 1],
      ] as const)
        expect([line, (await runCommand(arm, line))['exitCode']]).toEqual([line, exitCode]);
      expect(simulator.unknownRoutes).toEqual([]);
    }));
});

test('the files of a run command are confined to their folder', async () =>
  on('/nowhere/kubectl', [], async ({ arm }) => {
    for (const context of [zipOf('../outside.json', Buffer.from('{}')), Buffer.from('no archive')])
      expect(await runCommand(arm, 'kubectl get nodes', context.toString('base64'))).toMatchObject({
        exitCode: 1,
        logs: expect.stringMatching(/^error: /),
      });
  }));

test('a run command on a machine without kubectl is a pod that does not start', async () =>
  on('/nowhere/kubectl', [], async ({ arm }) => {
    expect(await runCommand(arm, 'kubectl get nodes')).toMatchObject({
      provisioningState: 'Failed',
      reason: expect.stringContaining('pod'),
    });
  }));
