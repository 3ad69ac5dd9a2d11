import { asString, at, isWord } from '../../core/json.ts';
import type { Operation, Pool, PoolNode, PoolNodes } from '../world.ts';
import { nodeCount } from './node-count.ts';

/** When the nodes of the start were made, before the world began. */
const age = 30 * 24 * 3600 * 1000;

function wanted(pool: Pool): Pick<PoolNode, 'localDns' | 'image'> {
  const { properties } = pool;
  return {
    localDns: isWord(at(properties, 'localDNSProfile', 'state'), 'Enabled'),
    image: asString(properties['nodeImageVersion']) ?? '',
  };
}

/** How many nodes an operation has reimaged by a time. Chosen: evenly over its duration. */
function reimagedBy(operation: Operation, time: number): number {
  if (operation.end === Number.POSITIVE_INFINITY) return 0;
  const elapsed = (time - operation.start) / Math.max(1, operation.end - operation.start);
  return Math.floor(operation.reimages * Math.min(1, Math.max(0, elapsed)));
}

/** The nodes of a pool as they are now: reimaged ones carry what the pool asks for, the others what they had. */
export function nodesOf(pool: Pool, now: number): PoolNodes {
  const stopped = isWord(at(pool.properties, 'powerState', 'code'), 'Stopped');
  const count = stopped ? 0 : nodeCount(pool.properties);
  const created = pool.nodes === undefined ? now - age : now;
  const nodes = (pool.nodes ??= { list: [], version: 0 });
  if (nodes.list.length !== count) {
    nodes.version += 1;
    nodes.list.length = Math.min(nodes.list.length, count);
    while (nodes.list.length < count)
      nodes.list.push({ number: nodes.list.length, created, reimaged: created, operation: '', ...wanted(pool) });
  }
  if (pool.operation !== undefined) reimageNodes(pool, pool.operation, now);
  return nodes;
}

/** Carries out what an operation has done to the nodes by a time. */
export function reimageNodes(pool: Pool, operation: Operation, time: number): void {
  const { nodes } = pool;
  if (nodes === undefined || operation.reimages === 0) return;
  for (const node of nodes.list.slice(0, reimagedBy(operation, time))) {
    if (node.operation === operation.id && node.image === wanted(pool).image) continue;
    Object.assign(node, { ...wanted(pool), operation: operation.id, reimaged: time });
    nodes.version += 1;
  }
}

/** All nodes are as the pool asks for, after an operation on the whole cluster. */
export function imageAll(pool: Pool, time: number): void {
  const { nodes } = pool;
  if (nodes === undefined) return;
  for (const node of nodes.list) Object.assign(node, { ...wanted(pool), reimaged: time });
  nodes.version += 1;
}
