import { asNumber, asString, at, isWord, own, type JsonObject } from '../../core/json.ts';
import type { Cluster, Operation, OperationShape, Pool, World } from '../world.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { clusterKey, findSubscription } from './lookup.ts';
import { gatewayError, ok, reply, type Reply } from './reply.ts';
import { isSigned, signedQuery } from './signature.ts';
import { nodeCount } from './node-count.ts';
import { reimageNodes } from './pool-nodes.ts';

export interface OperationWork {
  readonly kind: string;
  readonly cluster: Cluster;
  readonly pool: Pool | undefined;
  readonly caller: string;
  /** How long it takes if no nodes are reimaged; otherwise their batches decide. */
  readonly seconds: number;
  readonly reimage?: boolean;
  readonly texts?: Operation['texts'];
  readonly removes?: boolean;
  readonly finish?: (properties: JsonObject) => JsonObject;
  readonly along?: readonly Pool[];
  readonly finishCluster?: Operation['finishCluster'];
}

/** How a rolling operation goes through a pool: `parallel` nodes at a time, each batch `seconds` long. */
interface Batches {
  readonly nodes: number;
  readonly parallel: number;
  readonly seconds: number;
}

function nodesOf(setting: unknown, nodes: number): number {
  const text = typeof setting === 'number' ? String(setting) : (asString(setting) ?? '');
  const amount = Number.parseInt(text, 10);
  if (!Number.isFinite(amount)) return 0;
  return text.endsWith('%') ? Math.ceil((amount / 100) * nodes) : amount;
}

/**
 * Source: AKS docs, upgrade settings: surge and unavailable nodes decide how many go at once; a spot pool is neither
 * surged nor drained.
 */
function batchesOf(world: World, properties: JsonObject): Batches {
  const { timing } = world.settings;
  const nodes = isWord(at(properties, 'powerState', 'code'), 'Stopped') ? 0 : nodeCount(properties);
  if (isWord(properties['scaleSetPriority'], 'Spot'))
    return { nodes, parallel: Math.max(1, nodes), seconds: timing.reimage };
  const settings = own(properties, 'upgradeSettings');
  const parallel = Math.max(1, surgeNodes(properties), nodesOf(own(settings, 'maxUnavailable'), nodes));
  const soak = (asNumber(own(settings, 'nodeSoakDurationInMinutes')) ?? 0) * 60;
  return { nodes, parallel, seconds: timing.drain + timing.reimage + soak };
}

export function surgeNodes(properties: JsonObject): number {
  if (isWord(properties['scaleSetPriority'], 'Spot')) return 0;
  const surge = at(properties, 'upgradeSettings', 'maxSurge') ?? '10%';
  return nodesOf(surge, nodeCount(properties));
}

/** How long a rolling operation takes on a pool with these properties. */
export function rollingSeconds(world: World, properties: JsonObject): number {
  const batches = batchesOf(world, properties);
  return secondsFor(batches, batches.nodes);
}

function secondsFor(batches: Batches, nodes: number): number {
  return Math.ceil(nodes / batches.parallel) * batches.seconds;
}

function rollingTexts(start: number, batches: Batches): Operation['texts'] {
  const texts = [{ from: start, text: 'InProgress' }];
  for (let done = batches.parallel; done < batches.nodes; done += batches.parallel) {
    const progress = `UpdatingAgentPool: ${String(done)}/${String(batches.nodes)} nodes completed`;
    texts.push({ from: start + secondsFor(batches, done) * 1000, text: progress });
  }
  return texts;
}

/** Source: AKS documentation: 30 minutes by default. */
function drainTimeoutSeconds(pool: Pool | undefined): number {
  return (asNumber(at(pool?.properties, 'upgradeSettings', 'drainTimeoutInMinutes')) ?? 30) * 60;
}

