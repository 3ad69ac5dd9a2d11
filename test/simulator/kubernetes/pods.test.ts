import { describe, expect, test } from 'vitest';
import { asString, at, own, parseJson, type JsonObject } from '../../../src/core/json.ts';
import { api, nameOf, probePod, type Api } from './api.ts';

const pods = '/api/v1/namespaces/default/pods';
const onUserPool = { agentpool: 'userpool' };

async function phaseOf(cluster: Api, name: string): Promise<unknown> {
  return at((await cluster.get(`${pods}/${name}`)).body, 'status', 'phase');
}

async function logOf(cluster: Api, name: string): Promise<JsonObject> {
  return (parseJson((await cluster.get(`${pods}/${name}/log`)).text) ?? {}) as JsonObject;
}

function results(log: JsonObject, check: string): unknown[] {
  return (log['results'] as JsonObject[])
    .filter((result) => result['check'] === check)
    .map((result) => [result['server'], result['proto'], result['result']]);
}

describe('a pod', () => {
  test('is scheduled, starts, runs, prints its line and ends', async () => {
    const auto = api({}, 'aks-auto');
    const made = await auto.send('POST', pods, probePod('p', onUserPool));
    expect(made.status).toBe(201);
    expect(at(made.body, 'spec', 'nodeName')).toMatch(/^aks-userpool-/);
    expect(await phaseOf(auto, 'p')).toBe('Pending');
    expect(await auto.get(`${pods}/p/log`)).toMatchObject({
      status: 400,
      body: { message: 'container "probe" in pod "p" is waiting to start: ContainerCreating' },
    });
    auto.advance(1);
    expect(await phaseOf(auto, 'p')).toBe('Running');
    expect((await auto.get(`${pods}/p/log`)).text).toBe('');
    auto.advance(10);
    expect(await phaseOf(auto, 'p')).toBe('Succeeded');
    const { body } = await auto.get(`${pods}/p`);
    expect((at(body, 'status', 'containerStatuses') as JsonObject[])[0]).toMatchObject({
      name: 'probe',
      state: { terminated: { exitCode: 0, reason: 'Completed' } },
    });
    expect(await logOf(auto, 'p')).toMatchObject({ probe: 1, nonce: 'nonce-p', ncUdp: true, ndots: 5 });
  });

  test('reaches LocalDNS if it is on for the node', async () => {
    const auto = api({}, 'aks-auto');
    await auto.send('POST', pods, probePod('p', onUserPool));
    await auto.send('POST', pods, probePod('d', onUserPool, { dnsPolicy: 'Default' }));
    auto.advance(20);
    const log = await logOf(auto, 'p');
    expect(log['nameservers']).toEqual(['169.254.10.11']);
    expect((await logOf(auto, 'd'))['nameservers']).toEqual(['169.254.10.10']);
    expect(results(log, 'health')).toEqual([
      ['169.254.10.10', 'udp', 'noerror'],
      ['169.254.10.10', 'tcp', 'noerror'],
      ['169.254.10.11', 'udp', 'noerror'],
      ['169.254.10.11', 'tcp', 'noerror'],
    ]);
    expect(log['results']).toContainEqual(
      expect.objectContaining({
        check: 'external',
        server: '169.254.10.11',
        proto: 'udp',
        nsid: 'localdns-pod',
        aa: 1,
      }),
    );
    expect(log['results']).toContainEqual(
      expect.objectContaining({ check: 'guard', result: 'nxdomain', authorities: 0 }),
    );
    for (const result of log['results'] as JsonObject[])
      expect('nsid' in result, JSON.stringify(result)).toBe(result['tool'] === 'nc');
  });

  test('does not reach LocalDNS if it is off for the node', async () => {
    const demo = api();
    await demo.send('POST', pods, probePod('p', onUserPool));
    await demo.send('POST', pods, probePod('d', onUserPool, { dnsPolicy: 'Default' }));
    demo.advance(20);
    const log = await logOf(demo, 'p');
    expect(log['nameservers']).toEqual(['10.0.0.10']);
    expect(results(log, 'health')).toEqual([
      ['169.254.10.10', 'udp', 'timeout'],
      ['169.254.10.10', 'tcp', 'timeout'],
      ['169.254.10.11', 'udp', 'timeout'],
      ['169.254.10.11', 'tcp', 'timeout'],
      ['10.0.0.10', 'udp', 'nxdomain'],
    ]);
    expect(results(log, 'pod-internal')).toEqual([['10.0.0.10', 'udp', 'noerror']]);
    const byVnet = await logOf(demo, 'd');
    expect(byVnet['nameservers']).toEqual(['168.63.129.16']);
    expect(results(byVnet, 'pod-internal')).toEqual([['168.63.129.16', 'udp', 'nxdomain']]);
  });

  test('is not scheduled on a node with a taint that it does not tolerate, or that its selector excludes', async () => {
    const demo = api();
    await demo.send('POST', pods, probePod('p', { agentpool: 'systempool' }));
    const { body } = await demo.get(`${pods}/p`);
    expect(at(body, 'spec', 'nodeName')).toBeUndefined();
    expect(at(body, 'status', 'conditions')).toEqual([
      expect.objectContaining({
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message: expect.stringContaining('2 node(s) had untolerated taint {CriticalAddonsOnly: true}'),
      }),
    ]);
    const events = await demo.items(`/api/v1/namespaces/default/events?fieldSelector=involvedObject.name=p`);
    expect(events.map((event) => [event['reason'], at(event, 'involvedObject', 'uid')])).toEqual([
      ['FailedScheduling', at(body, 'metadata', 'uid')],
    ]);
    const tolerations = [{ key: 'CriticalAddonsOnly', operator: 'Exists' }];
    const second = await demo.send('POST', pods, probePod('q', { agentpool: 'systempool' }, { tolerations }));
    expect(at(second.body, 'spec', 'nodeName')).toMatch(/^aks-systempool-/);
  });

  test('that names its node skips the scheduler', async () => {
    const demo = api();
    const [node = {}] = await demo.items('/api/v1/nodes?labelSelector=agentpool=systempool');
    await demo.send('POST', pods, probePod('p', {}, { nodeName: nameOf(node) }));
    demo.advance(20);
    expect(await phaseOf(demo, 'p')).toBe('Succeeded');
  });

  test('can be pinned by the name of its node in an affinity', async () => {
    const demo = api();
    const [, second = {}] = await demo.items('/api/v1/nodes?labelSelector=agentpool=userpool');
    const terms = [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [nameOf(second)] }] }];
    const affinity = {
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } },
    };
    const { body } = await demo.send('POST', pods, probePod('p', {}, { affinity }));
    expect(at(body, 'spec', 'nodeName')).toBe(nameOf(second));
  });

  test('is listed by label and field, and deleted: immediately if it has ended, otherwise when its container ends', async () => {
    const demo = api();
    for (const name of ['a', 'b']) await demo.send('POST', pods, probePod(name, onUserPool));
    demo.advance(2);
    await demo.send('POST', pods, probePod('c', onUserPool, { restartPolicy: 'Always' }));
    demo.advance(5);
    const list = async (query: string): Promise<string[]> => (await demo.items(`/api/v1/pods?${query}`)).map(nameOf);
    expect(await list('labelSelector=app=probe')).toEqual(['a', 'b', 'c']);
    expect(await list('labelSelector=app=probe&fieldSelector=status.phase=Running')).toEqual(['c']);
    await demo.send('DELETE', `${pods}/a`);
    expect(await list('labelSelector=app=probe')).toEqual(['b', 'c']);
    await demo.send('DELETE', `${pods}/c`, { kind: 'DeleteOptions', apiVersion: 'v1' });
    expect(at((await demo.get(`${pods}/c`)).body, 'metadata', 'deletionTimestamp')).toBeDefined();
    demo.advance(1);
    expect(await list('labelSelector=app=probe')).toEqual(['b']);
    await demo.send('DELETE', `${pods}?labelSelector=app=probe`);
    expect(await list('labelSelector=app=probe')).toEqual([]);
    expect((await demo.send('DELETE', `${pods}/a`)).status).toBe(404);
  });

  test('is refused if it is there already, has no container or a wrong name, or its namespace is unknown', async () => {
    const demo = api();
    await demo.send('POST', pods, probePod('p', onUserPool));
    expect(await demo.send('POST', pods, probePod('p', onUserPool))).toMatchObject({
      status: 409,
      body: { reason: 'AlreadyExists', message: 'pods "p" already exists' },
    });
    expect((await demo.send('POST', pods, probePod('P', onUserPool))).status).toBe(422);
    expect((await demo.send('POST', pods, probePod('q', onUserPool, { containers: [] }))).status).toBe(422);
    const elsewhere = { ...probePod('q', onUserPool), metadata: { name: 'q', namespace: 'nowhere' } };
    expect((await demo.send('POST', '/api/v1/namespaces/nowhere/pods', elsewhere)).status).toBe(404);
    expect((await demo.send('POST', pods, 'no json')).status).toBe(400);
  });

  test('is not stored by a dry run', async () => {
    const demo = api();
    expect((await demo.send('POST', `${pods}?dryRun=All`, probePod('p', onUserPool))).status).toBe(201);
    expect((await demo.get(`${pods}/p`)).status).toBe(404);
  });

  test('can be watched from a resource version', async () => {
    const demo = api();
    const version = asString(at((await demo.get(pods)).body, 'metadata', 'resourceVersion')) ?? '';
    await demo.send('POST', pods, probePod('p', onUserPool));
    const watch = async (): Promise<unknown[]> =>
      (await demo.get(`${pods}?watch=true&resourceVersion=${version}`)).text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => own(parseJson(line), 'type'));
    expect(await watch()).toEqual(['ADDED']);
    await demo.send('DELETE', `${pods}/p?gracePeriodSeconds=0`);
    expect(await watch()).toEqual(['DELETED']);
  });

  test('keeps a log stream or watch open while nothing happens', async () => {
    const demo = api();
    await demo.send('POST', pods, probePod('p', onUserPool));
    const version = asString(at((await demo.get(pods)).body, 'metadata', 'resourceVersion')) ?? '';
    const waits = (path: string): boolean => demo.isWaiting(`${pods}${path}`);
    const watch = `?watch=true&resourceVersion=${version}`;
    expect([waits('/p/log?follow=true'), waits(watch), waits('/p'), waits('/p/log')]).toEqual([
      false,
      true,
      false,
      false,
    ]);
    demo.advance(1);
    expect([waits('/p/log?follow=true'), waits(watch)]).toEqual([true, false]);
    demo.advance(60);
    expect(waits('/p/log?follow=true')).toBe(false);
  });
});
