import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../src/core/json.ts';
import { cluster, unwrapped, userpool, value, withAzure, type Rig } from '../support/e2e.ts';
import { kubectls, kubectlsMissing } from '../support/kubectl.ts';

if (kubectlsMissing !== undefined && process.env['AKS_LOCALDNS_REQUIRE_ALL'] === '1') throw new Error(kubectlsMissing);

const verify = ['verify', ...userpool, '--level', '1'] as const;

/** A cluster with one pool of two nodes on which LocalDNS is on. */
function ownCluster(properties: JsonObject): JsonValue {
  const id =
    '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-own/providers/Microsoft.ContainerService/managedClusters/own';
  const pool = {
    name: 'blue',
    count: 2,
    vmSize: 'Standard_D4ds_v5',
    osType: 'Linux',
    osSKU: 'Ubuntu',
    mode: 'System',
    type: 'VirtualMachineScaleSets',
    provisioningState: 'Succeeded',
    localDNSProfile: { mode: 'Required', state: 'Enabled' },
  };
  return [
    {
      id,
      name: 'own',
      location: 'westeurope',
      type: 'Microsoft.ContainerService/ManagedClusters',
      properties: {
        provisioningState: 'Succeeded',
        powerState: { code: 'Running' },
        currentKubernetesVersion: '1.33.4',
        agentPoolProfiles: [pool],
        ...properties,
      },
    },
  ];
}

const own = ['verify', '-g', 'rg-own', '--cluster-name', 'own', '-n', 'blue', '--level', '1'] as const;

function environment(rig: Rig, program: string): Readonly<Record<string, string>> {
  const temporary = path.join(rig.directory, 'tmp');
  mkdirSync(temporary, { recursive: true });
  return { AKS_LOCALDNS_KUBECTL: program, KUBECONFIG: rig.kubeconfig, TMPDIR: temporary };
}

describe.skipIf(kubectls.length === 0).each(kubectls)('verify with kubectl %s on the simulated Azure', (_, program) => {
  test(
    'proves that LocalDNS is off before and on after it is turned on',
    withAzure({}, async (rig) => {
      const env = environment(rig, program);
      const before = await rig.run([...verify, '--context', 'aks-demo'], { env });
      expect(before.code, before.stderr).toBe(0);
      expect(value(before)).toMatchObject({ via: 'kubectl', pools: [{ expected: 'off', proof: 'proven', nodes: 3 }] });
      expect((await rig.run(['nodepool', 'enable', ...userpool, '--yes'])).code).toBe(0);
      const after = await rig.run([...verify, '--context', 'aks-demo'], { env });
      expect(after.code, after.stderr).toBe(0);
      expect(value(after)).toMatchObject({ pools: [{ expected: 'on', proof: 'proven', provenNodes: 3 }] });
      const seen = JSON.stringify(value(after));
      for (const part of ['label enabled', 'clusterDNS 169.254.10.11', 'mode Required, state Enabled'])
        expect(seen).toContain(part);
    }),
  );

  test(
    'finds the nodes that a failed update left as they were',
    withAzure({ scenario: 'bootstrap-failed' }, async (rig) => {
      expect((await rig.run(['nodepool', 'enable', ...userpool, '--yes'])).code).toBe(1);
      const ran = await rig.run([...verify, '--context', 'aks-demo'], { env: environment(rig, program) });
      expect(ran.code, ran.stderr).toBe(10);
      expect(value(ran)).toMatchObject({ pools: [{ proof: 'failed', expected: 'on' }] });
      expect(ran.stdout).toContain("LocalDNS should be on, but the node label and the kubelet say 'off'.");
    }),
  );

  test(
    'does not change the cluster of another context',
    withAzure({}, async (rig) => {
      const ran = await rig.run([...verify, '--context', 'aks-old'], { env: environment(rig, program) });
      expect(ran.code).toBe(1);
      expect(unwrapped(ran.stderr)).toContain(
        "The kubectl context 'aks-old' is not proven to be the cluster rg-demo/aks-demo",
      );
    }),
  );

  test.each(['credentials', 'run-command'])(
    'reaches the cluster by %s without a kubeconfig, and leaves nothing behind',
    async (via) => {
      await withAzure({ kubectl: program }, async (rig) => {
        const env = environment(rig, program);
        const ran = await rig.run([...verify, '--via', via], { env: { ...env, KUBECONFIG: '/no/kubeconfig' } });
        expect(ran.code, ran.stderr).toBe(0);
        expect(value(ran)).toMatchObject({ via, pools: [{ proof: 'proven', provenNodes: 3 }] });
        expect(readdirSync(env['TMPDIR'] ?? '')).toEqual([]);
      })();
    },
  );

  test(
    'signs in to a cluster with Entra ID with its own token, without kubelogin',
    withAzure({ load: ownCluster({ aadProfile: { managed: true } }) }, async (rig) => {
      const env = environment(rig, program);
      const ran = await rig.run([...own, '--via', 'credentials'], { env });
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({
        via: 'credentials',
        pools: [{ expected: 'on', proof: 'proven', provenNodes: 2 }],
      });
      expect(readdirSync(env['TMPDIR'] ?? '')).toEqual([]);
    }),
  );

  const closed = { fqdn: 'own.invalid', apiServerAccessProfile: { enablePrivateCluster: true } };

  test(
    'reaches a private cluster from outside by run command, with the reasons against the other ways',
    withAzure({ load: ownCluster(closed), kubectl: program }, async (rig) => {
      const env = { ...environment(rig, program), KUBECONFIG: '/no/kubeconfig' };
      const ran = await rig.run(own, { env });
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({ via: 'run-command', pools: [{ proof: 'proven', provenNodes: 2 }] });
      expect(unwrapped(ran.stderr)).toMatch(
        /Reaching the cluster with run command.*kubectl has no current context\. Reaching the API server failed: /,
      );
    }),
  );

  test(
    'gives the reason why each way fails',
    withAzure(
      {
        load: ownCluster({
          ...closed,
          apiServerAccessProfile: { enablePrivateCluster: true, disableRunCommand: true },
        }),
      },
      async (rig) => {
        const env = { ...environment(rig, program), KUBECONFIG: '/no/kubeconfig' };
        const ran = await rig.run(own, { env });
        expect(ran.code).toBe(1);
        const said = unwrapped(ran.stderr);
        expect(said).toContain('ERROR: The cluster cannot be reached.');
        expect(said).toContain("With kubectl's current context: kubectl has no current context.");
        expect(said).toContain("With the cluster's user credentials: Reaching the API server failed: ");
        expect(said).toContain('Run command is switched off on the cluster');
      },
    ),
  );

  test(
    'reports missing permissions, and continues without the kubelet',
    withAzure({}, async (rig) => {
      const env = environment(rig, program);
      rig.simulator.useScenario('no-nodes-proxy');
      const less = await rig.run([...verify, '--context', 'aks-demo'], { env });
      expect(less.code, less.stderr).toBe(0);
      expect(less.stdout).not.toContain('clusterDNS');
      rig.simulator.useScenario('namespace-reader');
      const none = await rig.run(['verify', ...cluster, '--all-pools', '--via', 'credentials'], { env });
      expect(none.code).toBe(4);
      expect(none.stderr).toContain('ERROR: The account may not list nodes in the cluster');
    }),
  );
});
