import type { HttpResponse } from '../../core/http.ts';
import { asString, isJsonObject, own, parseJson, type JsonObject } from '../../core/json.ts';
import type { ResourceRequest } from './request.ts';
import { apiVersionOf, storeName, type Resource } from './resources.ts';
import { fieldSelector, labelSelector } from './selectors.ts';
import { answer, badRequest } from './status.ts';
import { tableOf, wantsTable } from './table.ts';
import { collectionOf, keyOf, type Stored } from './store.ts';

type Matcher = (object: JsonObject) => boolean;

/** Which objects a list, a watch or a deletion of a collection is about. */
export function matcherOf({ query, resource, namespace }: ResourceRequest): Matcher | HttpResponse {
  const labels = labelSelector(query.get('labelSelector') ?? '');
  if (labels === undefined)
    return badRequest(`unable to parse requirement: invalid label selector "${query.get('labelSelector') ?? ''}"`);
  const fields = fieldSelector(resource.kind, query.get('fieldSelector') ?? '');
  if ('unknown' in fields) return badRequest(`field label not supported: ${fields.unknown}`);
  const inside: Matcher = namespace === undefined ? () => true : (object) => keyOf(object).startsWith(`${namespace}/`);
  return (object) => inside(object) && labels(object) && fields(object);
}

/** What is in a list, without the type that the list itself names. */
function item(stored: Stored): JsonObject {
  const { kind: _, apiVersion: __, ...rest } = stored.object;
  return rest;
}

function typed(resource: Resource, stored: Stored): JsonObject {
  return { kind: resource.kind, apiVersion: apiVersionOf(resource), ...item(stored) };
}

/** The key after which a page begins: it is in the token of the page before. */
function startOf(token: string): string | undefined {
  return asString(own(parseJson(Buffer.from(token, 'base64url').toString('utf8')), 'start'));
}

/** The objects that match, a page at a time. Chosen: each page shows what is there when it is asked for. */
export function list(asked: ResourceRequest): HttpResponse {
  const matches = matcherOf(asked);
  if (typeof matches !== 'function') return matches;
  const { resource, state, query, namespace } = asked;
  const token = query.get('continue') ?? '';
  const start = token === '' ? (namespace === undefined ? '' : `${namespace}/`) : startOf(token);
  if (start === undefined) return badRequest('continue key is not valid');
  const limit = Number(query.get('limit') ?? 0);
  const items: JsonObject[] = [];
  let last = '';
  let more = false;
  for (const [key, stored] of collectionOf(state, storeName(resource)).after(start)) {
    if (namespace !== undefined && !key.startsWith(`${namespace}/`)) break;
    if (!matches(stored.object)) continue;
    if (limit > 0 && items.length === limit) {
      more = true;
      break;
    }
    items.push(item(stored));
    last = key;
  }
  const version = { resourceVersion: String(state.version) };
  const next = { continue: Buffer.from(JSON.stringify({ start: last })).toString('base64url') };
  const metadata = more ? { ...version, ...next } : version;
  if (wantsTable(asked.request.headers['accept']))
    return answer(200, tableOf(resource.kind, metadata, items, asked.now));
  return answer(200, { kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata, items });
}

/** Whether anything happened since the version that a watch names. */
export function eventsSince(asked: ResourceRequest): readonly JsonObject[] | HttpResponse {
  const matches = matcherOf(asked);
  if (typeof matches !== 'function') return matches;
  const { resource, state, query } = asked;
  const since = Number(query.get('resourceVersion') ?? '0');
  const events: { readonly version: number; readonly event: JsonObject }[] = [];
  for (const [, stored] of collectionOf(state, storeName(resource)).after('')) {
    if (stored.version <= since || !matches(stored.object)) continue;
    const type = stored.created > since ? 'ADDED' : 'MODIFIED';
    events.push({ version: stored.version, event: { type, object: typed(resource, stored) } });
  }
  for (const { resource: name, version, object } of state.tombstones) {
    if (name !== storeName(resource) || version <= since || !matches(object)) continue;
    const last = { ...object, metadata: { ...(object['metadata'] as JsonObject), resourceVersion: String(version) } };
    events.push({ version, event: { type: 'DELETED', object: last } });
  }
  return events.sort((left, right) => left.version - right.version).map(({ event }) => event);
}

/** A watch that ends at once, as the API server may end one at any time: what happened so far, one event a line. */
export function watch(asked: ResourceRequest): HttpResponse {
  const events = eventsSince(asked);
  if ('status' in events) return events;
  const { request, resource, now } = asked;
  const shown = ({ type, object }: JsonObject): JsonObject =>
    wantsTable(request.headers['accept']) && isJsonObject(object)
      ? { type, object: tableOf(resource.kind, {}, [object], now) }
      : { type, object };
  const body = events.map((event) => `${JSON.stringify(shown(event))}\n`).join('');
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
}
