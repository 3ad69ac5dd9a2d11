import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ConnectionLost } from '../../../src/core/http.ts';
import { arm, clusterUrl, poolUrl, ref, rig, subscription } from './support/azure.ts';
import { FakeArm, json, page } from './support/fake-arm.ts';

const put = `PUT ${poolUrl}`;
const properties = { count: 3, vmSize: 'Standard_D4ds_v5', 'x-future': true, localDNSProfile: { mode: 'Required' } };
const signed = `${arm}/subscriptions/${subscription}/providers/Microsoft.ContainerService/locations/eastus2/operations/op-1?api-version=2025-03-01&t=638&c=CERTIFICATE&s=SIGNATURE&h=HASH`;
const accepted = json(
  200,
  { id: poolUrl, name: 'userpool', properties: { ...properties, provisioningState: 'Updating', eTag: 'e2' } },
  { 'azure-asyncoperation': signed },
);

describe('putting a pool', () => {
  test('sends only the properties, with the eTag unquoted, and keeps the signed URL secret', async () => {
    const fake = new FakeArm({ [put]: accepted });
    const { azure, events } = rig(fake.handle);
    const outcome = await azure.nodePools.putPool(ref, properties, { ifMatch: 'e1' });
    expect(fake.body(0)).toEqual({ properties });
    expect(fake.requests[0]?.headers['if-match']).toBe('e1');
    expect(fake.requests[0]?.headers['content-type']).toBe('application/json');
    expect(outcome).toMatchObject({
      kind: 'accepted',
      created: false,
      pool: { eTag: 'e2', provisioningState: 'Updating' },
      operation: { id: 'op-1' },
    });
    if (outcome.kind !== 'accepted') throw new Error('not accepted');
    expect(outcome.operation?.url.reveal()).toBe(signed);
    expect(`${inspect(outcome, { depth: 9 })}${JSON.stringify(outcome)}${JSON.stringify(events)}`).not.toMatch(
      /SIGNATURE|CERTIFICATE|eyJ/,
    );
  });

  test('sends If-None-Match for a new pool', async () => {
    const fake = new FakeArm({ [put]: { ...accepted, status: 201 } });
    await expect(
      rig(fake.handle).azure.nodePools.putPool(ref, properties, { ifNoneMatch: '*' }),
    ).resolves.toMatchObject({ kind: 'accepted', created: true });
    expect(fake.requests[0]?.headers['if-none-match']).toBe('*');
    expect(fake.requests[0]?.headers['if-match']).toBeUndefined();
  });

  test('is sent again only after 429', async () => {
    const fake = new FakeArm({
      [put]: [json(429, { code: 'Throttled', message: 'slow' }, { 'retry-after': '30' }), accepted],
    });
    const { azure, events } = rig(fake.handle);
    await expect(azure.nodePools.putPool(ref, properties, { ifMatch: 'e1' })).resolves.toMatchObject({
      kind: 'accepted',
    });
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'request.retried', method: 'PUT', delaySeconds: 30 }),
    );
  });

  test.each([
    [
      'the connection is lost',
      (): never => {
        throw new ConnectionLost();
      },
      /ECONNRESET/,
    ],
    ['the answer is 500', json(500, { code: 'InternalServerError', message: 'oops' }), /oops/],
    [
      'the answer is 503 with Retry-After',
      json(503, { code: 'ServiceUnavailable', message: 'later' }, { 'retry-after': '5' }),
      /later/,
    ],
    ['a gateway answers with a page', page(502, 'Bad Gateway'), /Bad Gateway/],
    [
      'a good status has no JSON',
      { status: 200, headers: { 'content-type': 'application/json' }, body: '{"id' },
      /is invalid/,
    ],
    ['a good status says nothing', { status: 200, headers: {}, body: '' }, /neither the stored pool/],
    ['the answer is 408', json(408, { code: 'RequestTimeout', message: 'slow' }), /slow/],
  ])('is lost and never repeated if %s', async (_, answer, reason) => {
    const fake = new FakeArm({ [put]: answer });
    const outcome = await rig(fake.handle).azure.nodePools.putPool(ref, properties, { ifMatch: 'e1' });
    expect(outcome).toMatchObject({ kind: 'lost', reason: expect.stringMatching(reason) as string });
    expect(fake.requests).toHaveLength(1);
  });

  test('is an error, and not lost, if the request cannot have been sent', async () => {
    const fake = new FakeArm({ [put]: () => Promise.reject(new ConnectionLost('no name', 'ENOTFOUND')) });
    await expect(rig(fake.handle).azure.nodePools.putPool(ref, properties, {})).rejects.toMatchObject({
      class: 'connection',
    });
    expect(fake.requests).toHaveLength(1);
  });

  test.each([
    [412, { code: 'PreConditionFailed', message: 'etag' }, 'precondition-failed'],
    [
      409,
      {
        code: 'OperationNotAllowed',
        message: 'Operation is not allowed: Another agentpool operation (np - Creating) is in progress, please wait',
      },
      'operation-in-progress',
    ],
    [409, { code: 'OperationNotAllowed', message: 'The cluster is stopped.' }, 'conflict'],
    [409, { code: 'OperationNotAllowed', message: 'exceeding approved Total Regional Cores quota.' }, 'quota'],
    [400, { code: 'InvalidParameter', message: 'zone' }, 'invalid'],
  ])('rejects with the class of %i %j', async (status, body, expected) => {
    const fake = new FakeArm({ [put]: json(status, body) });
    await expect(rig(fake.handle).azure.nodePools.putPool(ref, properties, { ifMatch: 'e1' })).rejects.toMatchObject({
      class: expected,
    });
    expect(fake.requests).toHaveLength(1);
  });
});

