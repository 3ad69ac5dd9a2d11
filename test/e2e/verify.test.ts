import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { sample } from '../../src/simulator/index.ts';
import { asArray, asString, at, own } from '../../src/core/json.ts';
import { shellWords } from '../support/cli.ts';
import { answerOf, kubectlProgram, type FakeKubernetes, type FakeNode } from '../support/fake-kubernetes.ts';
import { cluster, unwrapped, value, withAzure, type Rig } from '../support/e2e.ts';

/** The user pool of the sample has three nodes without LocalDNS. */
const three: readonly FakeNode[] = [0, 1, 2].map((index) => ({
  name: `aks-userpool-00000${String(index)}`,
  pool: 'userpool',
  state: 'disabled',
  clusterDns: ['10.0.0.10'],
}));

const sampleCluster = { subscriptionId: sample.subscriptionId, nodeGroup: 'MC_rg-demo_aks-demo_westeurope' };

function withKubectl(rig: Rig, nodes: readonly FakeNode[], more: Partial<FakeKubernetes> = {}) {
  const program = kubectlProgram(path.dirname(rig.file('x', '')), { ...sampleCluster, nodes, ...more });
  return { ...program, env: { AKS_LOCALDNS_KUBECTL: program.path, KUBECONFIG: '/home/a/config' } };
}

const userpool = ['verify', ...cluster, '-n', 'userpool'] as const;

