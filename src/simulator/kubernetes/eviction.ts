import type { HttpResponse } from '../../core/http.ts';
import { asNumber, asString, at, isJsonObject, type JsonObject } from '../../core/json.ts';
import { deletePod } from './pods.ts';
import type { ResourceRequest } from './request.ts';
import { meets } from './selectors.ts';
import { answer, failure, notFound } from './status.ts';
import { collectionOf, put, type KubernetesState } from './store.ts';

const budgets = 'policy/poddisruptionbudgets';

function budgetsOver(state: KubernetesState, namespace: string, pod: JsonObject): readonly JsonObject[] {
  const labels = at(pod, 'metadata', 'labels');
  const found: JsonObject[] = [];
  for (const [key, { object }] of collectionOf(state, budgets).after(`${namespace}/`)) {
    if (!key.startsWith(`${namespace}/`)) break;
    const selector = at(object, 'spec', 'selector');
    if (isJsonObject(selector) && meets(selector, isJsonObject(labels) ? labels : {})) found.push(object);
  }
  return found;
}

/** Source: the API server's words. */
function tooMany(budget: JsonObject): HttpResponse {
  const name = asString(at(budget, 'metadata', 'name')) ?? '';
  const healthy = String(asNumber(at(budget, 'status', 'currentHealthy')) ?? 0);
  const desired = String(asNumber(at(budget, 'status', 'desiredHealthy')) ?? 0);
  const message = `The disruption budget ${name} needs ${desired} healthy pods and has ${healthy} currently`;
  return failure(429, 'TooManyRequests', "Cannot evict pod as it would violate the pod's disruption budget.", {
    causes: [{ reason: 'DisruptionBudget', message }],
  });
}

/** A pod that is not ready does not count against a budget that is met. Source: Kubernetes, IfHealthyBudget. */
function isFree(pod: JsonObject, budget: JsonObject): boolean {
  const conditions = at(pod, 'status', 'conditions');
  const ready = (Array.isArray(conditions) ? (conditions as readonly JsonObject[]) : []).some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  );
  const healthy = asNumber(at(budget, 'status', 'currentHealthy')) ?? 0;
  return !ready && healthy >= Math.max(1, asNumber(at(budget, 'status', 'desiredHealthy')) ?? 0);
}

/** `pods/NAME/eviction`: what a drain does, and what a dry run of it answers. */
export function evict(asked: ResourceRequest): HttpResponse {
  const { state, namespace = '', name = '', resource, query, now } = asked;
  const pod = collectionOf(state, '/pods').get(`${namespace}/${name}`)?.object;
  if (pod === undefined) return notFound(resource, name);
  const [budget, ...others] = budgetsOver(state, namespace, pod);
  if (others.length > 0)
    return failure(
      500,
      'InternalError',
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
  const allowed = asNumber(at(budget, 'status', 'disruptionsAllowed')) ?? 0;
  const free = budget === undefined || isFree(pod, budget);
  if (!free && allowed <= 0) return tooMany(budget);
  if (query.get('dryRun') !== 'All') {
    if (!free) {
      const status = at(budget, 'status') as JsonObject;
      put(state, budgets, { ...budget, status: { ...status, disruptionsAllowed: allowed - 1 } }, now);
    }
    deletePod(state, `${namespace}/${name}`, undefined, now);
  }
  return answer(201, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 });
}
