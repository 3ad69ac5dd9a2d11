import { asString, at, isWord, type JsonObject } from '../../core/json.ts';
import type { Exchange } from '../arm/exchange.ts';
import { clusterKey, findSubscription } from '../arm/lookup.ts';
import { defaultProfile } from '../arm/localdns.ts';
import { securityGroupId } from '../arm/security-groups.ts';
import { networkId, subnetId } from '../arm/virtual-networks.ts';
import { gatewayError, ok } from '../arm/reply.ts';
import { accessDenied, graphError } from '../graph/errors.ts';
import { quotaHeaders, rateLimiting } from '../graph/quota.ts';
import { clusterRows } from '../graph/tables.ts';
import type { Cluster, Pool, SecurityGroup, Subnet, VirtualNetwork, World } from '../world.ts';
import type { ScenarioRecord } from './scenario.ts';
import { nodeCount } from '../arm/node-count.ts';

const always = Number.POSITIVE_INFINITY;
const graph = ['graph.resources'];

function clustersOf(world: World): readonly Cluster[] {
  return [...world.subscriptions.values()].flatMap((subscription) => [...subscription.clusters.values()]);
}

/** The sample and every fleet have clusters here. */
const region = 'westeurope';

function asksForRegion(exchange: Exchange): boolean {
  const [, filtered] = /'([^']+)'/.exec(exchange.query.get('$filter') ?? '') ?? [];
  return (filtered ?? exchange.params['location'] ?? '').toLowerCase() === region;
}

function takesLocalDns({ properties }: Pool): boolean {
  const version = asString(properties['currentOrchestratorVersion']) ?? '';
  return (
    !isWord(properties['osType'], 'Windows') && isWord(properties['mode'], 'User') && !/^1\.(29|30)\./.test(version)
  );
}

/** Somebody turns LocalDNS on in every second cluster. */
function turnOnElsewhere(world: World): void {
  for (const cluster of clustersOf(world).filter((_, index) => index % 2 === 0)) {
    const pool = [...cluster.pools.values()].find(takesLocalDns);
    if (pool !== undefined)
      pool.properties = { ...pool.properties, localDNSProfile: defaultProfile('Required'), eTag: world.random.guid() };
  }
}

/** The cluster is deleted just before it is read. */
function vanish(exchange: Exchange): void {
  findSubscription(exchange)?.clusters.delete(
    clusterKey(exchange.params['resourceGroup'] ?? '', exchange.params['cluster'] ?? ''),
  );
}

const denyTcp: JsonObject = {
  direction: 'Outbound',
  access: 'Deny',
  priority: 200,
  protocol: 'Tcp',
  sourceAddressPrefix: '*',
  sourcePortRange: '*',
  destinationAddressPrefix: '*',
  destinationPortRange: '53',
};

/** Moves all pools of the first cluster to one small subnet of a network with its own DNS servers. */
function moveToOwnNetwork(world: World): void {
  const [cluster] = clustersOf(world);
  if (cluster === undefined) return;
  const place = {
    subscriptionId: cluster.subscriptionId,
    resourceGroup: cluster.resourceGroup,
    location: cluster.location,
  };
  const group: SecurityGroup = { ...place, name: 'nsg-demo', rules: { DenyDnsOverTcp: denyTcp } };
  const nodes = [...cluster.pools.values()].reduce((sum, { properties }) => sum + nodeCount(properties), 0);
  const subnet: Subnet = {
    name: 'snet-demo',
    prefixes: ['10.40.0.0/27'],
    securityGroup: securityGroupId(group),
    others: Math.max(0, 27 - nodes),
  };
  const network: VirtualNetwork = {
    ...place,
    name: 'vnet-demo',
    prefixes: ['10.40.0.0/16'],
    dnsServers: ['10.40.8.4', '10.40.8.5'],
    subnets: new Map([[subnet.name, subnet]]),
  };
  world.securityGroups.set(securityGroupId(group).toLowerCase(), group);
  world.networks.set(networkId(network).toLowerCase(), network);
  for (const pool of cluster.pools.values())
    pool.properties = { ...pool.properties, vnetSubnetID: subnetId(network, subnet) };
}