describe('verify, with a scripted kubectl', () => {
  test(
    'proves on every node that LocalDNS is off, writes the reports, and changes nothing',
    withAzure({}, async (rig) => {
      const { env, calls } = withKubectl(rig, three);
      const words = ['--level', '1', '--context', 'demo', '--report', 'junit=v.xml', '--report', 'md=v.md'];
      const ran = await rig.run([...userpool, ...words], { env });
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({
        via: 'kubectl',
        pools: [{ pool: 'userpool', expected: 'off', proof: 'proven', nodes: 3, provenNodes: 3 }],
      });
      expect(ran.stderr).toContain("Reaching the cluster with the kubectl context 'demo'.");
      expect(readFileSync(path.join(rig.directory, 'v.md'), 'utf8')).toMatch(/^# LocalDNS verification\n/);
      expect(readFileSync(path.join(rig.directory, 'v.xml'), 'utf8')).toContain(
        '<testsuites name="LocalDNS verification"',
      );
      expect(rig.writes).toEqual([]);
      for (const { args, kubeconfig } of calls()) {
        expect(args[0]).toBe('--context=demo');
        expect(kubeconfig).toBe('/home/a/config');
      }
    }),
  );

  test(
    'keeps using the verified context if the current one changes meanwhile',
    withAzure({}, async (rig) => {
      const { env, calls } = withKubectl(rig, three);
      const ran = await rig.run([...userpool, '--level', '1'], { env });
      expect(
        calls()
          .slice(2)
          .map(({ args }) => args[0]),
      ).toEqual(
        calls()
          .slice(2)
          .map(() => '--context=aks-demo'),
      );
      expect(ran.code, ran.stderr).toBe(0);
    }),
  );

  test(
    'ends with 10 if a node is not as expected',
    withAzure({}, async (rig) => {
      const nodes = three.map((node, index) =>
        index === 1 ? { ...node, state: 'enabled', clusterDns: ['169.254.10.11'] } : node,
      );
      const ran = await rig.run([...userpool, '--level', '1'], withKubectl(rig, nodes));
      expect(ran.code).toBe(10);
      expect(value(ran)).toMatchObject({ pools: [{ proof: 'failed', provenNodes: 2 }], counts: { fail: 1 } });
    }),
  );

  test(
    'does not touch another cluster',
    withAzure({}, async (rig) => {
      const { env, calls } = withKubectl(rig, three, { nodeGroup: 'MC_production' });
      const ran = await rig.run([...userpool, '--via', 'kubectl'], { env });
      expect(ran.code).toBe(1);
      expect(ran.stdout).toBe('');
      expect(ran.stderr).toContain(
        "ERROR: The kubectl context 'aks-demo' is not proven to be the cluster rg-demo/aks-demo",
      );
      expect(calls().map(({ args }) => args[0])).toEqual(['config', 'get']);
    }),
  );

  test(
    'reports a missing permission, kubectl or pool in one line',
    withAzure({}, async (rig) => {
      const denied = await rig.run(
        [...userpool, '--via', 'kubectl'],
        withKubectl(rig, three, { denied: ['list nodes'], server: 'https://aks-demo-dns.hcp.westeurope.azmk8s.io' }),
      );
      expect(denied.code, denied.stderr).toBe(4);
      expect(denied.stderr).toContain('The account may not list nodes in the cluster');
      const absent = await rig.run([...userpool, '--via', 'kubectl'], { env: { AKS_LOCALDNS_KUBECTL: '/no/kubectl' } });
      expect(absent.code).toBe(3);
      expect(absent.stderr).toContain('/no/kubectl is not an executable program.');
      const pool = await rig.run(['verify', ...cluster, '-n', 'nosuch'], withKubectl(rig, three));
      expect(pool.code).toBe(3);
      expect(pool.stderr).toContain('The node pool nosuch was not found in the cluster.');
    }),
  );

  test.each([
    [['verify', ...cluster], '--name/-n with one or more node pools is required'],
    [['verify', ...cluster, '-n', 'a', '--all-pools'], 'mutually exclusive'],
    [['verify', '-n', 'a'], 'the following arguments are required: --resource-group/-g, --cluster-name'],
    [[...userpool, '--report', 'pdf=x'], "'pdf' is not a report format"],
  ])('refuses %j before any request', async (words, message) => {
    await withAzure({}, async (rig) => {
      const ran = await rig.run(words);
      expect(ran.code).toBe(2);
      expect(ran.stderr).toContain(message);
      expect(rig.seen).toEqual([]);
    })();
  });

  test(
    'prints the role that it needs, offline',
    withAzure({}, async (rig) => {
      const ran = await rig.run(['verify', '--print-role']);
      expect(ran.code).toBe(0);
      expect(ran.stdout).toMatch(/^apiVersion: rbac\.authorization\.k8s\.io\/v1\nkind: ClusterRole\n/);
      expect(rig.seen).toEqual([]);
      expect(existsSync(path.join(rig.directory, 'kubectl-calls'))).toBe(false);
    }),
  );
});

/** The secrets in kubeconfigs from the simulator, which must not appear anywhere. */
function keepSecret(rig: Rig): void {
  const answers = rig.seen.filter(({ path }) => /listClusterUserCredential$/i.test(path)).map(({ answer }) => answer);
  expect(answers).not.toEqual([]);
  for (const answer of answers) {
    const value = asString(own(asArray(own(answer, 'kubeconfigs'))[0], 'value')) ?? '';
    const text = Buffer.from(value, 'base64').toString('utf8');
    rig.secrets.add('the kubeconfig', value);
    for (const [, name = '', secret = ''] of text.matchAll(/"(token|client-key-data)": "([^"]+)"/g))
      rig.secrets.add(name, secret);
  }
}

/** Its own directory for temporary files, to check that none is left. */
function temporary(rig: Rig): { readonly env: { readonly TMPDIR: string }; readonly left: () => readonly string[] } {
  const directory = path.join(rig.directory, 'tmp');
  mkdirSync(directory);
  return { env: { TMPDIR: directory }, left: () => readdirSync(directory) };
}

describe('verify without a context that is this cluster', () => {
  const elsewhere: Partial<FakeKubernetes> = { nodeGroup: 'MC_production' };

  test(
    'uses the user credentials of the cluster in a kubeconfig that is deleted afterwards',
    withAzure({}, async (rig) => {
      const { env, calls } = withKubectl(rig, three, elsewhere);
      const { env: place, left } = temporary(rig);
      const ran = await rig.run([...userpool, '--level', '1'], { env: { ...env, ...place } });
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({ via: 'credentials', pools: [{ proof: 'proven' }] });
      expect(unwrapped(ran.stderr)).toContain(
        "Reaching the cluster with the cluster's user credentials. The kubectl context 'aks-demo' is not proven",
      );
      const files = new Set(calls().map(({ kubeconfig }) => kubeconfig));
      expect([...files].filter((file) => file?.startsWith(place.TMPDIR))).toHaveLength(1);
      expect(left()).toEqual([]);
      keepSecret(rig);
    }),
  );

  test(
    'shows nothing of the kubeconfig, even if kubectl prints all of it',
    withAzure({}, async (rig) => {
      const { env, left } = temporary(rig);
      const program = kubectlProgram(rig.directory, { ...sampleCluster, nodes: three }, { leaks: 'auth can-i' });
      const ran = await rig.run([...userpool, '--via', 'credentials', '--debug'], {
        env: { ...env, AKS_LOCALDNS_KUBECTL: program.path },
      });
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain('Asking for permissions failed');
      expect(left()).toEqual([]);
      keepSecret(rig);
    }),
  );

  test.each([
    ['SIGINT', 1, [130]],
    ['SIGTERM', 1, [143]],
    // The second signal ends it immediately if the first did not.
    ['SIGINT', 2, [130, null]],
    ['SIGHUP', 1, [null]],
  ] as const)('leaves no kubeconfig behind %s (%d times)', async (signal, times, codes) => {
    await withAzure({}, async (rig) => {
      const { env, left } = temporary(rig);
      const program = kubectlProgram(rig.directory, { ...sampleCluster, nodes: three }, { hangs: 'auth can-i' });
      const child = rig.start([...userpool, '--via', 'credentials'], {
        env: { ...env, AKS_LOCALDNS_KUBECTL: program.path },
      });
      await child.says('Reaching the cluster');
      expect(left()).toHaveLength(1);
      for (let sent = 0; sent < times; sent += 1) child.kill(signal);
      expect(codes).toContain((await child.ended).code);
      expect(left()).toEqual([]);
    })();
  });

  const inCluster = (command: string) => {
    const { exitCode, stdout, stderr } = answerOf({ ...sampleCluster, nodes: three }, shellWords(command).slice(1));
    return { exitCode, logs: `${stderr}${stdout}` };
  };

  test(
    'uses run command last, and does not query kubelets with it',
    withAzure({ runCommand: inCluster }, async (rig) => {
      const ran = await rig.run([...userpool, '--level', '1'], { env: { AKS_LOCALDNS_KUBECTL: '/no/kubectl' } });
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({ via: 'run-command', pools: [{ proof: 'proven', provenNodes: 3 }] });
      expect(unwrapped(ran.stderr)).toContain('Reaching the cluster with run command, which starts a pod');
      const commands = rig.writes
        .filter(({ path }) => path.endsWith('/runCommand'))
        .map(({ json }) => at(json, 'command'));
      expect(commands).toEqual(['kubectl auth can-i list nodes', expect.stringContaining('kubectl get --raw ')]);
    }),
  );

  test(
    'gives the reason for each way of access if all fail',
    withAzure({ runCommand: () => ({ exitCode: 0, logs: '', reason: 'ImagePullBackoff' }) }, async (rig) => {
      const none = await rig.run([...userpool, '--via', 'run-command'], {});
      expect(none.code).toBe(1);
      expect(none.stderr).toContain('ERROR: Azure could not run the command in the cluster: ImagePullBackoff.');
      const context = await rig.run([...userpool, '--via', 'run-command', '--context', 'x']);
      expect(context.code).toBe(2);
      expect(context.stderr).toContain('--context is for --via kubectl');
    }),
  );
});
