import type { HttpResponse } from '../../core/http.ts';
import { asArray, asNumber, asString, at, isJsonObject, own, parseJson, type JsonObject } from '../../core/json.ts';
import { refusesPod } from './admission.ts';
import { matcherOf } from './lists.ts';
import { deletePod, startPod } from './pods.ts';
import type { ResourceRequest } from './request.ts';
import { apiVersionOf, resourcesOf, storeName, type Resource } from './resources.ts';
import { alreadyExists, answer, badRequest, failure, forbidden, invalid, notFound } from './status.ts';
import { tableOf, wantsTable } from './table.ts';
import { collectionOf, put, remove, type KubernetesState } from './store.ts';

function typed(resource: Resource, object: JsonObject): JsonObject {
  return { ...object, kind: resource.kind, apiVersion: apiVersionOf(resource) };
}

function keyIn({ namespace, name }: ResourceRequest): string {
  return `${namespace ?? ''}/${name ?? ''}`;
}

function stored(asked: ResourceRequest): JsonObject | undefined {
  return collectionOf(asked.state, storeName(asked.resource)).get(keyIn(asked))?.object;
}

export function get(asked: ResourceRequest): HttpResponse {
  const { resource, request, name = '', now } = asked;
  const found = stored(asked);
  if (found === undefined) return notFound(resource, name);
  const isTable = wantsTable(request.headers['accept']);
  return answer(200, isTable ? tableOf(resource.kind, {}, [found], now) : typed(resource, found));
}

/** Source: RFC 1123, as the API server spells it. */
const nameRule = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const nameText =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";

/** The object that a body sends, with its name and namespace settled; or why it cannot be. */
function sentObject(asked: ResourceRequest): JsonObject | HttpResponse {
  const { resource, request, namespace, state } = asked;
  const body = parseJson(request.body ?? '');
  if (!isJsonObject(body)) return badRequest(`the object provided is not a valid ${resource.kind}`);
  if ((body['kind'] ?? resource.kind) !== resource.kind || (body['apiVersion'] ?? '') !== apiVersionOf(resource))
    return badRequest(
      `${asString(body['kind']) ?? 'the object'} in version "${asString(body['apiVersion']) ?? ''}" cannot be handled as a ${resource.kind}`,
    );
  const metadata = body['metadata'];
  const given = isJsonObject(metadata) ? metadata : {};
  if (given['namespace'] !== undefined && given['namespace'] !== (namespace ?? ''))
    return badRequest(`the namespace of the provided object does not match the namespace sent on the request`);
  const prefix = asString(given['generateName']);
  const generated = prefix === undefined ? '' : `${prefix}${(state.serial + 46_656).toString(36).padStart(5, 'x')}`;
  const name = asString(given['name']) ?? generated;
  if (name === '') return invalid(resource, '', 'metadata.name: Required value: name or generateName is required');
  if (!nameRule.test(name) || name.length > 253)
    return invalid(resource, name, `metadata.name: Invalid value: "${name}": ${nameText}`);
  const place = namespace === undefined ? {} : { namespace };
  return { ...body, metadata: { ...given, name, ...place } };
}

function isAnswer(value: JsonObject | HttpResponse): value is HttpResponse {
  return typeof value['status'] === 'number';
}

function checkPod(asked: ResourceRequest, pod: JsonObject, name: string): HttpResponse | undefined {
  const { resource, state, world } = asked;
  const containers = asArray(at(pod, 'spec', 'containers'));
  if (containers.length === 0) return invalid(resource, name, 'spec.containers: Required value');
  const nameless = containers.findIndex((each) => (asString(own(each, 'image')) ?? '') === '');
  if (nameless !== -1) return invalid(resource, name, `spec.containers[${String(nameless)}].image: Required value`);
  const refused = refusesPod(state, world.settings.kubernetes, pod);
  if (refused === undefined) return undefined;
  if (refused.plain !== undefined) return failure(403, 'Forbidden', refused.plain, { name, kind: 'pods' });
  return forbidden(resource, name, refused.why ?? '');
}

function isDryRun({ query }: ResourceRequest): boolean {
  return query.get('dryRun') === 'All';
}

export function create(asked: ResourceRequest): HttpResponse {
  const { resource, state, now, namespace, world, cluster } = asked;
  const sent = sentObject(asked);
  if (isAnswer(sent)) return sent;
  const name = asString(at(sent, 'metadata', 'name')) ?? '';
  if (namespace !== undefined && collectionOf(state, '/namespaces').get(`/${namespace}`) === undefined)
    return failure(404, 'NotFound', `namespaces "${namespace}" not found`, { name: namespace, kind: 'namespaces' });
  if (collectionOf(state, storeName(resource)).get(`${namespace ?? ''}/${name}`) !== undefined)
    return alreadyExists(resource, name);
  const isPod = storeName(resource) === '/pods';
  const refused = isPod ? checkPod(asked, sent, name) : undefined;
  if (refused !== undefined) return refused;
  if (isDryRun(asked)) return answer(201, typed(resource, sent));
  const made = isPod ? startPod(world, cluster, state, sent) : put(state, storeName(resource), sent, now).object;
  return answer(201, typed(resource, made));
}

