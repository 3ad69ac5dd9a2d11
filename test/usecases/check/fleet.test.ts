import { describe, expect, test } from 'vitest';
import { InterruptedError } from '../../../src/core/errors.ts';
import type { Event } from '../../../src/core/events.ts';
import { readCluster, type Cluster } from '../../../src/model/cluster.ts';
import { clusterId } from '../../../src/model/ids.ts';
import type { ClusterPage } from '../../../src/model/inventory.ts';
import type { Azure } from '../../../src/model/ports.ts';
import type { Subscription } from '../../../src/model/registration.ts';
import { exitCodeFor, checkClusters } from '../../../src/usecases/check/index.ts';
import { type FleetQuery, fleetSource } from '../../../src/usecases/check/gather-fleet.ts';
import { goodCluster, goodPool, sizes } from '../../domain/checks/facts.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { azureError, fakeAzure } from './recording-azure.ts';

const { signal } = new AbortController();
const subscription = (digit: string): Subscription => ({
  id: `${digit.repeat(8)}-0000-4000-8000-000000000000`,
  name: `Shop ${digit}`,
  tenantId: undefined,
  state: 'Enabled',
});
const [one, two] = [subscription('1'), subscription('2')];

function clusterOf({ id }: Subscription, cluster: string, pools: readonly string[] = ['blue', 'green']): Cluster {
  const ref = { subscriptionId: id, resourceGroup: 'rg', cluster };
  const properties = {
    ...(goodCluster['properties'] as object),
    agentPoolProfiles: pools.map((name) => ({ name, ...goodPool })),
  };
  return readCluster(ref, { ...goodCluster, id: clusterId(ref), properties });
}

/** What the pages are, the last of which may fail; and who may read VM sizes. */
function fleetOf(
  pages: readonly ClusterPage[],
  end?: Error,
  mayReadSizes: (id: string) => boolean = () => true,
): { readonly azure: Azure; readonly asked: readonly string[] } {
  const unused = (): never => {
    throw new Error('A fleet does not read it.');
  };
  const { azure } = fakeAzure({
    cluster: unused,
    pools: unused,
    feature: () => ({ known: true, state: 'Registered' }),
    provider: () => ({ state: 'Registered' }),
    vmSizes: unused,
  });
  const asked: string[] = [];
  const clusters: Azure['fleet']['clusters'] = async function* () {
    for (const page of pages) yield await Promise.resolve(page);
    if (end !== undefined) throw end;
  };
  const vmSizes: Azure['inventory']['vmSizes'] = async (id, region) => {
    asked.push(`${id[0] ?? ''} ${region}`);
    if (!mayReadSizes(id)) throw azureError('not-permitted');
    return Promise.resolve(sizes);
  };
  return { azure: { ...azure, inventory: { vmSizes }, fleet: { ...azure.fleet, clusters } }, asked };
}

const page = (...clusters: readonly Cluster[]): ClusterPage => ({ clusters, problems: [], total: 4 });

async function report(azure: Azure, more: Partial<FleetQuery> = {}, events: Event[] = []) {
  const query: FleetQuery = {
    scope: { subscriptions: [one, two] },
    description: 'all subscriptions',
    pools: new Map(),
    source: 'auto',
    signal,
    clock: new ManualClock(),
    ...more,
  };
  return checkClusters(fleetSource(azure, query, { ruleset: 'ga' }), { ruleset: 'ga' }, (event) => events.push(event));
}

