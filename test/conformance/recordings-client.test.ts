import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createAzure } from '../../src/adapters/azure/index.ts';
import { commands, groups } from '../../src/cli/commands/index.ts';
import { createRegistry } from '../../src/cli/framework/registry.ts';
import { at, jsonDifferences, isJsonObject, own, parseJson, type JsonObject } from '../../src/core/json.ts';
import { jwt } from '../adapters/azure/support/azure.ts';
import { runCli, type Outcome } from '../support/cli.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import {
  play,
  readRecording,
  recordingNames,
  recordingsAreThere,
  requestKey,
  type Interaction,
  type Played,
} from '../support/recordings.ts';
import { differences } from './differences.ts';

/**
 * Runs our commands with the recorded answers: they send the same requests as the Azure CLI, except for the listed
 * differences.
 */

const subscription = '00000000-0000-0000-0000-000000000000';
const registry = createRegistry(commands, groups);
const group = `/subscriptions/${subscription}/resourceGroups/clitest000001/providers/Microsoft.ContainerService`;

/** Answers to requests that az never sends, because it checks no prerequisites; all of them are met. */
function judged(cluster: string, pools: readonly JsonObject[]): Readonly<Record<string, JsonObject>> {
  const resource = `${group}/managedClusters/${cluster}`;
  return {
    [`GET ${resource}`]: {
      id: resource,
      name: cluster,
      location: 'westus2',
      properties: {
        provisioningState: 'Succeeded',
        powerState: { code: 'Running' },
        kubernetesVersion: '1.33.0',
        networkProfile: { networkPlugin: 'azure' },
        agentPoolProfiles: pools,
      },
    },
    [`GET /subscriptions/${subscription}/providers/Microsoft.Features/providers/Microsoft.ContainerService/features/LocalDNSPreview`]:
      { properties: { state: 'Registered' } },
    [`GET /subscriptions/${subscription}/providers/Microsoft.ContainerService`]: {
      registrationState: 'Registered',
      resourceTypes: [],
    },
    [`GET /subscriptions/${subscription}/providers/Microsoft.Compute/skus`]: {
      value: [
        {
          resourceType: 'virtualMachines',
          name: 'Standard_D4ds_v5',
          family: 'standardDDSv5Family',
          capabilities: [{ name: 'vCPUs', value: '4' }],
        },
      ],
    },
  };
}

/** A pool as in `agentPoolProfiles` of a cluster. */
function flattened(pool: unknown): JsonObject {
  const properties = own(pool, 'properties');
  return { name: own(pool, 'name'), ...(isJsonObject(properties) ? properties : {}) };
}

async function ours(argv: readonly string[], played: Played): Promise<Outcome> {
  const clock = new ManualClock(Date.parse('2026-11-25T08:00:00Z'));
  const files = new MemoryFiles();
  const ids = { uuid: () => '11111111-2222-4333-8444-555555555555', random: () => 0.5 };
  return runCli([...argv, '--subscription', subscription, '-o', 'json'], {
    registry,
    clock,
    context: (parts) => ({
      files,
      ids,
      input: async (file) => readFileSync(file),
      azure: async () =>
        createAzure({
          cloud: 'AzureCloud',
          azureConfigDir: '/none',
          signIn: undefined,
          env: {},
          clock,
          ids,
          files,
          emit: parts.emit,
          signal: parts.signal,
          cacheDir: '/cache',
          profileText: JSON.stringify({
            subscriptions: [
              {
                id: subscription,
                name: 'Recorded',
                tenantId: 'tenant',
                isDefault: true,
                state: 'Enabled',
                environmentName: 'AzureCloud',
              },
            ],
          }),
          transport: played.handle,
          credential: () => ({
            token: jwt({ oid: 'o', tid: 'tenant', upn: 'ada@contoso.com' }),
            expiresOn: Number.MAX_SAFE_INTEGER,
          }),
        }),
    }),
  });
}

const isWrite = (method: string): boolean => method !== 'GET';

function writesOf(interactions: readonly { readonly method: string; readonly url: string }[]): readonly string[] {
  return interactions.filter(({ method }) => isWrite(method)).map(({ method, url }) => requestKey(method, url));
}

/** The reads of both, without duplicates, because az may have sent them more often. */
function readsOf(interactions: readonly { readonly method: string; readonly url: string }[]): ReadonlySet<string> {
  return new Set(
    interactions.filter(({ method }) => !isWrite(method)).map(({ method, url }) => requestKey(method, url)),
  );
}

function propertiesOf(requests: Played['requests'], method: string): unknown {
  return own(parseJson(requests.find((request) => request.method === method)?.body ?? ''), 'properties');
}

function allowed(area: string): readonly string[] {
  return differences.filter((difference) => difference.area === area).map(({ what }) => what);
}

function recordedPut(interactions: readonly Interaction[]): Interaction {
  const put = interactions.find(({ method }) => method === 'PUT');
  if (put === undefined) throw new Error('The recording has a PUT.');
  return put;
}

