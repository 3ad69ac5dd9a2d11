import { asArray, asString, at, isJsonObject, own, type JsonObject } from '../../core/json.ts';
import { meets } from './selectors.ts';
import { collectionOf, type KubernetesState, type Stored } from './store.ts';

function labelsOf(node: JsonObject): JsonObject {
  const labels = at(node, 'metadata', 'labels');
  return isJsonObject(labels) ? labels : {};
}

function nameOf(node: JsonObject): string {
  return asString(at(node, 'metadata', 'name')) ?? '';
}

/** `matchFields` knows metadata.name only. */
function meetsTerm(term: unknown, node: JsonObject): boolean {
  const expressions = asArray(own(term, 'matchExpressions'));
  const named = asArray(own(term, 'matchFields'));
  if (expressions.length + named.length === 0) return false;
  return (
    meets({ matchExpressions: expressions }, labelsOf(node)) &&
    meets(
      { matchExpressions: named.map((each) => (isJsonObject(each) ? { ...each, key: 'name' } : each)) },
      { name: nameOf(node) },
    )
  );
}

function wants(pod: JsonObject, node: JsonObject): boolean {
  const selector = at(pod, 'spec', 'nodeSelector');
  if (isJsonObject(selector) && !meets({ matchLabels: selector }, labelsOf(node))) return false;
  const required = at(pod, 'spec', 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  return !isJsonObject(required) || asArray(required['nodeSelectorTerms']).some((term) => meetsTerm(term, node));
}

function tolerates(pod: JsonObject, taint: unknown): boolean {
  return asArray(at(pod, 'spec', 'tolerations')).some((toleration) => {
    const [key, effect] = [own(toleration, 'key'), own(toleration, 'effect')];
    if (effect !== undefined && effect !== '' && effect !== own(taint, 'effect')) return false;
    if (own(toleration, 'operator') === 'Exists') return key === undefined || key === '' || key === own(taint, 'key');
    return key === own(taint, 'key') && (own(toleration, 'value') ?? '') === (own(taint, 'value') ?? '');
  });
}

/** The taints of a node that keep a pod away; of the given effects. */
function untolerated(pod: JsonObject, node: JsonObject, effects: readonly string[]): readonly JsonObject[] {
  return asArray(at(node, 'spec', 'taints')).filter(
    (taint): taint is JsonObject =>
      isJsonObject(taint) && effects.includes(asString(taint['effect']) ?? '') && !tolerates(pod, taint),
  );
}

function taintText(taint: JsonObject): string {
  return `{${asString(taint['key']) ?? ''}: ${asString(taint['value']) ?? ''}}`;
}

export type Placement =
  | { readonly node: string }
  /** The scheduler finds no node, and says why. */
  | { readonly unschedulable: string }
  /** The kubelet of the named node refuses it. */
  | { readonly node: string; readonly rejected: string; readonly message: string };

/** A pod that names its node passes the scheduler by: only the kubelet judges it, by room and by NoExecute taints. */
function placedByName(pod: JsonObject, node: Stored | undefined, name: string, full: boolean): Placement {
  if (node === undefined) return { node: name };
  const [taint] = untolerated(pod, node.object, ['NoExecute']);
  if (taint !== undefined)
    return { node: name, rejected: 'TaintToleration', message: 'Predicate TaintToleration failed' };
  if (full) {
    const message =
      "Pod was rejected: Node didn't have enough resource: cpu, requested: 10, used: 3860, capacity: 3860";
    return { node: name, rejected: 'OutOfcpu', message };
  }
  return { node: name };
}

/** Where a pod goes. Texts: scheduler and kubelet of Kubernetes 1.33. */
export function placePod(state: KubernetesState, pod: JsonObject): Placement {
  const nodes = collectionOf(state, '/nodes');
  const named = asString(at(pod, 'spec', 'nodeName')) ?? '';
  if (named !== '') return placedByName(pod, nodes.get(`/${named}`), named, state.dns.get(named)?.full === true);
  const reasons = new Map<string, number>();
  const count = (reason: string): void => void reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const windows = asString(at(pod, 'spec', 'os', 'name')) === 'windows';
  for (const [, { object }] of nodes.after('')) {
    const [taint] = untolerated(pod, object, ['NoSchedule', 'NoExecute']);
    if (!wants(pod, object)) count("node(s) didn't match Pod's node affinity/selector");
    else if (own(labelsOf(object), 'kubernetes.io/os') === 'windows' && !windows)
      count("node(s) didn't match Pod's os");
    else if (taint !== undefined) count(`node(s) had untolerated taint ${taintText(taint)}`);
    else if (state.dns.get(nameOf(object))?.full === true) count('Insufficient cpu');
    else return { node: nameOf(object) };
  }
  const total = [...reasons.values()].reduce((sum, each) => sum + each, 0);
  const why = [...reasons]
    .map(([reason, nodesOfIt]) => `${String(nodesOfIt)} ${reason}`)
    .sort()
    .join(', ');
  const preemption = `preemption: 0/${String(total)} nodes are available: ${String(total)} Preemption is not helpful for scheduling.`;
  return { unschedulable: `0/${String(total)} nodes are available: ${why}. ${preemption}` };
}