describe('the other calls of a pool', () => {
  test('upgrades the node image with one POST without a body', async () => {
    const fake = new FakeArm({ [`POST ${poolUrl}/upgradeNodeImageVersion`]: { ...accepted, status: 202 } });
    await expect(rig(fake.handle).azure.nodePools.upgradeNodeImage(ref)).resolves.toMatchObject({
      kind: 'accepted',
      operation: { id: 'op-1' },
    });
    expect(fake.requests[0]?.body).toBeUndefined();
  });

  test('reads the latest node image', async () => {
    const fake = new FakeArm({
      [`GET ${poolUrl}/upgradeProfiles/default`]: json(200, {
        properties: { latestNodeImageVersion: 'AKSUbuntu-2204gen2containerd-202511.07.0' },
      }),
    });
    await expect(rig(fake.handle).azure.nodePools.latestNodeImage(ref)).resolves.toBe(
      'AKSUbuntu-2204gen2containerd-202511.07.0',
    );
  });

  test.each([
    [
      'accepted',
      { status: 202, headers: { 'azure-asyncoperation': signed, location: `${arm}/x` }, body: '' },
      { kind: 'accepted', operation: { id: 'op-1' } },
    ],
    ['nothing to abort', { status: 204, headers: {}, body: '' }, { kind: 'nothing-running' }],
    [
      'already ended',
      json(409, { code: 'OperationNotAllowed', message: 'The operation already finished.' }),
      { kind: 'nothing-running' },
    ],
    ['lost', json(500, { code: 'InternalServerError', message: 'oops' }), { kind: 'lost' }],
  ])('aborts: %s', async (_, answer, expected) => {
    const fake = new FakeArm({ [`POST ${poolUrl}/abort`]: answer });
    await expect(rig(fake.handle).azure.nodePools.abort(ref)).resolves.toMatchObject(expected);
    expect(fake.requests).toHaveLength(1);
  });

  test('reads the cluster with its pools', async () => {
    const fake = new FakeArm({
      [`GET ${clusterUrl}`]: json(200, {
        id: clusterUrl,
        location: 'eastus2',
        properties: { agentPoolProfiles: [{ name: 'userpool', eTag: 'e1' }] },
      }),
    });
    const cluster = await rig(fake.handle).azure.nodePools.readCluster(ref);
    expect(cluster.pools.map((each) => [each.ref.pool, each.eTag])).toEqual([['userpool', 'e1']]);
  });
});
