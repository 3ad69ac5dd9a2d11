import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { scenarios, type RequestLogEntry } from '../../src/simulator/index.ts';
import { program } from '../support/e2e-program.ts';
import { records, value, withAzure, type Child, type Rig } from '../support/e2e.ts';

async function startOwn(
  azure: Rig,
  ...args: readonly string[]
): Promise<{ readonly child: Child; readonly env: Readonly<Record<string, string>> }> {
  const file = path.join(azure.directory, `${String(Math.random()).slice(2)}.env`);
  const child = azure.start(['simulator', 'start', '--env-file', file, ...args], { env: { NODE_ENV: undefined } });
  await child.says('Ready: https://127.0.0.1:');
  const lines = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]);
  return { child, env: Object.fromEntries(lines) };
}

function logged(file: string): readonly RequestLogEntry[] {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RequestLogEntry);
}

describe('simulator start', () => {
  test.concurrent(
    'reports when it is ready, works with its env file, logs requests without secrets, and ends with 0 on Ctrl-C',
    withAzure({}, async (azure) => {
      const log = path.join(azure.directory, 'requests.ndjson');
      const { child, env } = await startOwn(azure, '--speed', '1000', '--request-log', log);
      for (const name of [
        'AKS_LOCALDNS_ARM_ENDPOINT',
        'AKS_LOCALDNS_CA_FILE',
        'IDENTITY_ENDPOINT',
        'IDENTITY_HEADER',
        'REQUESTS_CA_BUNDLE',
        'MSI_ENDPOINT',
        'MSI_SECRET',
      ]) {
        expect(env[name]).toBeTruthy();
        expect(child.stderr).toContain(`export ${name}=`);
      }
      const setup = await azure.run(['setup'], { env });
      expect(setup.code, setup.stderr).toBe(0);
      const ran = await azure.run(
        ['nodepool', 'enable', '-g', 'rg-demo', '--cluster-name', 'aks-edge', '-n', 'emptypool', '--yes'],
        { env },
      );
      expect(ran.code, ran.stderr).toBe(0);
      child.kill('SIGINT');
      expect(await child.ended).toMatchObject({ code: 0, stdout: '' });
      const entries = logged(log);
      expect(entries.length).toBeGreaterThan(8);
      for (const entry of entries)
        expect(Object.keys(entry).sort()).toEqual(['method', 'path', 'query', 'status', 'time']);
      const polls = entries.filter(({ path }) => path.includes('/operations/'));
      expect(polls.length).toBeGreaterThan(0);
      for (const { query } of polls) expect(query).toMatch(/s=\[hidden\]&h=\[hidden\]$/);
      expect(azure.seen).toEqual([]);
    }),
  );

  test.concurrent(
    '--write-env does the same, and works if Node would read --env-file itself',
    withAzure({}, async (azure) => {
      const child = azure.startShell(`exec '${process.execPath}' '${program}' simulator start --write-env written.env`);
      await child.says('Ready');
      expect(readFileSync(path.join(azure.directory, 'written.env'), 'utf8')).toMatch(
        /^AKS_LOCALDNS_ARM_ENDPOINT=https:/m,
      );
      child.kill('SIGINT');
      await child.ended;
    }),
  );

  test.concurrent(
    'writes a private kubeconfig, prints its path, and replaces only its own',
    withAzure({}, async (azure) => {
      const words = ['simulator', 'start', '--write-kubeconfig', 'kube', '-o', 'json'];
      for (const _ of ['first', 'again']) {
        const child = azure.start(words);
        await child.says('Ready');
        const file = path.join(azure.directory, 'kube');
        expect(readFileSync(file, 'utf8')).toContain('current-context: aks-demo\n');
        expect(statSync(file).mode & 0o077, 'it holds a token').toBe(0);
        child.kill('SIGINT');
        const ended = await child.ended;
        expect(ended).toMatchObject({ code: 0 });
        expect(value(ended)).toMatchObject({ kubeconfig: 'kube' });
        expect(ended.stdout).not.toContain('certificate-authority');
      }
      azure.file('theirs', 'apiVersion: v1\nkind: Config\nclusters:\n  - name: production\n');
      const refused = await azure.run(['simulator', 'start', '--write-kubeconfig', 'theirs']);
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('does not look like a file that')]);
    }),
  );

  test.concurrent(
    'the env file can be sourced by a shell',
    withAzure({}, async (azure) => {
      const file = path.join(azure.directory, 'simulator.env');
      const child = azure.start(['simulator', 'start', '--env-file', file, '--scenario', 'feature-registered']);
      await child.says('Ready');
      const ran = await azure.shell(`set -a; . '${file}'; aks-localdns feature show --query '[].state' -o tsv`);
      expect(ran, ran.stderr).toMatchObject({ code: 0, stdout: 'Registered\n' });
      expect(statSync(file).mode & 0o077, 'it holds a secret').toBe(0);
      child.kill('SIGTERM');
      expect((await child.ended).code).toBe(0);
    }),
  );

  test.concurrent(
    'generates the same fleet for the same seed',
    withAzure({}, async (azure) => {
      const first = await startOwn(azure, '--clusters', '5', '--seed', '7');
      const second = await startOwn(azure, '--clusters', '5', '--seed', '7');
      const ask = async (env: Readonly<Record<string, string>>): Promise<string> =>
        (await azure.run(['feature', 'show'], { env })).stdout;
      expect(await ask(first.env)).toBe(await ask(second.env));
      for (const { child } of [first, second]) child.kill('SIGINT');
    }),
  );

  test.concurrent(
    '--load accepts resources as ARM returns them, and reports the rest',
    withAzure({}, async (azure) => {
      const id =
        '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-x/providers/Microsoft.ContainerService/managedClusters/mine';
      azure.file(
        'mine.json',
        JSON.stringify([
          {
            id,
            name: 'mine',
            location: 'westeurope',
            properties: {
              currentKubernetesVersion: '1.33.4',
              powerState: { code: 'Running' },
              provisioningState: 'Succeeded',
              agentPoolProfiles: [
                {
                  name: 'one',
                  count: 1,
                  mode: 'System',
                  osType: 'Linux',
                  vmSize: 'Standard_D4ds_v5',
                  type: 'VirtualMachineScaleSets',
                },
              ],
            },
          },
        ]),
      );
      const { child, env } = await startOwn(azure, '--load', 'mine.json');
      const ran = await azure.run(
        ['nodepool', 'list', '-g', 'rg-x', '--cluster-name', 'mine', '--query', '[].name', '-o', 'tsv'],
        { env },
      );
      expect(ran.stdout, ran.stderr).toBe('one\n');
      child.kill('SIGINT');
      azure.file('wrong.json', '[{"id": "/nonsense"}]');
      const wrong = await azure.run(['simulator', 'start', '--load', 'wrong.json']);
      expect(wrong).toMatchObject({ code: 2, stdout: '' });
      expect(wrong.stderr).toContain('[0]');
    }),
  );

  test.concurrent(
    'prints the endpoint and the environment for scripts, with -o',
    withAzure({}, async (azure) => {
      const { child, env } = await startOwn(azure, '-o', 'json');
      child.kill('SIGINT');
      const ended = await child.ended;
      expect(ended.code).toBe(0);
      expect(JSON.parse(ended.stdout)).toEqual({ armEndpoint: env['AKS_LOCALDNS_ARM_ENDPOINT'], environment: env });
    }),
  );

  test.concurrent(
    'a port in use is an error that says so',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['simulator', 'start', '--port', new URL(azure.simulator.origin).port]);
      expect(ran).toMatchObject({ code: 1, stdout: '' });
      expect(ran.stderr).toMatch(/in use[\s\S]*--port/);
    }),
  );

  test.concurrent(
    'lists its scenarios',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['simulator', 'start', '--list-scenarios']);
      expect((value(ran) as readonly { readonly name: string }[]).map(({ name }) => name)).toEqual(
        scenarios.map(({ name }) => name),
      );
    }),
  );

  test.concurrent(
    'its readiness is a record with --events',
    withAzure({}, async (azure) => {
      const child = azure.start(['simulator', 'start', '--events', 'ndjson']);
      await child.says('simulator-ready');
      child.kill('SIGINT');
      const ran = await child.ended;
      expect(records(ran.stderr).some((record) => record['code'] === 'simulator-ready')).toBe(true);
    }),
  );
});