/** Starts an operation, which succeeds unless `shape` says otherwise. */
export function startOperation(world: World, work: OperationWork, shape: OperationShape = {}): Operation {
  const start = world.now();
  const { cluster, pool } = work;
  const batches = work.reimage === true && pool !== undefined ? batchesOf(world, pool.properties) : undefined;
  const done = Math.min(batches?.nodes ?? 0, shape.afterNodes ?? Number.POSITIVE_INFINITY);
  const rolling = batches === undefined ? 0 : secondsFor(batches, done);
  const planned = work.reimage === true ? Math.max(rolling, world.settings.timing.quick) : work.seconds;
  const seconds = planned + (shape.seconds ?? 0) + (shape.waitsForDrain === true ? drainTimeoutSeconds(pool) : 0);
  const texts =
    work.texts ?? (batches === undefined ? [{ from: start, text: 'InProgress' }] : rollingTexts(start, batches));
  const operation: Operation = {
    id: world.random.guid(),
    kind: work.kind,
    subscriptionId: cluster.subscriptionId,
    cluster,
    pool,
    caller: work.caller,
    start,
    end: shape.never === true ? Number.POSITIVE_INFINITY : start + Math.max(1, seconds) * 1000,
    texts:
      shape.texts === undefined ? texts : shape.texts.map((text, index) => ({ from: start + index * 30_000, text })),
    outcome: shape.outcome ?? 'Succeeded',
    error: shape.error?.({ pool: pool?.name ?? '', cluster: cluster.name, laterOperation: world.random.guid() }),
    reimages: done,
    finish: (properties) => {
      const finished = work.finish?.(properties) ?? properties;
      return shape.finish?.(finished) ?? finished;
    },
    along: work.along ?? [],
    finishCluster: work.finishCluster,
    removes: work.removes === true,
    ended: undefined,
  };
  register(world, operation);
  return operation;
}

function register(world: World, operation: Operation): void {
  world.operations.set(operation.id, operation);
  world.running.add(operation);
  const { pool, cluster } = operation;
  if (pool === undefined) {
    cluster.operation = operation;
    setClusterState(world, operation, operation.kind);
    return;
  }
  pool.operation = operation;
  pool.properties = { ...pool.properties, provisioningState: operation.kind, eTag: world.random.guid() };
}

/** An operation on the cluster changes the eTags of all its pools too. Source: AKS docs, use-etags. */
function setClusterState(world: World, { cluster, along }: Operation, state: string): void {
  const eTag = world.random.guid();
  const properties = own(cluster.resource, 'properties') as JsonObject;
  const known = properties['eTag'] === undefined ? {} : { eTag };
  cluster.resource = {
    ...cluster.resource,
    properties: { ...properties, ...known, provisioningState: state },
    eTag,
  };
  for (const pool of cluster.pools.values()) {
    const goesAlong = along.includes(pool) ? { provisioningState: state } : {};
    pool.properties = { ...pool.properties, ...goesAlong, eTag: world.random.guid() };
  }
}

function removeCluster(world: World, cluster: Cluster): void {
  world.subscriptions
    .get(cluster.subscriptionId.toLowerCase())
    ?.clusters.delete(clusterKey(cluster.resourceGroup, cluster.name));
}

export function endOperation(world: World, operation: Operation, ended: Operation['ended']): void {
  if (ended === undefined || operation.ended !== undefined) return;
  operation.ended = ended;
  world.running.delete(operation);
  const { pool, cluster } = operation;
  if (pool === undefined) {
    if (cluster.operation !== operation) return;
    cluster.operation = undefined;
    cluster.hadOperation = true;
    setClusterState(world, operation, ended.outcome);
    operation.finishCluster?.(ended.outcome);
    if (operation.removes) removeCluster(world, cluster);
    return;
  }
  reimageNodes(pool, operation, ended.at);
  if (pool.operation !== operation) return;
  pool.operation = undefined;
  pool.hadOperation = true;
  if (operation.removes && ended.outcome === 'Succeeded') {
    cluster.pools.delete(pool.name.toLowerCase());
    return;
  }
  const { status: _, ...rest } = pool.properties;
  const failed =
    ended.outcome === 'Failed' && ended.error !== undefined ? { status: { provisioningError: ended.error } } : {};
  const properties = { ...rest, ...failed, provisioningState: ended.outcome, eTag: world.random.guid() };
  pool.properties = operation.finish?.(properties) ?? properties;
  reimageNodes(pool, operation, ended.at);
}

