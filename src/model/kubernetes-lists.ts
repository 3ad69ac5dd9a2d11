import { CliError } from '../core/errors.ts';
import { asArray, asString, at, isJsonObject, own, parseJson, type JsonObject, type JsonValue } from '../core/json.ts';
import { kubectlFailure } from './kubernetes-failure.ts';
import type { Kubectl } from './kubernetes.ts';
import { stringMap } from './node-pool.ts';

export interface KubernetesNode {
  readonly name: string;
  readonly uid: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** `azure:///subscriptions/…/resourceGroups/…/…` */
  readonly providerId: string | undefined;
  readonly ready: boolean;
}

/** Kubernetes supports 5,000 nodes and 150,000 pods. Source: Kubernetes docs, large clusters. */
const maxObjects = 200_000;

/** The token of a list expires within minutes; it is then read again from the start. */
const maxAttempts = 3;

function notReadable(what: string): CliError {
  return new CliError({
    code: 'kubernetes-failed',
    message: `Listing ${what} failed: the answer is not a list of the Kubernetes API.`,
    hints: ['Check what answers at the address of the API server: kubectl cluster-info'],
  });
}

interface ListRequest {
  /** `/api/v1/nodes` */
  readonly path: string;
  /** For messages: `nodes`. */
  readonly what: string;
  readonly labelSelector?: string | undefined;
}

interface Page {
  readonly items: readonly JsonValue[];
  readonly continueWith: string;
}

/** One page; undefined if the token of the list has expired. If a page is too large to print, half the size is used. */
async function readPage(
  kubectl: Kubectl,
  { path, what, labelSelector }: ListRequest,
  continueWith: string,
  size: { limit: number },
): Promise<Page | undefined> {
  for (;;) {
    const query = new URLSearchParams({
      limit: String(size.limit),
      ...(labelSelector === undefined ? {} : { labelSelector }),
      ...(continueWith === '' ? {} : { continue: continueWith }),
    });
    try {
      const result = await kubectl.run(['get', '--raw', `${path}?${query.toString()}`]);
      if (result.exitCode !== 0) {
        if (continueWith !== '' && /Expired|too old|continue parameter/i.test(result.stderr)) return undefined;
        throw kubectlFailure(`Listing ${what}`, result);
      }
      const body = parseJson(result.stdout);
      const items: unknown = own(body, 'items');
      if (!Array.isArray(items)) throw notReadable(what);
      return { items: asArray(items), continueWith: asString(at(body, 'metadata', 'continue')) ?? '' };
    } catch (error) {
      const tooMuch = ['program-output-too-large', 'run-command-output-cut'];
      const isTooMuch = error instanceof CliError && tooMuch.includes(error.code);
      if (!isTooMuch || size.limit === 1) throw error;
      size.limit = Math.ceil(size.limit / 2);
    }
  }
}

/** Undefined if the token of the list expired. */
async function readWhole<T>(
  kubectl: Kubectl,
  request: ListRequest,
  size: { limit: number },
  read: (item: JsonObject) => T | undefined,
): Promise<readonly T[] | undefined> {
  const objects: T[] = [];
  let token = '';
  do {
    const page = await readPage(kubectl, request, token, size);
    if (page === undefined) return undefined;
    for (const item of page.items) {
      const object = isJsonObject(item) ? read(item) : undefined;
      if (object !== undefined) objects.push(object);
    }
    const isEndless = page.continueWith !== '' && page.items.length === 0;
    if (isEndless || objects.length > maxObjects) throw notReadable(request.what);
    token = page.continueWith;
  } while (token !== '');
  return objects;
}

/**
 * All objects of a list, in pages, so that neither kubectl nor the API server holds the whole list. `read` returns
 * undefined for an invalid object.
 */
async function readList<T>(
  kubectl: Kubectl,
  request: ListRequest,
  read: (item: JsonObject) => T | undefined,
): Promise<readonly T[]> {
  const size = { limit: kubectl.pageSize };
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const objects = await readWhole(kubectl, request, size, read);
    if (objects !== undefined) return objects;
  }
  throw notReadable(request.what);
}

function readNode(item: JsonObject): KubernetesNode | undefined {
  const name = asString(at(item, 'metadata', 'name'));
  if (name === undefined || name === '') return undefined;
  return {
    name,
    uid: asString(at(item, 'metadata', 'uid')) ?? '',
    labels: stringMap(at(item, 'metadata', 'labels')),
    annotations: stringMap(at(item, 'metadata', 'annotations')),
    providerId: asString(at(item, 'spec', 'providerID')),
    ready: asArray(at(item, 'status', 'conditions')).some(
      (condition) => own(condition, 'type') === 'Ready' && own(condition, 'status') === 'True',
    ),
  };
}

/** @throws CliError `kubernetes-*`, and the errors of `Kubectl.run`. */
export async function listNodes(kubectl: Kubectl, labelSelector?: string): Promise<readonly KubernetesNode[]> {
  return readList(kubectl, { path: '/api/v1/nodes', what: 'nodes', labelSelector }, readNode);
}

/** A few nodes, to identify their cluster. @throws like `listNodes`. */
export async function someNodes(kubectl: Kubectl): Promise<readonly KubernetesNode[]> {
  const page = await readPage(kubectl, { path: '/api/v1/nodes', what: 'nodes' }, '', { limit: 10 });
  return (page?.items ?? []).flatMap((item) => (isJsonObject(item) ? (readNode(item) ?? []) : []));
}

/** A pod, as far as who waits for it needs to know. */
export interface KubernetesPod {
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  /** Why it is pending or has failed, as the cluster says: `Unschedulable: 0/3 nodes are available`. */
  readonly reason: string | undefined;
}

const phases = ['Pending', 'Running', 'Succeeded', 'Failed'] as const;

/** The first that the cluster gives: of the pod, of its scheduling, of a container that waits. */
function reasonOf(item: JsonObject): string | undefined {
  const status = own(item, 'status');
  const unscheduled = asArray(own(status, 'conditions')).find(
    (condition) => own(condition, 'type') === 'PodScheduled' && own(condition, 'status') === 'False',
  );
  const waiting = asArray(own(status, 'containerStatuses')).flatMap((one) => at(one, 'state', 'waiting') ?? []);
  const source = [status, unscheduled, waiting[0]].find((one) => asString(own(one, 'reason')) !== undefined);
  const words = [asString(own(source, 'reason')), asString(own(source, 'message'))];
  const text = words.filter((word) => word !== undefined && word !== '').join(': ');
  return text === '' ? undefined : text;
}

function readPod(item: JsonObject): KubernetesPod | undefined {
  const name = asString(at(item, 'metadata', 'name'));
  if (name === undefined || name === '') return undefined;
  const phase = asString(at(item, 'status', 'phase'));
  return {
    name,
    annotations: stringMap(at(item, 'metadata', 'annotations')),
    phase: phases.find((one) => one === phase) ?? 'Unknown',
    reason: reasonOf(item),
  };
}

/** @throws as `listNodes` */
export async function listPods(
  kubectl: Kubectl,
  namespace: string,
  labelSelector: string,
): Promise<readonly KubernetesPod[]> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`;
  return readList(kubectl, { path, what: 'pods', labelSelector }, readPod);
}