const covered = [
  'feature-list-tail-feature-show.jsonl',
  'feature-unregister.jsonl',
  'provider-registration.jsonl',
  'nodepool-update-with-localdns-config.jsonl',
  'nodepool-add-with-localdns-config.jsonl',
  'nodepool-add-with-localdns-required-mode-empty-overrides.jsonl',
  'upgrade-node-image-only-nodepool.jsonl',
];
const configFile = new URL('../../../shared/reference/azure-cli/localdnsconfig/', import.meta.url);
const renamed = { 'Microsoft.Network': 'Microsoft.ContainerService', AllowLBPreview: 'LocalDNSPreview' };

describe.skipIf(!recordingsAreThere)(
  'our commands with the recorded answers to the Azure CLI (skipped without ../shared/reference)',
  () => {
    test('feature show sends the same request as az, and prints the state', async () => {
      const interactions = readRecording('feature-list-tail-feature-show.jsonl', renamed);
      const played = play(interactions);
      const { exit, stdout } = await ours(['feature', 'show'], played);
      expect({ exit, unexpected: played.unexpected }).toEqual({ exit: 0, unexpected: [] });
      expect(at(interactions[0]?.responseBody, 'properties', 'state')).toBe('Unregistered');
      expect(parseJson(stdout)).toMatchObject([{ state: 'Unregistered' }]);
      expect(readsOf(played.requests)).toEqual(readsOf(interactions));
    });

    test('feature unregister sends the same POST as az', async () => {
      const interactions = readRecording('feature-unregister.jsonl', renamed);
      const before = {
        ...interactions[0],
        method: 'GET',
        url: interactions[0]?.url.replace('/unregister', '') ?? '',
        responseBody: { properties: { state: 'Registered' } },
      } as Interaction;
      const played = play([...interactions, before]);
      const { exit, stdout } = await ours(['feature', 'unregister', '--yes'], played);
      expect({ exit, unexpected: played.unexpected }).toEqual({ exit: 0, unexpected: [] });
      expect(writesOf(played.requests)).toEqual(writesOf(interactions));
      expect(parseJson(stdout)).toMatchObject([{ state: 'Unregistering', changed: true }]);
    });

    test('provider register sends the same POST as az, and polls with GET', async () => {
      const [shown, register, polled, ...rest] = readRecording('provider-registration.jsonl', {
        'Microsoft.ClassicInfrastructureMigrate': 'Microsoft.ContainerService',
      });
      const interactions = [shown, register, polled, ...rest].filter(
        (one): one is Interaction => one !== undefined && !one.url.includes('/unregister'),
      );
      const registered = { ...polled, responseBody: { registrationState: 'Registered' } } as Interaction;
      // The recording starts with a separate show, and ends before the registration does.
      const played = play([...interactions.slice(1, 3), registered]);
      const { exit, stdout } = await ours(['provider', 'register'], played);
      expect({ exit, unexpected: played.unexpected }).toEqual({ exit: 0, unexpected: [] });
      expect(writesOf(played.requests)).toEqual(writesOf(interactions));
      expect(readsOf(played.requests)).toEqual(readsOf(interactions));
      expect(parseJson(stdout)).toMatchObject([{ registrationState: 'Registered', changed: true }]);
    });

    test('nodepool update sends the body that az sent, follows the operation and reads back', async () => {
      const interactions = readRecording('nodepool-update-with-localdns-config.jsonl');
      const played = play(interactions, judged('cliakstest000002', [flattened(interactions[0]?.responseBody)]));
      const argv = [
        'nodepool',
        'update',
        '-g',
        'clitest000001',
        '--cluster-name',
        'cliakstest000002',
        '-n',
        'np000003',
        '--yes',
      ];
      const { exit, stdout, stderr } = await ours(
        [...argv, '--localdns-config', new URL('localdnsconfig.json', configFile).pathname],
        played,
      );
      expect({ exit, unexpected: played.unexpected, stderr }).toMatchObject({ exit: 0, unexpected: [] });
      expect(writesOf(played.requests)).toEqual(writesOf(interactions));
      expect([...readsOf(interactions)].filter((key) => !readsOf(played.requests).has(key))).toEqual([]);
      expect(propertiesOf(played.requests, 'PUT')).toEqual(own(recordedPut(interactions).requestBody, 'properties'));
      expect(parseJson(stdout)).toMatchObject({
        changed: true,
        provisioningState: 'Succeeded',
        localDNSProfile: { mode: 'Required', state: 'Enabled' },
      });
    });

    test('nodepool update has only the listed differences: it sends the eTag, and no preview header', async () => {
      const interactions = readRecording('nodepool-update-with-localdns-config.jsonl');
      const played = play(interactions, judged('cliakstest000002', [flattened(interactions[0]?.responseBody)]));
      await ours(
        [
          'nodepool',
          'update',
          '-g',
          'clitest000001',
          '--cluster-name',
          'cliakstest000002',
          '-n',
          'np000003',
          '--yes',
          '--localdns-config',
          new URL('localdnsconfig.json', configFile).pathname,
        ],
        played,
      );
      const put = played.requests.find(({ method }) => method === 'PUT');
      expect(put?.headers['if-match']).toBe(at(interactions[0]?.responseBody, 'properties', 'eTag'));
      expect(put?.headers['akshttpcustomfeatures']).toBeUndefined();
      const extra = [...readsOf(played.requests)]
        .filter((key) => !readsOf(interactions).has(key))
        .map((key) => key.split('/').slice(-2).join('/'));
      expect(extra.length).toBe(4);
      expect(allowed('recordings')).toEqual(
        expect.arrayContaining(['header If-Match', 'header AKSHTTPCustomFeatures', 'reads before a write']),
      );
    });

    test('nodepool add lists the pools, then creates one with the profile that az sent and only the requested settings', async () => {
      const interactions = readRecording('nodepool-add-with-localdns-config.jsonl').filter(
        ({ command }) => command === 'aks nodepool add',
      );
      const put = recordedPut(interactions);
      const shown = readRecording('nodepool-add-with-localdns-config.jsonl').find(
        ({ command }) => command === 'aks nodepool show',
      );
      const played = play([...interactions, ...(shown === undefined ? [] : [shown])], judged('cliakstest000002', []));
      const argv = [
        'nodepool',
        'add',
        '-g',
        'clitest000001',
        '--cluster-name',
        'cliakstest000002',
        '-n',
        'np000003',
        '-c',
        '1',
        '-k',
        '1.33.0',
        '--priority',
        'Regular',
      ];
      const { exit, stderr } = await ours(
        [...argv, '--localdns-config', new URL('localdnsconfig.json', configFile).pathname],
        played,
      );
      expect({ exit, unexpected: played.unexpected, stderr }).toMatchObject({ exit: 0, unexpected: [] });
      expect(writesOf(played.requests)).toEqual(writesOf(interactions));
      const paths = jsonDifferences(
        own(put.requestBody, 'properties'),
        propertiesOf(played.requests, 'PUT') as JsonObject,
      ).map(({ path }) => path);
      expect(paths.map((path) => `add body ${path}`).filter((what) => !allowed('recordings').includes(what))).toEqual(
        [],
      );
      expect(paths.filter((path) => path.startsWith('localDNSProfile'))).toEqual([]);
    });

    test('a file that the service rejected with 400 is rejected before anything is sent', async () => {
      const interactions = readRecording('nodepool-add-with-localdns-required-mode-empty-overrides.jsonl');
      const played = play(interactions, judged('cliakstest000002', []));
      const argv = [
        'nodepool',
        'add',
        '-g',
        'clitest000001',
        '--cluster-name',
        'cliakstest000002',
        '-n',
        'np000003',
        '-c',
        '1',
      ];
      const { exit, stderr } = await ours(
        [...argv, '--localdns-config', new URL('required_mode_empty_overrides.json', configFile).pathname],
        played,
      );
      expect({ exit, requests: played.requests.length }).toEqual({ exit: 10, requests: 0 });
      expect(recordedPut(interactions).status).toBe(400);
      expect(stderr).toContain('cluster.local');
    });

    test('nodepool upgrade --node-image-only sends the same POST as az', async () => {
      const interactions = readRecording('upgrade-node-image-only-nodepool.jsonl').filter(({ command }) =>
        command.startsWith('aks nodepool'),
      );
      const [post, shown] = interactions;
      const state = (provisioningState: string): Interaction => {
        const body = shown?.responseBody as JsonObject;
        return {
          ...shown,
          responseBody: {
            ...body,
            properties: { ...(body['properties'] as JsonObject), provisioningState, eTag: provisioningState },
          },
        } as Interaction;
      };
      // Az did not wait; the reads before and after are the recorded pool at rest.
      const reads = ['Succeeded', 'Succeeded', 'Succeeded'].map(state);
      const operation = {
        ...shown,
        url: post?.responseHeaders['azure-asyncoperation'] ?? '',
        responseBody: { name: 'x', status: 'Succeeded' },
      } as Interaction;
      const profile = {
        [`GET ${new URL(shown?.url ?? '').pathname}/upgradeProfiles/default`]: {
          properties: { latestNodeImageVersion: 'AKSUbuntu-1804gen2containerd-2022.10.09' },
        },
      };
      const played = play([...(post === undefined ? [] : [post]), ...reads, operation], profile);
      const { exit, stderr } = await ours(
        [
          'nodepool',
          'upgrade',
          '--node-image-only',
          '-g',
          'clitest000001',
          '--cluster-name',
          'cliakstest000001',
          '-n',
          'c000002',
          '--yes',
        ],
        played,
      );
      expect({ exit, unexpected: played.unexpected, stderr }).toMatchObject({ exit: 0, unexpected: [] });
      expect(writesOf(played.requests)).toEqual(writesOf(interactions));
      expect(played.requests.find(({ method }) => method === 'POST')?.body ?? '').toBe('');
    });

    test('every recording is played, or listed as one without a matching command', () => {
      const others = recordingNames().filter((file) => !covered.includes(file));
      expect(others.map((file) => `recording ${file}`).filter((what) => !allowed('recordings').includes(what))).toEqual(
        [],
      );
    });
  },
);
