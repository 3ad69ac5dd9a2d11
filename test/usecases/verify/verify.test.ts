import { describe, expect, test } from 'vitest';
import type { ReportRow } from '../../../src/model/check.ts';
import type { VerificationReport } from '../../../src/model/verification.ts';
import { exitCodeOf } from '../../../src/usecases/verify/index.ts';
import { fakeKubectl } from '../../support/fake-kubernetes.ts';
import { kubernetes, nodesOf, verified } from './rig.ts';

const disabled = { localDNSProfile: { mode: 'Disabled', state: 'Disabled' } };
const updating = { provisioningState: 'Updating' };

function nodeRows({ rows }: VerificationReport): readonly Pick<ReportRow, 'status' | 'reason'>[] {
  return rows.filter(({ id }) => id === 'localdns-node').map(({ status, reason }) => ({ status, reason }));
}

function proofs({ pools }: VerificationReport): readonly string[] {
  return pools.map(
    ({ pool, proof, provenNodes, nodes }) => `${pool}: ${proof}, ${String(provenNodes)} of ${String(nodes)}`,
  );
}

describe('by the reports of nodes (--level 1)', () => {
  test('a pool is proven on if every node reports on', async () => {
    const report = await verified({ blue: {} }, nodesOf('blue', 3));
    expect(proofs(report)).toEqual(['blue: proven, 3 of 3']);
    expect(report.counts).toEqual({ fail: 0, unknown: 0, warn: 0, skip: 0, pass: 4 });
    expect(exitCodeOf(report)).toBe('ok');
    expect(report.nodes[0]?.evidence).toEqual([
      { level: 1, source: 'node label', says: 'on', sure: false, seen: 'label enabled' },
      { level: 1, source: 'kubelet', says: 'on', sure: false, seen: 'clusterDNS 169.254.10.11' },
      { level: 0, source: 'Azure', says: 'on', sure: false, seen: 'mode Required, state Enabled' },
    ]);
  });

  test('a node that reports off fails a pool that should be on', async () => {
    const off = { name: 'aks-blue-000002', pool: 'blue', state: 'disabled', clusterDns: ['10.0.0.10'] };
    const nodes = [...nodesOf('blue', 2), off];
    const report = await verified({ blue: {} }, nodes);
    expect(proofs(report)).toEqual(['blue: failed, 2 of 3']);
    expect(nodeRows(report)[2]).toEqual({
      status: 'fail',
      reason: "LocalDNS should be on, but the node label and the kubelet say 'off'.",
    });
    expect(exitCodeOf(report)).toBe('findings');
  });

  test.each(['Disabled', 'Preferred', undefined])('for mode %s the proof is that it is off', async (mode) => {
    const pool = mode === undefined ? { localDNSProfile: null } : { localDNSProfile: { mode, state: 'Disabled' } };
    const nodes = nodesOf('blue', 3, { state: 'disabled', clusterDns: ['10.0.0.10'] });
    const report = await verified({ blue: pool }, nodes);
    expect(report.pools[0]).toMatchObject({ expected: 'off', proof: 'proven', provenNodes: 3 });
    expect(exitCodeOf(report)).toBe('ok');
    expect(exitCodeOf(await verified({ blue: pool }, nodesOf('blue', 3)))).toBe('findings');
  });

  test('Preferred is expected on if Azure reports it on', async () => {
    const report = await verified(
      { blue: { localDNSProfile: { mode: 'Preferred', state: 'Enabled' } } },
      nodesOf('blue', 3),
    );
    expect(report.pools[0]).toMatchObject({ expected: 'on', proof: 'proven' });
  });

  test.each([
    [
      'label and kubelet contradict each other',
      { clusterDns: ['10.0.0.10'] },
      'What the node says contradicts itself.',
    ],
    ['nothing says anything', { state: 'odd', clusterDns: [] }, 'The node does not say whether LocalDNS is on.'],
    ['the node is not ready', { ready: false }, 'The node is not ready.'],
  ])('if %s, a node is unknown', async (_, changes, reason) => {
    const report = await verified({ blue: {} }, nodesOf('blue', 3, changes));
    expect(nodeRows(report)[0]).toEqual({ status: 'unknown', reason });
    expect(proofs(report)).toEqual(['blue: unknown, 0 of 3']);
    expect(exitCodeOf(report)).toBe('unknown');
  });

  test('a node is judged by its label if its kubelet may not be read', async () => {
    const nodes = nodesOf('blue', 3, { clusterDns: ['10.0.0.10'] });
    const kubectl = fakeKubectl(kubernetes(nodes, { denied: ['get nodes/proxy'] }));
    const report = await verified({ blue: {} }, nodes, { kubectl });
    expect(proofs(report)).toEqual(['blue: proven, 3 of 3']);
    expect(kubectl.calls.some((args) => args.join(' ').includes('configz'))).toBe(false);
  });

  test('a node that reports off during an update is unknown, since it may still be reimaged', async () => {
    const report = await verified({ blue: updating }, nodesOf('blue', 3, { state: 'disabled', clusterDns: [] }));
    expect(nodeRows(report)[0]).toEqual({
      status: 'unknown',
      reason: "An operation is running. LocalDNS should be on, but the node label says 'off'.",
    });
    expect(report.counts.fail).toBe(0);
  });

  test('a pool fails if its state in Azure contradicts its mode', async () => {
    const report = await verified(
      { blue: { localDNSProfile: { mode: 'Required', state: 'Disabled' } } },
      nodesOf('blue', 3),
    );
    expect(report.rows.find(({ id }) => id === 'localdns-profile')).toMatchObject({ status: 'fail' });
    expect(exitCodeOf(report)).toBe('findings');
  });

  test.each([undefined, 'Unknown'])('a pool is unknown if its state in Azure is %s', async (state) => {
    const profile = { mode: 'Required', ...(state === undefined ? {} : { state }) };
    const report = await verified({ blue: { localDNSProfile: profile } }, nodesOf('blue', 3));
    expect(report.rows.find(({ id }) => id === 'localdns-profile')).toMatchObject({ status: 'unknown' });
    expect(exitCodeOf(report)).toBe('unknown');
  });

  test('a failed last operation is a warning', async () => {
    const report = await verified({ blue: { provisioningState: 'Failed' } }, nodesOf('blue', 3));
    expect(report.counts).toMatchObject({ warn: 1, fail: 0 });
    expect(exitCodeOf(report)).toBe('ok');
  });
});

