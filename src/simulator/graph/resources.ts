import { createHash } from 'node:crypto';
import { asArray, asNumber, asString, isJsonObject, own, parseJson, type JsonValue } from '../../core/json.ts';
import type { Exchange, Route } from '../arm/exchange.ts';
import { managementGroupNamed, subscriptionsUnder } from '../arm/management-groups.ts';
import { ok, type Reply } from '../arm/reply.ts';
import type { GraphSnapshot, Subscription, World } from '../world.ts';
import { accessDenied, badRequest, invalidQuery } from './errors.ts';
import { parseQuery } from './parse.ts';
import { takeQuery } from './quota.ts';
import { runStages } from './run.ts';
import { QueryRefused } from './syntax.ts';
import { tableOf } from './tables.ts';

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function checkInput(exchange: Exchange): Reply | undefined {
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

function names(body: JsonValue | undefined, key: string): readonly string[] | undefined {
  const found = asArray(own(body, key)).flatMap((item) => asString(item) ?? []);
  return found.length === 0 ? undefined : found;
}

/** The subscriptions that are asked for and may be read. The others are silently left out. */
function scopeOf(world: World, body: JsonValue | undefined): readonly Subscription[] {
  const { grants, deniedSubscriptions } = world.settings;
  if (grants.length === 0) return [];
  const asked = names(body, 'subscriptions');
  const groups = names(body, 'managementGroups');
  const ids = new Set((asked ?? []).map((id) => id.toLowerCase()));
  for (const name of groups ?? []) {
    const group = managementGroupNamed(world, name);
    for (const id of group === undefined ? [] : subscriptionsUnder(world, group)) ids.add(id.toLowerCase());
  }
  const everything = asked === undefined && groups === undefined;
  return [...world.subscriptions.values()].filter(
    ({ id }) => (everything || ids.has(id.toLowerCase())) && !deniedSubscriptions.has(id.toLowerCase()),
  );
}

interface Page {
  readonly top: number;
  readonly skip: number;
  /** Of the first page, if this is a further one. */
  readonly snapshot: GraphSnapshot | undefined;
}

function tokenFor(snapshot: string, skip: number, top: number): string {
  return Buffer.from(JSON.stringify({ $id: '1', MaxRows: top, RowsToSkip: skip, Snapshot: snapshot })).toString(
    'base64',
  );
}

function pageOf(exchange: Exchange, key: string): Page | Reply {
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

/** The id of a snapshot, kept for the pages that follow. */
function keep({ graph: { snapshots } }: World, id: string, snapshot: GraphSnapshot): string {
  const known = [...snapshots].find(([, one]) => one === snapshot)?.[0];
  if (known !== undefined) return known;
  snapshots.set(id, snapshot);
  for (const oldest of snapshots.keys()) {
    if (snapshots.size <= maxSnapshots) break;
    snapshots.delete(oldest);
  }
  return id;
}

function run(exchange: Exchange, readable: readonly Subscription[], key: string): GraphSnapshot {
  const { world, body } = exchange;
  const { subscriptionLimit, truncateAt } = world.settings.graph;
  const query = parseQuery(asString(own(body, 'query')) ?? '');
  const table = tableOf(world, query.table, readable.slice(0, subscriptionLimit));
  const { columns, rows } = runStages(table, query.stages);
  if (truncateAt !== undefined) return { key, rows: rows.slice(0, truncateAt), total: rows.length, pages: false };
  // Source: Resource Graph docs, paging: without an id among the columns there is no token.
  return { key, rows, total: rows.length, pages: columns.has('id') };
}

function answer(exchange: Exchange, readable: readonly Subscription[], key: string, page: Page): Reply {
  const { world, now } = exchange;
  const snapshot = page.snapshot ?? run(exchange, readable, key);
  const { rows, pages, total } = snapshot;
  const end = page.skip + page.top;
  const data = rows.slice(page.skip, end);
  const more = rows.length > end;
  const token = (): string =>
    tokenFor(keep(world, sha256(`${key} ${String(now)}`).slice(0, 32), snapshot), end, page.top);
  const truncated = more ? !pages : total > rows.length;
  return ok(
    {
      totalRecords: total,
      count: data.length,
      data,
      facets: [],
      resultTruncated: truncated ? 'true' : 'false',
      ...(more && pages ? { $skipToken: token() } : {}),
    },
    readable.length > world.settings.graph.subscriptionLimit ? { 'x-ms-tenant-subscription-limit-hit': 'true' } : {},
  );
}

function query(exchange: Exchange): Reply {
  const problem = checkInput(exchange);
  if (problem !== undefined) return problem;
  const { world, body, caller } = exchange;
  const readable = scopeOf(world, body);
  if (readable.length === 0) return accessDenied(exchange);
  const asked = [caller.objectId, own(body, 'query'), own(body, 'subscriptions'), own(body, 'managementGroups')];
  const key = sha256(JSON.stringify(asked));
  const page = pageOf(exchange, key);
  if ('status' in page) return page;
  try {
    return answer(exchange, readable, key, page);
  } catch (error) {
    if (error instanceof QueryRefused) return invalidQuery(exchange, asString(own(body, 'query')) ?? '', error);
    throw error;
  }
}

/** Every query counts against the quota, even further pages and refused ones. */
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