describe('demo', () => {
  test.concurrent(
    'shows the whole procedure on a simulated Azure, regardless of environment variables for a real one',
    withAzure({}, async (azure) => {
      const elsewhere = {
        AZURE_CLIENT_ID: 'x',
        AZURE_TENANT_ID: 'y',
        AZURE_CLIENT_SECRET: 'z',
        HTTPS_PROXY: 'http://127.0.0.1:1',
        AKS_LOCALDNS_ARM_ENDPOINT: 'https://127.0.0.1:1',
      };
      const ran = await azure.run(['demo', '--speed', '600'], { env: elsewhere });
      expect(ran.code, ran.stderr).toBe(0);
      const all = ran.stdout + ran.stderr;
      for (const words of [
        'aks-localdns setup',
        'Registered',
        'vm-vcpus',
        'all reimaged',
        'Required',
        'nothing was sent',
        'az login',
      ])
        expect(all).toContain(words);
      expect(all).not.toContain('\u001b');
      expect(azure.seen, 'the demo has a simulator of its own').toEqual([]);
    }),
  );

  test.concurrent(
    'Press Ctrl-C to stop it',
    withAzure({}, async (azure) => {
      const terminal = azure.terminal(['demo', '--speed', '1']);
      await terminal.shows('2. Prepare the subscription');
      await terminal.shows('Registering');
      terminal.type('\u0003');
      expect((await terminal.ended).code).toBe(130);
    }),
  );

  test.concurrent(
    'is ended by Ctrl-C even if the running command receives the signal first',
    withAzure({}, async (azure) => {
      const ran = await azure.shell(`
        aks-localdns demo --speed 1 & demo=$!
        while :; do pkill -INT -P "$demo"; sleep 0.05; done & killer=$!
        wait "$demo"; code=$?
        kill "$killer"; exit "$code"`);
      expect(ran.code, ran.stderr).toBe(130);
      expect(ran.stderr).not.toContain('The demo stopped because');
    }),
  );
});