function replace(asked: ResourceRequest, object: JsonObject): HttpResponse {
  const { resource, state, now } = asked;
  if (isDryRun(asked)) return answer(200, typed(resource, object));
  return answer(200, typed(resource, put(state, storeName(resource), object, now).object));
}

export function update(asked: ResourceRequest): HttpResponse {
  const before = stored(asked);
  if (before === undefined) return notFound(asked.resource, asked.name ?? '');
  const sent = sentObject(asked);
  if (isAnswer(sent)) return sent;
  const version = at(sent, 'metadata', 'resourceVersion');
  if (version !== undefined && version !== at(before, 'metadata', 'resourceVersion')) {
    const what = `${asked.resource.plural} "${asked.name ?? ''}"`;
    return failure(
      409,
      'Conflict',
      `Operation cannot be fulfilled on ${what}: the object has been modified; please apply your changes to the latest version and try again`,
    );
  }
  return replace(asked, { ...sent, ...(before['status'] === undefined ? {} : { status: before['status'] }) });
}

/** RFC 7386. Lists are replaced as a whole, in strategic merge patches too (chosen). */
function merged(before: unknown, patch: JsonObject): JsonObject {
  const result: Record<string, JsonObject[string]> = isJsonObject(before) ? { ...before } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) continue;
    if (value === null) delete result[key];
    else result[key] = isJsonObject(value) ? merged(result[key], value) : value;
  }
  return result;
}

const patchTypes = [
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
];

export function patch(asked: ResourceRequest): HttpResponse {
  const { request, resource, name = '' } = asked;
  const type = (request.headers['content-type'] ?? '').split(';')[0] ?? '';
  if (!patchTypes.includes(type))
    return failure(415, 'UnsupportedMediaType', `the body of the request was in an unknown format: ${type}`);
  const body = parseJson(request.body ?? '');
  if (!isJsonObject(body)) return badRequest('the patch is not a JSON object');
  const before = stored(asked);
  if (before === undefined) return type === 'application/apply-patch+yaml' ? create(asked) : notFound(resource, name);
  return replace(asked, merged(before, body));
}

/** What an object owns goes with it. Pods are looked through only for the kinds that make pods. */
function removeOwned(state: KubernetesState, asked: ResourceRequest, uid: unknown): void {
  if (uid === undefined) return;
  for (const resource of resourcesOf(new Set(['cilium']))) {
    const collection = storeName(resource);
    for (const [key, { object }] of collectionOf(state, collection).after('')) {
      const owners = asArray(at(object, 'metadata', 'ownerReferences'));
      if (!owners.some((owner) => own(owner, 'uid') === uid)) continue;
      if (collection === '/pods') deletePod(state, key, undefined, asked.now);
      else remove(state, collection, key);
    }
  }
}

function graceOf({ request, query }: ResourceRequest): number | undefined {
  const given = query.get('gracePeriodSeconds');
  if (given !== null && /^\d+$/.test(given)) return Number(given);
  return asNumber(own(parseJson(request.body ?? ''), 'gracePeriodSeconds'));
}

export function removeOne(asked: ResourceRequest): HttpResponse {
  const { resource, state, name = '', now } = asked;
  const found = stored(asked);
  if (found === undefined) return notFound(resource, name);
  if (isDryRun(asked)) return answer(200, typed(resource, found));
  if (storeName(resource) === '/pods')
    return answer(200, typed(resource, deletePod(state, keyIn(asked), graceOf(asked), now)));
  remove(state, storeName(resource), keyIn(asked));
  if (resource.plural !== 'events') removeOwned(state, asked, at(found, 'metadata', 'uid'));
  return answer(200, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name, kind: resource.plural, uid: at(found, 'metadata', 'uid') ?? '' },
  });
}

export function removeCollection(asked: ResourceRequest): HttpResponse {
  const { resource, state, now } = asked;
  const matches = matcherOf(asked);
  if (typeof matches !== 'function') return matches;
  const found = [...collectionOf(state, storeName(resource)).after('')].filter(([, each]) => matches(each.object));
  for (const [key] of found) {
    if (isDryRun(asked)) continue;
    if (storeName(resource) === '/pods') deletePod(state, key, graceOf(asked), now);
    else remove(state, storeName(resource), key);
  }
  return answer(200, {
    kind: `${resource.kind}List`,
    apiVersion: apiVersionOf(resource),
    metadata: { resourceVersion: String(state.version) },
    items: found.map(([, { object }]) => object),
  });
}
