import { ConnectionLost, type HttpRequest, type HttpResponse } from '../../core/http.ts';
import { asString, at, isWord } from '../../core/json.ts';
import { kubernetesAudience, kubernetesPath } from '../arm/kubernetes-endpoint.ts';
import { clusterKey } from '../arm/lookup.ts';
import { callerOf } from '../arm/token.ts';
import type { Cluster, World } from '../world.ts';
import { mayDo, reviewAccess } from './access.ts';
import { discover } from './discovery.ts';
import { evict } from './eviction.ts';
import { eventsSince, list, watch } from './lists.ts';
import { nodeProxy } from './node-proxy.ts';
import { deriveNodes } from './nodes.ts';
import { create, get, patch, removeCollection, removeOne, update } from './objects.ts';
import { logOf, loseNodes, movePods } from './pods.ts';
import { provisionNodes } from './provisioned-nodes.ts';
import { isWatch, verbOf, type ResourceHandler, type ResourceRequest } from './request.ts';
import { findResource, type Features } from './resources.ts';
import { fillCluster, settleCluster } from './sample.ts';
import { badRequest, failure, forbidden, noSuchPath, notFound, text } from './status.ts';
import { collectionOf, emptyState, type KubernetesState } from './store.ts';

function featuresOf(cluster: Cluster): Features {
  const isCilium = isWord(at(cluster.resource, 'properties', 'networkProfile', 'networkDataplane'), 'cilium');
  return new Set(isCilium ? ['cilium'] : []);
}

/** The cluster's state as of now; made from the pools and the sample when it is first asked for. */
function stateOf(world: World, cluster: Cluster): KubernetesState {
  const key = kubernetesPath(cluster).toLowerCase();
  const known = world.kubernetes.get(key);
  const state = known ?? emptyState();
  if (known === undefined) world.kubernetes.set(key, state);
  const changes = deriveNodes(world, cluster, state);
  loseNodes(state, changes.lost);
  if (known === undefined) {
    provisionNodes(world, cluster, state);
    fillCluster(world, cluster, state);
  } else if (changes.others) settleCluster(world, cluster, state);
  movePods(state, world.now());
  return state;
}

function segmentsOf(path: string): readonly string[] | undefined {
  try {
    return path
      .split('/')
      .filter((word) => word !== '')
      .map((word) => decodeURIComponent(word));
  } catch {
    return undefined;
  }
}

interface Asked {
  readonly cluster: Cluster;
  readonly path: readonly string[];
  readonly url: URL;
}

function askedOf(world: World, request: HttpRequest): Asked | undefined {
  const url = new URL(request.url);
  const [, subscription = '', group = '', name = '', ...path] = segmentsOf(url.pathname) ?? [];
  const cluster = world.subscriptions.get(subscription.toLowerCase())?.clusters.get(clusterKey(group, name));
  return cluster === undefined ? undefined : { cluster, path, url };
}

/** `api/v1/namespaces/NS/pods/NAME/log` and the like; undefined for a path that names no resource. */
function resourceRequest(
  world: World,
  request: HttpRequest,
  { cluster, path, url }: Asked,
  state: KubernetesState,
): ResourceRequest | undefined {
  const [group, version, words] =
    path[0] === 'api' ? ['', path[1] ?? '', path.slice(2)] : [path[1] ?? '', path[2] ?? '', path.slice(3)];
  const inNamespace = words[0] === 'namespaces' && words.length > 2 && words[2] !== 'status';
  const [plural = '', name, subresource = '', ...rest] = inNamespace ? words.slice(2) : words;
  const resource = findResource(featuresOf(cluster), group, version, plural);
  if (resource === undefined || resource.namespaced !== inNamespace) {
    // All namespaces of a namespaced resource can be listed, not written to.
    if (resource?.namespaced !== true || name !== undefined) return undefined;
  }
  const namespace = inNamespace ? words[1] : undefined;
  const common = { world, cluster, state, now: world.now(), request, query: url.searchParams };
  return { ...common, resource, namespace, name, subresource, rest };
}

function podLog(asked: ResourceRequest): HttpResponse {
  const { state, query, now, resource, namespace = '', name = '' } = asked;
  const key = `${namespace}/${name}`;
  if (collectionOf(state, '/pods').get(key) === undefined) return notFound(resource, name);
  const found = logOf(state, key, query.get('container') ?? undefined, now);
  return 'log' in found ? text(200, found.log) : badRequest(found.refused);
}

