import { aksThrottled } from '../arm/budgets.ts';
import type { Fault } from '../arm/faults.ts';
import { gatewayError } from '../arm/reply.ts';
import type { ScenarioRecord } from './scenario.ts';

const aksReads = ['clusters.get', 'clusters.list*', 'agentPools.get', 'agentPools.list', 'operations.get'];
const writes = ['agentPools.put', 'agentPools.upgradeNodeImageVersion', 'agentPools.abort'];

function armThrottled(retryAfter: number | undefined): Fault['effect'] {
  return {
    kind: 'answer',
    answer: (exchange) => {
      const message = `Number of requests for subscription '${exchange.params['subscription'] ?? ''}' and operation '${exchange.request.method}' exceeded the limit. Please try again later.`;
      return gatewayError(
        429,
        'SubscriptionRequestsThrottled',
        message,
        retryAfter === undefined ? {} : { headers: { 'retry-after': String(retryAfter) } },
      );
    },
  };
}

function aks(handler: string, retryAfter: number | undefined): Fault['effect'] {
  return {
    kind: 'answer',
    answer: (exchange) => aksThrottled(handler, exchange.params['subscription'] ?? '', retryAfter),
  };
}

export const throttlingScenarios: readonly ScenarioRecord[] = [
  {
    name: 'throttled-arm',
    summary: 'ARM answers 429 to the first two reads, the first write and the third poll, with Retry-After.',
    source: 'ARM documentation, request limits and throttling',
    faults: [
      {
        routes: [
          'subscriptions.get',
          'clusters.get',
          'agentPools.get',
          'agentPools.list',
          'features.get',
          'providers.get',
        ],
        times: 2,
        effect: armThrottled(7),
      },
      { routes: writes, effect: armThrottled(11) },
      { routes: ['operations.get'], skip: 2, effect: armThrottled(5) },
    ],
  },
  {
    name: 'throttled-aks',
    summary: 'AKS answers 429 to the first two reads, the first write and the second poll, with Retry-After.',
    source: 'AKS documentation, throttling limits; text as users report it',
    faults: [
      {
        routes: aksReads.filter((route) => route !== 'operations.get'),
        times: 2,
        effect: aks('GetManagedClusterHandler.GET', 9),
      },
      { routes: writes, effect: aks('PutAgentPoolHandler.PUT', 60) },
      { routes: ['operations.get'], skip: 1, effect: aks('GetOperationStatusHandler.GET', 15) },
    ],
  },
  {
    name: 'throttled-without-retry-after',
    summary: 'AKS and ARM answer 429 without Retry-After: twice to reads, once to a write and to a poll.',
    source: 'observed of ARM behind proxies; the SDK does not retry it by itself',
    faults: [
      {
        routes: aksReads.filter((route) => route !== 'operations.get'),
        times: 2,
        effect: aks('GetManagedClusterHandler.GET', undefined),
      },
      { routes: writes, effect: armThrottled(undefined) },
      { routes: ['operations.get'], skip: 1, effect: armThrottled(undefined) },
    ],
  },
];
