import { createHash } from 'node:crypto';
import { asString, at, isJsonObject, type JsonObject } from '../../core/json.ts';
import { meets } from './selectors.ts';
import { collectionOf, put, remove, second, type KubernetesState } from './store.ts';

/** Something that runs pods from the start on, as data. */
export interface Workload {
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Pod';
  readonly namespace: string;
  readonly name: string;
  /** Defaults to 1; a DaemonSet has one for each node. */
  readonly replicas?: number;
  /** How many of them are not ready. */
  readonly unready?: number;
  readonly labels?: JsonObject;
  /** Labels of the nodes that it may be on; defaults to Linux. */
  readonly nodes?: JsonObject;
  /** What the pods have beside one container. */
  readonly spec?: JsonObject;
  readonly image?: string;
  /** A budget over its pods. */
  readonly budget?: JsonObject;
}

const longAgo = 20 * 24 * 3600 * 1000;

function labelsOf({ name, labels }: Workload): JsonObject {
  return labels ?? { app: name };
}

function podSpec(workload: Workload, node: string): JsonObject {
  const { name, image = `mcr.microsoft.com/contoso/${name}:1.4.2`, spec = {}, nodes } = workload;
  const resources = { requests: { cpu: '50m', memory: '64Mi' } };
  return {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: 'default',
    schedulerName: 'default-scheduler',
    containers: [{ name: 'main', image, resources }],
    ...(nodes === undefined ? {} : { nodeSelector: nodes }),
    ...spec,
    nodeName: node,
  };
}

function owner(kind: string, apiVersion: string, object: JsonObject): JsonObject {
  const { name, uid } = at(object, 'metadata') as JsonObject;
  return { ownerReferences: [{ apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }] };
}

function podStatus(ready: boolean, started: string, serial: number): JsonObject {
  const value = ready ? 'True' : 'False';
  const address = `10.244.${String(Math.floor(serial / 250) % 200)}.${String((serial % 250) + 2)}`;
  const condition = (type: string, status: string): JsonObject => ({ type, status, lastTransitionTime: started });
  return {
    phase: 'Running',
    qosClass: 'Burstable',
    startTime: started,
    podIP: address,
    podIPs: [{ ip: address }],
    conditions: [
      condition('PodScheduled', 'True'),
      condition('Initialized', 'True'),
      condition('ContainersReady', value),
      condition('Ready', value),
    ],
    containerStatuses: [
      { name: 'main', ready, started: true, restartCount: ready ? 0 : 41, state: { running: { startedAt: started } } },
    ],
  };
}

function fittingNodes(state: KubernetesState, { nodes = { 'kubernetes.io/os': 'linux' }, kind }: Workload): string[] {
  const fitting: string[] = [];
  for (const [key, { object }] of collectionOf(state, '/nodes').after('')) {
    const labels = at(object, 'metadata', 'labels');
    if (!isJsonObject(labels) || !meets({ matchLabels: nodes }, labels)) continue;
    // System pods go to system nodes as well, others not past their taints.
    if (
      kind !== 'DaemonSet' &&
      at(object, 'spec', 'taints') !== undefined &&
      nodes['kubernetes.azure.com/mode'] === undefined
    )
      continue;
    fitting.push(key.slice(1));
  }
  return fitting;
}

/** Letters from a text, as the names of pods end with. */
function suffix(of: string, length = 5): string {
  const letters = 'bcdfghjklmnpqrstvwxz2456789';
  const bytes = createHash('sha256').update(of).digest().subarray(0, length);
  return [...bytes].map((byte) => letters[byte % letters.length]).join('');
}

interface Made {
  readonly metadata: JsonObject;
  readonly names: (index: number, node: string) => string;
}

function makeController(state: KubernetesState, workload: Workload, count: number, now: number): Made {
  const { kind, namespace, name, unready = 0 } = workload;
  if (kind === 'Pod') return { metadata: {}, names: () => name };
  const labels = labelsOf(workload);
  const selector = { matchLabels: labels };
  const template = { metadata: { labels }, spec: podSpec(workload, '') };
  const metadata = { name, namespace, labels, creationTimestamp: second(now - longAgo) };
  const ready = count - unready;
  const counts = { replicas: count, readyReplicas: ready, availableReplicas: ready, updatedReplicas: count };
  const apps = { apiVersion: 'apps/v1' };
  if (kind === 'DaemonSet') {
    const status = { currentNumberScheduled: count, desiredNumberScheduled: count, numberReady: ready };
    const made = put(state, 'apps/daemonsets', { ...apps, kind, metadata, spec: { selector, template }, status }, now);
    return {
      metadata: owner(kind, 'apps/v1', made.object),
      names: (_, node) => `${name}-${suffix(`${name}/${node}`)}`,
    };
  }
  const spec = { replicas: count, selector, template };
  if (kind === 'StatefulSet') {
    const made = put(
      state,
      'apps/statefulsets',
      { ...apps, kind, metadata, spec: { ...spec, serviceName: name }, status: counts },
      now,
    );
    return { metadata: owner(kind, 'apps/v1', made.object), names: (index) => `${name}-${String(index)}` };
  }
  const deployment = put(state, 'apps/deployments', { ...apps, kind, metadata, spec, status: counts }, now);
  const hash = suffix(`${namespace}/${name}`, 9);
  const set = put(
    state,
    'apps/replicasets',
    {
      ...apps,
      kind: 'ReplicaSet',
      metadata: { ...metadata, name: `${name}-${hash}`, ...owner(kind, 'apps/v1', deployment.object) },
      spec,
      status: counts,
    },
    now,
  );
  return {
    metadata: owner('ReplicaSet', 'apps/v1', set.object),
    names: (index) => `${name}-${hash}-${suffix(`${name}/${String(index)}`)}`,
  };
}

