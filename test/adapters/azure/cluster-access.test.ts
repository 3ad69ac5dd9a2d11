import { describe, expect, test } from 'vitest';
import { Secret } from '../../../src/core/secret.ts';
import type { RunCommandRequest, RunCommandResult } from '../../../src/model/kubernetes.ts';
import { arm, clusterUrl, ref, rig, type Rig } from './support/azure.ts';
import { FakeArm, json, type Answer } from './support/fake-arm.ts';

const post = `POST ${clusterUrl}/runCommand`;
const resultPath = `${clusterUrl}/commandResults/c1`;
const get = `GET ${resultPath}`;
const location = `${arm}${resultPath}?api-version=2026-03-01`;
const accepted = { status: 202, headers: { location }, body: '' };
const running = json(202, { id: 'c1', properties: { provisioningState: 'Running' } }, { location });
const ended = (properties: object): Answer => json(200, { id: 'c1', properties });
const succeeded = ended({ provisioningState: 'Succeeded', exitCode: 3, logs: 'hello' });

async function run(azure: Rig, more: Partial<RunCommandRequest> = {}): Promise<RunCommandResult> {
  return azure.azure.clusterAccess.runCommand(ref, { command: 'kubectl get nodes', timeoutSeconds: 60, ...more });
}

describe('run command', () => {
  test('is posted once, and its result is read at the URL that Azure returns', async () => {
    const fake = new FakeArm({ [post]: accepted, [get]: [running, running, succeeded] });
    const token = new Secret('the-cluster-token');
    const azure = rig(fake.handle);
    expect(await run(azure, { token, files: Buffer.from('PK') })).toEqual({ exitCode: 3, logs: 'hello' });
    expect(fake.count('POST')).toBe(1);
    expect(fake.count('GET')).toBe(3);
    expect(fake.body(0)).toEqual({ command: 'kubectl get nodes', context: 'UEs=', clusterToken: 'the-cluster-token' });
    expect(JSON.stringify(azure.events)).not.toContain('the-cluster-token');
  });

  test.each([
    [{ provisioningState: 'Failed', reason: 'ImagePullBackoff\u001b[2J' }, String.raw`ImagePullBackoff\u001b[2J`],
    [{ provisioningState: 'Failed', reason: null }, 'it gave no reason'],
    [{ provisioningState: 'Canceled', logs: 'gone.' }, 'gone'],
    [{ provisioningState: 'Succeeded', reason: 'no exit code' }, 'no exit code'],
  ])('that could not run fails with the reason: %j', async (properties, why) => {
    const fake = new FakeArm({ [post]: accepted, [get]: ended(properties) });
    await expect(run(rig(fake.handle))).rejects.toMatchObject({
      code: 'run-command-failed',
      message: `Azure could not run the command in the cluster: ${why}.`,
    });
  });

  test('that does not finish in time is abandoned', async () => {
    const fake = new FakeArm({ [post]: accepted, [get]: running });
    await expect(run(rig(fake.handle))).rejects.toMatchObject({
      message: 'Azure could not run the command in the cluster: it did not finish within 1m.',
    });
    expect(fake.count('GET')).toBeLessThan(40);
  });

  test('that is switched off gives a clear error', async () => {
    const body = {
      code: 'BadRequest',
      message: 'Run command is disabled on the managed cluster.',
      subcode: 'RunCommandDisabled',
    };
    await expect(run(rig(new FakeArm({ [post]: json(400, body) }).handle))).rejects.toMatchObject({
      code: 'run-command-disabled',
      message: 'Run command is switched off on the cluster (apiServerAccessProfile.disableRunCommand).',
    });
  });

  test('whose answer is lost is not sent again', async () => {
    const fake = new FakeArm({ [post]: json(500, { error: { code: 'InternalServerError', message: 'x' } }) });
    await expect(run(rig(fake.handle))).rejects.toMatchObject({ code: 'run-command-failed' });
    expect(fake.count('POST')).toBe(1);
  });

  test('follows no address outside Azure', async () => {
    const fake = new FakeArm({ [post]: { ...accepted, headers: { location: 'https://evil.example/x' } } });
    await expect(run(rig(fake.handle))).rejects.toMatchObject({ azureCode: 'ForeignOrigin' });
  });
});

describe('the user credentials of a cluster', () => {
  const line = `POST ${clusterUrl}/listClusterUserCredential`;
  const value = Buffer.from('apiVersion: v1\ntoken: secret').toString('base64');

  test('are a secret that prints as nothing', async () => {
    const azure = rig(new FakeArm({ [line]: json(200, { kubeconfigs: [{ name: 'clusterUser', value }] }) }).handle);
    const found = await azure.azure.clusterAccess.userKubeconfig(ref);
    expect(found.reveal()).toBe('apiVersion: v1\ntoken: secret');
    expect(`${String(found)} ${JSON.stringify(found)} ${JSON.stringify(azure.events)}`).not.toContain('secret');
  });

  test('that the answer lacks are an error that quotes none of it', async () => {
    const azure = rig(new FakeArm({ [line]: json(200, { kubeconfigs: [{ name: value }] }) }).handle);
    const failure = await azure.azure.clusterAccess.userKubeconfig(ref).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'azure-unexpected' });
    expect(JSON.stringify(failure)).not.toContain(value);
  });
});

test('the token for an API server is for the application of AKS, and requested once', async () => {
  const scopes: string[] = [];
  const azure = rig(new FakeArm({}).handle, {
    credential: (scope) => {
      scopes.push(scope);
      return { token: `token for ${scope}`, expiresOn: 4e9 };
    },
  });
  for (const _ of [1, 2])
    expect((await azure.azure.clusterAccess.clusterToken(ref)).reveal()).toBe(
      'token for 6dae42f8-4368-4678-94ff-3960e28e3630/.default',
    );
  expect(scopes).toHaveLength(1);
});