const subresources: Readonly<Record<string, ResourceHandler>> = {
  'nodes/proxy': nodeProxy,
  'pods/log': podLog,
  'pods/eviction': evict,
};

const handlers: Readonly<Record<string, ResourceHandler>> = {
  get,
  list,
  watch,
  create,
  update,
  patch,
  delete: removeOne,
  deletecollection: removeCollection,
};

function handlerOf(asked: ResourceRequest, verb: string): ResourceHandler | undefined {
  if (asked.subresource === '') return handlers[verb];
  if (asked.subresource === 'status') return verb === 'get' ? get : handlers[verb];
  return subresources[`${asked.resource.plural}/${asked.subresource}`];
}

/** Source: the API server's words for a permission that is missing. */
function denied(
  { resource, namespace, name = '', subresource }: ResourceRequest,
  verb: string,
  user: string,
): HttpResponse {
  const what = subresource === '' ? resource.plural : `${resource.plural}/${subresource}`;
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const why = `User "${user}" cannot ${verb} resource "${what}" in API group "${resource.group}" ${where}`;
  return forbidden(resource, name, why);
}

function isAllowed(asked: ResourceRequest): boolean {
  const { world, resource, subresource } = asked;
  const what = subresource === '' ? resource.plural : `${resource.plural}/${subresource}`;
  return mayDo(world.settings.kubernetes, verbOf(asked), what);
}

function answerResource(asked: ResourceRequest, user: string): HttpResponse {
  const verb = verbOf(asked);
  if (!isAllowed(asked)) return denied(asked, verb, user);
  const handler = handlerOf(asked, verb);
  if (handler !== undefined) return handler(asked);
  return failure(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');
}

/** @throws ConnectionLost if the cluster is stopped: nothing listens then. */
export function answerKubernetes(world: World, request: HttpRequest): HttpResponse {
  const asked = askedOf(world, request);
  if (asked === undefined) return noSuchPath();
  const { cluster, path } = asked;
  if (isWord(at(cluster.resource, 'properties', 'powerState', 'code'), 'Stopped'))
    throw new ConnectionLost('connect ECONNREFUSED', 'ECONNREFUSED');
  if (path.length === 1 && ['healthz', 'livez', 'readyz'].includes(path[0] ?? '')) return text(200, 'ok');
  const caller = callerOf(world, request.headers['authorization'], [kubernetesAudience]);
  if (caller === undefined) return failure(401, 'Unauthorized', 'Unauthorized');
  const version = asString(at(cluster.resource, 'properties', 'currentKubernetesVersion')) ?? '1.33.4';
  const discovered = request.method === 'GET' ? discover(featuresOf(cluster), version, path) : undefined;
  if (discovered !== undefined) return discovered;
  if (request.method === 'POST' && path.join('/') === 'apis/authorization.k8s.io/v1/selfsubjectaccessreviews')
    return reviewAccess(world.settings.kubernetes, request);
  const resource = resourceRequest(world, request, asked, stateOf(world, cluster));
  return resource === undefined ? noSuchPath() : answerResource(resource, caller.name);
}

/** Whether a request waits for something that has not happened: a watch without events, a log that is followed. */
export function isWaiting(world: World, request: HttpRequest): boolean {
  const asked = askedOf(world, request);
  if (asked === undefined || request.method !== 'GET') return false;
  const { searchParams } = asked.url;
  const follows = searchParams.get('follow') === 'true';
  if (!follows && !isWatch(searchParams)) return false;
  if (callerOf(world, request.headers['authorization'], [kubernetesAudience]) === undefined) return false;
  const resource = resourceRequest(world, request, asked, stateOf(world, asked.cluster));
  if (resource === undefined || !isAllowed(resource)) return false;
  if (follows) {
    const run = resource.state.runs.get(`${resource.namespace ?? ''}/${resource.name ?? ''}`);
    return (
      run !== undefined && run.ends !== Number.POSITIVE_INFINITY && run.starts <= world.now() && run.ends > world.now()
    );
  }
  const events = eventsSince(resource);
  return Array.isArray(events) && events.length === 0;
}