/** How many of the pods a budget wants to be healthy. Source: Kubernetes, the disruption controller (rounds up). */
function desiredHealthy(budget: JsonObject, pods: number): number {
  const amount = (value: unknown): number => {
    const text = typeof value === 'number' ? String(value) : (asString(value) ?? '0');
    return text.endsWith('%') ? Math.ceil((Number.parseInt(text, 10) / 100) * pods) : Number.parseInt(text, 10);
  };
  return budget['minAvailable'] === undefined
    ? Math.max(0, pods - amount(budget['maxUnavailable']))
    : amount(budget['minAvailable']);
}

function putBudget(state: KubernetesState, workload: Workload, pods: number, now: number): void {
  const { budget, namespace, name, unready = 0 } = workload;
  if (budget === undefined) return;
  const desired = desiredHealthy(budget, pods);
  const healthy = pods - unready;
  const allowed = Math.max(0, healthy - desired);
  put(
    state,
    'policy/poddisruptionbudgets',
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: `${name}-pdb`, namespace, generation: 1, creationTimestamp: second(now - longAgo) },
      spec: { selector: { matchLabels: labelsOf(workload) }, ...budget },
      status: {
        observedGeneration: 1,
        currentHealthy: healthy,
        desiredHealthy: desired,
        disruptionsAllowed: allowed,
        expectedPods: pods,
        conditions: [
          {
            type: 'DisruptionAllowed',
            status: allowed > 0 ? 'True' : 'False',
            reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
            message: '',
            lastTransitionTime: second(now - longAgo),
          },
        ],
      },
    },
    now,
  );
}

/** Makes a workload with its pods, on the nodes that there are; none if no node fits. */
export function startWorkload(state: KubernetesState, workload: Workload, now: number): void {
  const nodes = fittingNodes(state, workload);
  const wanted = workload.kind === 'DaemonSet' ? nodes.length : (workload.replicas ?? 1);
  const count = nodes.length === 0 ? 0 : wanted;
  const { metadata, names } = makeController(state, workload, count, now);
  const { namespace, unready = 0 } = workload;
  const started = second(now - longAgo);
  const pods = collectionOf(state, '/pods');
  for (let index = 0; index < count; index += 1) {
    const node = nodes[(index + namespace.length) % nodes.length] ?? '';
    const name = names(index, node);
    if (pods.get(`${namespace}/${name}`) !== undefined) continue;
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels: labelsOf(workload), ...metadata, creationTimestamp: started },
      spec: podSpec(workload, node),
      status: podStatus(index >= unready, started, state.serial),
    };
    put(state, '/pods', pod, now);
  }
  putBudget(state, workload, count, now);
}

/**
 * The nodes are others now: pods of the start whose node is gone are started elsewhere, and each new node gets its pods
 * of DaemonSets. Chosen: as if it had taken no time.
 */
export function settleWorkloads(state: KubernetesState, workloads: readonly Workload[], now: number): void {
  const nodes = collectionOf(state, '/nodes');
  for (const [key, { object }] of collectionOf(state, '/pods').after('')) {
    if (state.runs.has(key)) continue;
    const node = asString(at(object, 'spec', 'nodeName'));
    if (node !== undefined && nodes.get(`/${node}`) === undefined) remove(state, '/pods', key);
  }
  for (const workload of workloads) if (workload.kind !== 'Pod') startMissing(state, workload, now);
}

function startMissing(state: KubernetesState, workload: Workload, now: number): void {
  const pods = collectionOf(state, '/pods');
  const own = (): number => {
    let count = 0;
    for (const [key, { object }] of pods.after(`${workload.namespace}/`)) {
      if (!key.startsWith(`${workload.namespace}/`)) break;
      const labels = at(object, 'metadata', 'labels');
      if (isJsonObject(labels) && meets({ matchLabels: labelsOf(workload) }, labels)) count += 1;
    }
    return count;
  };
  const nodes = fittingNodes(state, workload);
  const wanted = workload.kind === 'DaemonSet' ? nodes.length : nodes.length === 0 ? 0 : (workload.replicas ?? 1);
  if (own() !== wanted) startWorkload(state, workload, now);
}
