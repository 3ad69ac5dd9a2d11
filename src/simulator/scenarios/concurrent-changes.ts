import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { Exchange } from '../arm/exchange.ts';
import type { Fault } from '../arm/faults.ts';
import { defaultProfile } from '../arm/localdns.ts';
import { findCluster } from '../arm/lookup.ts';
import { startOperation } from '../arm/operations.ts';
import { providerError } from '../arm/reply.ts';
import type { Pool } from '../world.ts';
import type { ScenarioRecord } from './scenario.ts';

const someoneElse = '00000000-0000-4000-8000-0000000e15e0';
const writes = ['agentPools.put', 'agentPools.upgradeNodeImageVersion'];

function target(exchange: Exchange): Pool | undefined {
  return findCluster(exchange)?.pools.get((exchange.params['pool'] ?? '').toLowerCase());
}

function change(exchange: Exchange, edit: (properties: JsonObject) => JsonObject): void {
  const pool = target(exchange);
  if (pool !== undefined) pool.properties = { ...edit(pool.properties), eTag: exchange.world.random.guid() };
}

/** Somebody else starts an operation of two minutes just before the first write. */
function operationElsewhere(on: 'pool' | 'cluster'): Fault {
  const change = (exchange: Exchange): void => {
    const cluster = findCluster(exchange);
    const pool = on === 'pool' ? target(exchange) : undefined;
    if (cluster === undefined || (on === 'pool' && pool === undefined)) return;
    const before = [...cluster.pools.values()].map((one) => ({ one, eTag: one.properties['eTag'] }));
    startOperation(exchange.world, { kind: 'Updating', cluster, pool, caller: someoneElse, seconds: 120 });
    // The eTags stay until the operation ends, so that the write meets the conflict itself.
    for (const { one, eTag } of before) one.properties = { ...one.properties, eTag };
  };
  return { routes: writes, effect: { kind: 'change', change } };
}

/** What other people and AKS itself do at the same time. */
export const concurrentChangeScenarios: readonly ScenarioRecord[] = [
  {
    name: 'other-operation',
    summary: 'Somebody else starts an operation on the pool just before the first write; it takes two minutes.',
    source: 'AKS documentation, one operation for each pool; 409 text as users report it',
    faults: [operationElsewhere('pool')],
  },
  {
    name: 'cluster-operation',
    summary: 'An operation on the whole cluster starts just before the first write; it takes two minutes.',
    source: 'AKS documentation; 409 text as users report it (2026)',
    faults: [operationElsewhere('cluster')],
  },
  {
    name: 'strict-siblings',
    summary: 'An operation on one pool blocks operations on every other pool of its cluster.',
    source: '409 "Another agentpool operation" as users report it',
    prepare: (world) => {
      world.settings.strictSiblings = true;
    },
  },
  {
    name: 'preempted',
    summary: 'AKS itself is at work: the first write is answered 409 EtagMismatch although no operation is visible.',
    source: '409 body as a user reports it (2024)',
    faults: [
      {
        routes: writes,
        effect: {
          kind: 'answer',
          answer: () =>
            providerError(409, 'EtagMismatch', 'Operation is not allowed: Another operation is in progress', {
              subcode: 'PutManagedClusterAndComponents_FailedPrecondition',
              details: [
                { code: 'Unspecified', message: 'rpc error: code = FailedPrecondition desc = Etag mismatched' },
              ],
            }),
        },
      },
    ],
  },
  {
    name: 'etag-changed',
    summary: "Only the pool's eTag changes, just before the first write.",
    source: 'AKS documentation, use-etags',
    faults: [
      {
        routes: ['agentPools.put'],
        effect: {
          kind: 'change',
          change: (exchange) => {
            change(exchange, (properties) => properties);
          },
        },
      },
    ],
  },
  {
    name: 'etag-changed-profile',
    summary: 'Somebody else changes the LocalDNS profile of the pool just before the first write.',
    source: 'AKS documentation, use-etags',
    faults: [
      {
        routes: ['agentPools.put'],
        effect: {
          kind: 'change',
          change: (exchange) => {
            change(exchange, (properties) => {
              const stored = properties['localDNSProfile'];
              const profile = isJsonObject(stored) ? stored : defaultProfile('Preferred');
              const mode = profile['mode'] === 'Preferred' ? 'Disabled' : 'Preferred';
              return { ...properties, localDNSProfile: { ...profile, mode, state: 'Disabled' } };
            });
          },
        },
      },
    ],
  },
  {
    name: 'autoscaler-at-work',
    summary:
      'The pool userpool is autoscaled: it gets a node and a new eTag just before the first write, and another node during the operation.',
    source: 'AKS documentation, cluster autoscaler; whether it changes the eTag is not known',
    prepare: (world) => {
      for (const subscription of world.subscriptions.values()) {
        const pool = subscription.clusters.get('rg-demo/aks-demo')?.pools.get('userpool');
        if (pool !== undefined)
          pool.properties = { ...pool.properties, enableAutoScaling: true, minCount: 2, maxCount: 8 };
      }
    },
    faults: [
      {
        routes: ['agentPools.put'],
        effect: {
          kind: 'change',
          change: (exchange) => {
            change(exchange, oneMoreNode);
          },
        },
      },
      {
        routes: ['agentPools.put'],
        times: Number.POSITIVE_INFINITY,
        effect: { kind: 'operation', shape: { finish: oneMoreNode } },
      },
    ],
  },
];

function oneMoreNode(properties: JsonObject): JsonObject {
  const { count, maxCount } = properties;
  if (properties['enableAutoScaling'] !== true || typeof count !== 'number') return properties;
  return { ...properties, count: typeof maxCount === 'number' ? Math.min(maxCount, count + 1) : count + 1 };
}