describe('without --level 1', () => {
  test('the reports of nodes are not proof, and the report notes it', async () => {
    const report = await verified({ blue: {} }, nodesOf('blue', 3), { level: 2 });
    expect(proofs(report)).toEqual(['blue: unknown, 0 of 3']);
    expect(nodeRows(report)[0]).toEqual({
      status: 'unknown',
      reason: "The node label and the kubelet say 'on', which is not proof: no pod has asked LocalDNS.",
    });
    expect(exitCodeOf(report)).toBe('unknown');
  });

  test('a node that reports the opposite still fails', async () => {
    expect(exitCodeOf(await verified({ blue: disabled }, nodesOf('blue', 3), { level: 2 }))).toBe('findings');
  });
});

describe('nodes that are added and removed', () => {
  test('a pool without nodes is applied, not proven', async () => {
    const report = await verified({ blue: { count: 0 } }, []);
    expect(proofs(report)).toEqual(['blue: applied, 0 of 0']);
    expect(exitCodeOf(report)).toBe('unknown');
  });

  test('a pool without nodes beside a proven pool does not change the exit code', async () => {
    const report = await verified({ blue: {}, empty: { count: 0 } }, nodesOf('blue', 3));
    expect(proofs(report)).toEqual(['blue: proven, 3 of 3', 'empty: applied, 0 of 0']);
    expect(exitCodeOf(report)).toBe('ok');
  });

  test('nodes that Azure counts and the cluster does not have are not proven', async () => {
    const report = await verified({ blue: { count: 5 } }, nodesOf('blue', 3));
    expect(proofs(report)).toEqual(['blue: unknown, 3 of 5']);
    expect(report.rows.find(({ id }) => id === 'nodes-joined')?.reason).toBe(
      '2 nodes that Azure counts are not in the cluster.',
    );
  });

  test('more nodes than Azure counts are all judged', async () => {
    expect(proofs(await verified({ blue: { count: 1 } }, nodesOf('blue', 3)))).toEqual(['blue: proven, 3 of 3']);
  });
});