/** Carries out everything that is due by now, in order. */
export function settle(world: World): void {
  const now = world.now();
  const due = [...world.running]
    .filter((operation) => operation.end <= now)
    .sort((left, right) => left.end - right.end);
  for (const operation of due) {
    if (operation.pool !== undefined) operation.pool.reimagedNodes += operation.reimages;
    endOperation(world, operation, { at: operation.end, outcome: operation.outcome, error: operation.error });
  }
}

function operationPath(operation: Operation, kind: 'operations' | 'operationresults'): string {
  return `/subscriptions/${operation.subscriptionId}/providers/Microsoft.ContainerService/locations/${operation.cluster.location}/${kind}/${operation.id}`;
}

export function operationHeaders(
  world: World,
  operation: Operation,
  withLocation: boolean,
): Readonly<Record<string, string>> {
  const query = signedQuery(world, operation);
  const url = (kind: 'operations' | 'operationresults'): string =>
    `${world.origin}${operationPath(operation, kind)}?${query}`;
  return { 'azure-asyncoperation': url('operations'), ...(withLocation ? { location: url('operationresults') } : {}) };
}

/** AKS writes times with seven decimals. */
function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '0000Z');
}

function readable(exchange: Exchange): Operation | Reply {
  const { world, now } = exchange;
  const id = param(exchange, 'operation');
  const operation = world.operations.get(id.toLowerCase());
  const subscription = findSubscription(exchange);
  const expired = operation?.ended !== undefined && operation.ended.at + world.settings.retentionSeconds * 1000 < now;
  if (operation === undefined || expired || operation.subscriptionId.toLowerCase() !== subscription?.id.toLowerCase()) {
    return gatewayError(404, 'EntityNotFound', `The operation '${id}' was not found.`);
  }
  return isSigned(world, operation, exchange.query, exchange.caller.objectId) ? operation : onlyTheCaller();
}

/** Source: the text that callers of ARM report; its status is not recorded. */
export function onlyTheCaller(): Reply {
  return gatewayError(
    403,
    'AuthorizationFailed',
    'Only the original caller of an asynchronous operation is allowed to retrieve the results. The content hash provided in the query params of the request uri does not match the expected hash.',
  );
}

function getOperation(exchange: Exchange): Reply {
  const operation = readable(exchange);
  if ('status' in operation) return operation;
  const { ended } = operation;
  const text = operation.texts.findLast((entry) => entry.from <= exchange.now)?.text ?? 'InProgress';
  return ok({
    name: operation.id,
    status: ended?.outcome ?? text,
    startTime: timestamp(operation.start),
    ...(ended === undefined ? {} : { endTime: timestamp(ended.at) }),
    ...(ended?.error === undefined ? {} : { error: ended.error }),
  });
}

/** Source: recorded abort and delete: 202 while it runs, 204 once it has ended. */
function getOperationResult(exchange: Exchange): Reply {
  const operation = readable(exchange);
  if ('status' in operation) return operation;
  if (operation.ended !== undefined) return reply(204, undefined);
  return reply(202, undefined, { location: exchange.url.href });
}

const location = '/subscriptions/{subscription}/providers/Microsoft.ContainerService/locations/{location}';

export const operationRoutes: readonly Route[] = [
  {
    name: 'operations.get',
    method: 'GET',
    template: `${location}/operations/{operation}`,
    handler: getOperation,
    versions: 'operations',
    action: 'Microsoft.ContainerService/locations/operations/read',
    budget: 'operations.get',
  },
  {
    name: 'operationResults.get',
    method: 'GET',
    template: `${location}/operationresults/{operation}`,
    handler: getOperationResult,
    versions: 'operations',
    action: 'Microsoft.ContainerService/locations/operationresults/read',
    budget: 'operations.get',
  },
];
