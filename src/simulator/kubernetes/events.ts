import { asString, at, type JsonObject } from '../../core/json.ts';
import { put, second, type KubernetesState } from './store.ts';

/** Writes down what happened to a pod, as scheduler and kubelet do. */
export function recordEvent(
  state: KubernetesState,
  pod: JsonObject,
  now: number,
  reason: string,
  message: string,
  component: string,
  type: 'Normal' | 'Warning' = 'Normal',
): void {
  const name = asString(at(pod, 'metadata', 'name')) ?? '';
  const namespace = asString(at(pod, 'metadata', 'namespace')) ?? '';
  const event: JsonObject = {
    kind: 'Event',
    apiVersion: 'v1',
    metadata: { name: `${name}.${(state.version + 1).toString(16).padStart(16, '0')}`, namespace },
    involvedObject: { kind: 'Pod', apiVersion: 'v1', namespace, name, uid: at(pod, 'metadata', 'uid') ?? '' },
    reason,
    message,
    type,
    source: { component },
    reportingComponent: component,
    reportingInstance: '',
    firstTimestamp: second(now),
    lastTimestamp: second(now),
    count: 1,
  };
  put(state, '/events', event, now);
}