/** What can happen while many clusters are read. */
export const fleetScenarios: readonly ScenarioRecord[] = [
  {
    name: 'graph-throttled',
    summary:
      "Resource Graph's quota is three queries in five seconds, and other tools of the same user have just used it up: the first two queries are refused.",
    source: 'Resource Graph docs, guidance for throttled requests; body as users report it',
    prepare: (world) => {
      world.settings.graph.quota = { queries: 3, seconds: 5 };
    },
    faults: [
      {
        routes: graph,
        times: 2,
        effect: { kind: 'answer', answer: (exchange) => rateLimiting(exchange, quotaHeaders(0, 3000)) },
      },
    ],
  },
  {
    name: 'graph-denied',
    summary: 'Resource Graph refuses every query; the subscriptions themselves can be read.',
    source: 'Resource Graph: AccessDenied as users report it',
    faults: [{ routes: graph, times: always, effect: { kind: 'answer', answer: accessDenied } }],
  },
  {
    name: 'graph-stale',
    summary:
      'Resource Graph shows everything as it was at the start: LocalDNS has since been turned on in every second cluster, and new changes do not show either.',
    source: 'Resource Graph docs: usually seconds, without a bound',
    prepare: (world) => {
      world.graph.frozen = clusterRows(world);
      turnOnElsewhere(world);
    },
  },
  {
    name: 'graph-old-api-version',
    summary:
      'Every third cluster was read by Resource Graph at api-version 2025-08-01, which knows no LocalDNS: its row lacks the profiles.',
    source: 'Resource Graph docs: rows carry the api-version that they were read with',
    prepare: (world) => {
      world.settings.graph.oldRow = { every: 3, apiVersion: '2025-08-01' };
    },
  },
  {
    name: 'graph-no-profiles',
    summary: 'No row of Resource Graph carries a LocalDNS profile, however new its api-version.',
    source: 'whether Resource Graph carries localDNSProfile is not confirmed',
    prepare: (world) => {
      world.settings.graph.profiles = false;
    },
  },
  {
    name: 'graph-page-fails',
    summary: 'Resource Graph answers the first third of a long result, and 500 to every request for a further page.',
    source: 'any service',
    prepare: (world) => {
      world.settings.graph.largestPage = Math.min(1000, Math.ceil(clustersOf(world).length / 3));
    },
    faults: [
      {
        routes: graph,
        times: always,
        when: (exchange) => at(exchange.body, 'options', '$skipToken') !== undefined,
        effect: {
          kind: 'answer',
          answer: (exchange) =>
            graphError(exchange, 500, 'InternalServerError', [
              { code: 'InternalServerError', message: 'An unexpected query execution error occurred.' },
            ]),
        },
      },
    ],
  },
  {
    name: 'graph-truncated',
    summary:
      'Resource Graph answers half of the clusters, says that the result is truncated, and gives no token for the rest.',
    source: 'Resource Graph docs: resultTruncated',
    prepare: (world) => {
      world.settings.graph.truncateAt = Math.ceil(clustersOf(world).length / 2);
    },
  },
  {
    name: 'graph-subscription-limit',
    summary:
      'A query of Resource Graph takes one subscription only (10,000 in Azure); the rest is left out, and a header says so.',
    source: 'Resource Graph docs: x-ms-tenant-subscription-limit-hit',
    prepare: (world) => {
      world.settings.graph.subscriptionLimit = 1;
    },
  },
  {
    name: 'subscriptions-denied',
    summary:
      'Every second subscription is listed, but nothing in it may be read: ARM answers 403, Resource Graph leaves it out silently.',
    source: 'Azure RBAC; Resource Graph docs: partially readable scopes',
    prepare: (world) => {
      for (const id of [...world.subscriptions.keys()].filter((_, index) => index % 2 === 1))
        world.settings.deniedSubscriptions.add(id);
    },
  },
  {
    name: 'list-fails',
    summary: 'Listing the clusters of the first subscription always fails with 500.',
    source: 'any service',
    faults: [
      {
        routes: ['clusters.list'],
        times: always,
        when: (exchange) =>
          [...exchange.world.subscriptions.keys()][0] === exchange.params['subscription']?.toLowerCase(),
        effect: {
          kind: 'answer',
          answer: () => gatewayError(500, 'InternalServerError', 'Encountered internal server error.'),
        },
      },
    ],
  },
  {
    name: 'region-without-skus',
    summary: `Compute lists no VM sizes for ${region}.`,
    source: 'observed of new and restricted regions',
    faults: [
      {
        routes: ['compute.skus'],
        times: always,
        when: asksForRegion,
        effect: { kind: 'answer', answer: () => ok({ value: [] }) },
      },
      {
        routes: ['compute.vmSizes'],
        times: always,
        when: asksForRegion,
        effect: {
          kind: 'answer',
          answer: () =>
            gatewayError(
              404,
              'NoRegisteredProviderFound',
              `No registered resource provider found for location '${region}' and API version '2024-07-01' for type 'locations/vmSizes'.`,
            ),
        },
      },
    ],
  },
  {
    name: 'cluster-vanishes',
    summary: 'The first cluster that is read directly has been deleted; Resource Graph still lists it.',
    source: 'any cluster that is deleted in the meantime',
    prepare: (world) => {
      world.graph.frozen = clusterRows(world);
    },
    faults: [{ routes: ['clusters.get', 'agentPools.list'], effect: { kind: 'change', change: vanish } }],
  },
  {
    name: 'own-network',
    summary:
      'The pools of the first cluster (aks-demo) are in a full subnet of a network with its own DNS servers; its security group denies TCP 53.',
    source: 'AKS docs, LocalDNS best practices: TCP 53 to the DNS servers',
    prepare: moveToOwnNetwork,
  },
];
