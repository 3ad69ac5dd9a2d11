import { createHash } from 'node:crypto';
import { asNumber, asString, isJsonObject, own, parseJson, type JsonObject } from '../../core/json.ts';
import type { Exchange, Route } from '../arm/exchange.ts';
import { ok, type Reply } from '../arm/reply.ts';
import type { GraphSnapshot, World } from '../world.ts';
import { accessDenied, badRequest, invalidQuery } from './errors.ts';
import { parseQuery } from './parse.ts';
import { takeQuery } from './quota.ts';
import { runStages } from './run.ts';
import { scopeOf, type GraphScope } from './scope.ts';
import { QueryRefused } from './syntax.ts';
import { tableOf } from './tables.ts';

interface Paging {
  readonly top: number;
  readonly skip: number;
  readonly snapshot: GraphSnapshot | undefined;
}

function inputProblem(exchange: Exchange): Reply | undefined {
  const { body } = exchange;
  if (!isJsonObject(body) || asString(own(body, 'query')) === undefined)
    return badRequest(exchange, 'InvalidInput', "The request needs a body with a 'query'.");
  if (own(body, 'facets') !== undefined)
    return badRequest(exchange, 'InvalidInput', 'Facets are not known to this simulator.');
  const format = own(own(body, 'options'), 'resultFormat') ?? 'objectArray';
  return format === 'objectArray'
    ? undefined
    : badRequest(exchange, 'InvalidInput', 'No resultFormat but objectArray is known to this simulator.');
}

function tokenFor(snapshot: string, skip: number, top: number): string {
  return Buffer.from(JSON.stringify({ $id: '1', MaxRows: top, RowsToSkip: skip, Snapshot: snapshot })).toString(
    'base64',
  );
}

function pagingOf(exchange: Exchange, key: string): Paging | Reply {
  const options = own(exchange.body, 'options');
  const top = own(options, '$top') ?? 100;
  if (typeof top !== 'number' || !Number.isInteger(top) || top < 1 || top > 1000)
    return badRequest(exchange, 'InvalidInput', "'$top' must be a whole number between 1 and 1000.");
  const rows = Math.min(top, exchange.world.settings.graph.largestPage);
  const token = own(options, '$skipToken');
  if (token === undefined || token === null)
    return { top: rows, skip: asNumber(own(options, '$skip')) ?? 0, snapshot: undefined };
  const content = parseJson(Buffer.from(asString(token) ?? '', 'base64').toString());
  const snapshot = exchange.world.graph.snapshots.get(asString(own(content, 'Snapshot')) ?? '');
  const skip = asNumber(own(content, 'RowsToSkip'));
  if (snapshot?.key !== key || skip === undefined)
    return badRequest(
      exchange,
      'InvalidSkipToken',
      "The '$skipToken' does not belong to this query and scope, or is too old.",
    );
  return { top: rows, skip, snapshot };
}

/** Enough for every series of pages that runs at once. */
const maxSnapshots = 32;

function keepSnapshot({ graph: { snapshots } }: World, id: string, snapshot: GraphSnapshot): void {
  snapshots.set(id, snapshot);
  for (const oldest of snapshots.keys()) {
    if (snapshots.size <= maxSnapshots) break;
    snapshots.delete(oldest);
  }
}

function evaluate(exchange: Exchange, scope: GraphScope, key: string): GraphSnapshot {
  const { world, body } = exchange;
  const query = parseQuery(asString(own(body, 'query')) ?? '');
  const { columns, rows } = runStages(tableOf(world, query.table, scope.subscriptions), query.stages);
  const { truncateAt } = world.settings.graph;
  if (truncateAt !== undefined) return { key, rows: rows.slice(0, truncateAt), total: rows.length, pages: false };
  // Source: Resource Graph docs, paging: without an id among the columns there is no token.
  return { key, rows, total: rows.length, pages: columns.has('id') };
}

function answer(exchange: Exchange, scope: GraphScope, key: string, paging: Paging): Reply {
  const { world } = exchange;
  const snapshot = paging.snapshot ?? evaluate(exchange, scope, key);
  const { rows, pages, total } = snapshot;
  const end = paging.skip + paging.top;
  const data = rows.slice(paging.skip, end);
  const more = rows.length > end;
  let next: JsonObject = {};
  if (more && pages) {
    const id = createHash('sha256')
      .update(`${key} ${String(exchange.now)}`)
      .digest('hex')
      .slice(0, 32);
    const known = [...world.graph.snapshots].find(([, one]) => one === snapshot)?.[0];
    if (known === undefined) keepSnapshot(world, id, snapshot);
    next = { $skipToken: tokenFor(known ?? id, end, paging.top) };
  }
  const truncated = more ? !pages : total > rows.length;
  return ok(
    {
      totalRecords: total,
      count: data.length,
      data,
      facets: [],
      resultTruncated: truncated ? 'true' : 'false',
      ...next,
    },
    scope.limitHit ? { 'x-ms-tenant-subscription-limit-hit': 'true' } : {},
  );
}

function query(exchange: Exchange): Reply {
  const problem = inputProblem(exchange);
  if (problem !== undefined) return problem;
  const { world, body, caller } = exchange;
  const scope = scopeOf(world, body);
  if (scope === undefined) return accessDenied(exchange);
  const asked = [caller.objectId, own(body, 'query'), own(body, 'subscriptions'), own(body, 'managementGroups')];
  const key = createHash('sha256').update(JSON.stringify(asked)).digest('hex');
  const paging = pagingOf(exchange, key);
  if ('status' in paging) return paging;
  try {
    return answer(exchange, scope, key, paging);
  } catch (error) {
    if (error instanceof QueryRefused) return invalidQuery(exchange, asString(own(body, 'query')) ?? '', error);
    throw error;
  }
}

/** Every query counts, those for further pages and those that are refused too. */
function resources(exchange: Exchange): Reply {
  const { headers, refused } = takeQuery(exchange);
  if (refused !== undefined) return refused;
  const reply = query(exchange);
  return { ...reply, headers: { ...headers, ...reply.headers } };
}

export const graphRoutes: readonly Route[] = [
  {
    name: 'graph.resources',
    method: 'POST',
    template: '/providers/Microsoft.ResourceGraph/resources',
    handler: resources,
    versions: 'resourceGraph',
  },
];