describe('checking a fleet', () => {
  test('judges the pools of every page', async () => {
    const { azure } = fleetOf([page(clusterOf(one, 'aks-a'), clusterOf(two, 'aks-b')), page(clusterOf(two, 'aks-c'))]);
    const found = await report(azure);
    expect(found.pools.map(({ cluster, pool, eligibility }) => `${cluster}/${pool} ${eligibility}`)).toEqual(
      ['aks-a', 'aks-b', 'aks-c'].flatMap((cluster) => [`${cluster}/blue eligible`, `${cluster}/green eligible`]),
    );
    expect(found.subscriptions).toMatchObject([
      { clusters: 1, pools: 2, reading: 'read' },
      { clusters: 2, pools: 4, reading: 'read' },
    ]);
  });

  test('judges only named pools, and a missing one is a row', async () => {
    const cluster = clusterOf(one, 'aks-a');
    const { azure } = fleetOf([page(cluster, clusterOf(one, 'aks-b'))]);
    const found = await report(azure, {
      pools: new Map([[clusterId(cluster.ref).toLowerCase(), new Set(['green', 'red'])]]),
    });
    expect(found.pools.map(({ cluster: name, pool }) => `${name}/${pool}`)).toEqual([
      'aks-a/green',
      'aks-b/blue',
      'aks-b/green',
    ]);
    expect(found.rows.filter(({ id }) => id === 'scope-readable')).toMatchObject([
      {
        level: 'pool',
        target: 'rg/aks-a/red',
        status: 'unknown',
        resourceId: `${clusterId(cluster.ref)}/agentPools/red`,
      },
    ]);
    expect(found.subscriptions?.[0]?.reading).toBe('partial');
    expect(exitCodeFor(found, 'fail')).toBe('unknown');
  });

  test('reads the sizes of a region once, and again only through another subscription if they were denied', async () => {
    const pages = [
      page(clusterOf(one, 'aks-a'), clusterOf(one, 'aks-b')),
      page(clusterOf(two, 'aks-c'), clusterOf(two, 'aks-d')),
    ];
    const open = fleetOf(pages);
    expect((await report(open.azure)).counts.unknown).toBe(0);
    expect(open.asked).toEqual(['1 eastus2']);
    const closed = fleetOf(pages, undefined, (id) => id === two.id);
    const found = await report(closed.azure);
    expect(closed.asked).toEqual(['1 eastus2', '2 eastus2']);
    expect(found.rows.filter(({ status }) => status === 'unknown').map(({ id, target }) => `${id} ${target}`)).toEqual(
      ['rg/aks-a/blue', 'rg/aks-a/green', 'rg/aks-b/blue', 'rg/aks-b/green'].map((target) => `vm-vcpus ${target}`),
    );
  });

  test('has the time and source of the reading, and the version', async () => {
    const clock = new ManualClock(Date.parse('2026-11-25T09:31:07.250Z'));
    const of = async (...pages: readonly ClusterPage[]) => {
      const { gatheredAt, source } = await report(fleetOf(pages).azure, { clock });
      return [gatheredAt, source];
    };
    const [graph, arm, empty]: readonly ClusterPage[] = [
      { ...page(clusterOf(one, 'aks-a')), from: 'graph' },
      { ...page(clusterOf(two, 'aks-b')), from: 'arm' },
      { ...page(), from: 'arm' },
    ];
    if (graph === undefined || arm === undefined || empty === undefined) throw new Error('There are three.');
    expect(await of(graph)).toEqual(['2026-11-25T09:31:07Z', 'graph']);
    expect((await of(graph, arm))[1]).toBe('both');
    expect((await of(graph, empty))[1], 'where nothing came of').toBe('graph');
    expect((await of(empty))[1]).toBe('arm');
    expect((await of({ clusters: [], problems: [], total: undefined }))[1]).toBeUndefined();
    const query: FleetQuery = {
      scope: { subscriptions: [one] },
      description: 'all',
      pools: new Map(),
      source: 'auto',
      signal,
      clock,
    };
    const versioned = await checkClusters(
      fleetSource(fleetOf([graph]).azure, query, { ruleset: 'ga' }),
      { ruleset: 'ga', version: '0.3.0' },
      () => undefined,
    );
    expect(versioned.generator).toEqual({ name: 'aks-localdns', version: '0.3.0' });
  });

  test('gives a partial report after an interrupt; any other end is an error', async () => {
    const events: Event[] = [];
    const found = await report(fleetOf([page(clusterOf(one, 'aks-a'))], new InterruptedError()).azure, {}, events);
    expect(found.partial).toBe('Interrupted after 1 cluster of 4: the remaining clusters were not checked.');
    expect(found.pools).toHaveLength(2);
    expect(exitCodeFor(found, 'fail')).toBe('interrupted');
    expect(events.map(({ type }) => type)).toEqual(['task.started', 'task.progress', 'task.finished']);
    await expect(
      report(fleetOf([page(clusterOf(one, 'aks-a'))], azureError('not-signed-in')).azure),
    ).rejects.toMatchObject({ class: 'not-signed-in' });
  });
});