describe('pools and selectors', () => {
  test('a Windows pool is skipped, and its nodes are not requested', async () => {
    const nodes = nodesOf('blue', 3);
    const kubectl = fakeKubectl(kubernetes(nodes));
    const report = await verified({ blue: {}, win: { osType: 'Windows' } }, nodes, { kubectl });
    expect(proofs(report)).toEqual(['blue: proven, 3 of 3', 'win: skipped, 0 of 0']);
    expect(exitCodeOf(report)).toBe('ok');
    const list = kubectl.calls.map((args) => args[2] ?? '').find((path) => path.startsWith('/api/v1/nodes?')) ?? '';
    expect(new URLSearchParams(list.split('?')[1]).get('labelSelector')).toBe(
      'kubernetes.azure.com/agentpool in (blue)',
    );
  });

  test('autoprovisioned nodes are found by their labels, and expected on', async () => {
    const labels = { 'karpenter.sh/nodepool': 'default' };
    const nodes = ['a', 'b'].map((name) => ({ name, state: 'enabled', labels }));
    const report = await verified({ blue: {} }, nodes, { selector: 'karpenter.sh/nodepool=default' });
    expect(proofs(report)).toEqual(['default: proven, 2 of 2']);
    expect(report.rows.map(({ target }) => target)).toEqual([
      'rg-demo/aks-demo/default/a',
      'rg-demo/aks-demo/default/b',
    ]);
  });

  test('selected nodes are judged by the profile of their pool, and only they are counted', async () => {
    const nodes = nodesOf('blue', 1, { labels: { zone: '1' }, state: 'disabled', clusterDns: [] });
    expect(proofs(await verified({ blue: disabled }, nodes, { selector: 'zone=1' }))).toEqual(['blue: proven, 1 of 1']);
  });

  test('a selector that matches no nodes proves nothing', async () => {
    const report = await verified({ blue: {} }, nodesOf('blue', 3), { selector: 'zone=9' });
    expect(report.pools).toEqual([]);
    expect(exitCodeOf(report)).toBe('unknown');
  });
});

test('five hundred nodes are read in pages, and each kubelet once', async () => {
  const nodes = Array.from({ length: 500 }, (_, index) => ({
    name: `n${String(index)}`,
    pool: 'blue',
    state: 'enabled',
    clusterDns: ['169.254.10.11'],
  }));
  const kubectl = fakeKubectl(kubernetes(nodes), { pageSize: 100 });
  const report = await verified({ blue: { count: 500 } }, nodes, { kubectl });
  expect(proofs(report)).toEqual(['blue: proven, 500 of 500']);
  expect(kubectl.calls).toHaveLength(2 + 5 + 500);
  expect(kubectl.calls.every((args) => !args.includes('-A') && !args.includes('drain'))).toBe(true);
});

test('an account that may not list nodes gets a clear error, and no other request is sent', async () => {
  const kubectl = fakeKubectl(kubernetes([], { denied: ['list nodes'] }));
  await expect(verified({ blue: {} }, [], { kubectl })).rejects.toMatchObject({
    code: 'kubernetes-not-permitted',
    exit: 'not-permitted',
    message: 'The account may not list nodes in the cluster, which is needed to find the nodes and read their labels.',
  });
  expect(kubectl.calls).toEqual([['auth', 'can-i', 'list', 'nodes']]);
});
