import {
  asArray,
  asNumber,
  asString,
  at,
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../../core/json.ts';
import type { Cluster, World } from '../world.ts';
import { recordEvent } from './events.ts';
import { dnsServiceIp, isWindowsNode } from './nodes.ts';
import { probeLog, type Resolver } from './probe-log.ts';
import { placePod, type Placement } from './scheduling.ts';
import { collectionOf, keyOf, put, remove, second, type KubernetesState, type NodeDns } from './store.ts';

const off: NodeDns = { on: false, fault: undefined, full: false, reimaged: 0 };

/** Source: AKS: what the kubelet writes for a dnsPolicy, with LocalDNS on the node and without. */
function resolverOf(cluster: Cluster, pod: JsonObject, on: boolean): Resolver {
  const namespace = asString(at(pod, 'metadata', 'namespace')) ?? 'default';
  const host = at(pod, 'spec', 'hostNetwork') === true;
  const policy = asString(at(pod, 'spec', 'dnsPolicy')) ?? 'ClusterFirst';
  const config = at(pod, 'spec', 'dnsConfig');
  const words = (field: string): readonly string[] =>
    asArray(own(config, field)).flatMap((each) => asString(each) ?? []);
  if (policy === 'None') return { nameservers: words('nameservers'), search: words('searches'), ndots: 1 };
  const fromNode = policy === 'Default' || (policy === 'ClusterFirst' && host);
  const resolver = fromNode
    ? { nameservers: [on ? '169.254.10.10' : '168.63.129.16'], search: ['internal.cloudapp.net'], ndots: 1 }
    : {
        nameservers: [on ? '169.254.10.11' : dnsServiceIp(cluster)],
        search: [`${namespace}.svc.cluster.local`, 'svc.cluster.local', 'cluster.local'],
        ndots: 5,
      };
  return {
    ...resolver,
    nameservers: [...new Set([...resolver.nameservers, ...words('nameservers')])],
    search: [...resolver.search, ...words('searches')],
  };
}

function containerNames(pod: JsonObject): readonly string[] {
  return asArray(at(pod, 'spec', 'containers')).flatMap((each) => asString(own(each, 'name')) ?? []);
}

/** The value of `PROBE_NONCE` in the container `probe`; undefined for other pods. */
function probeNonce(pod: JsonObject): string | undefined {
  const container = asArray(at(pod, 'spec', 'containers')).find((each) => own(each, 'name') === 'probe');
  const variable = asArray(own(container, 'env')).find((each) => own(each, 'name') === 'PROBE_NONCE');
  return asString(own(variable, 'value'));
}

/** What the container prints before it ends, and how long it runs. Chosen: any other pod says one line and ends. */
function workOf(world: World, cluster: Cluster, pod: JsonObject, dns: NodeDns): { line: string; milliseconds: number } {
  const nonce = probeNonce(pod);
  if (nonce === undefined)
    return { line: `${asString(at(pod, 'metadata', 'name')) ?? 'pod'}: done`, milliseconds: 1000 };
  const resolver = resolverOf(cluster, pod, dns.on && !world.settings.kubernetes.oldPods);
  return probeLog({ nonce, resolver, node: dns, hostNetwork: at(pod, 'spec', 'hostNetwork') === true });
}

interface Phase {
  readonly phase: string;
  readonly container: JsonObject;
  readonly ready: boolean;
}

function withStatus(pod: JsonObject, now: number, phase: Phase, more: JsonObject = {}): JsonObject {
  const status = at(pod, 'status');
  const ready = phase.ready ? 'True' : 'False';
  const condition = (type: string, value: string): JsonObject => ({
    type,
    status: value,
    lastProbeTime: null,
    lastTransitionTime: second(now),
    ...(phase.phase === 'Succeeded' ? { reason: 'PodCompleted' } : {}),
  });
  const images = asArray(at(pod, 'spec', 'containers'));
  return {
    ...pod,
    status: {
      ...(isJsonObject(status) ? status : {}),
      phase: phase.phase,
      conditions: [
        condition('Initialized', 'True'),
        condition('Ready', ready),
        condition('ContainersReady', ready),
        { type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: second(now) },
      ],
      containerStatuses: containerNames(pod).map((name, index) => ({
        name,
        image: own(images[index], 'image') ?? '',
        imageID: '',
        ready: phase.ready,
        restartCount: 0,
        started: phase.ready,
        state: phase.container,
        lastState: {},
      })),
      ...more,
    },
  };
}

function unschedulable(pod: JsonObject, now: number, message: string): JsonObject {
  return {
    ...pod,
    status: {
      phase: 'Pending',
      qosClass: 'Burstable',
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          lastProbeTime: null,
          lastTransitionTime: second(now),
          reason: 'Unschedulable',
          message,
        },
      ],
    },
  };
}

function rejected(pod: JsonObject, now: number, placement: Extract<Placement, { rejected: string }>): JsonObject {
  const { rejected: reason, message } = placement;
  return { ...pod, status: { phase: 'Failed', qosClass: 'Burstable', reason, message, startTime: second(now) } };
}

/** Source: the defaults of the API server that clients read back. */
function withDefaults(pod: JsonObject): JsonObject {
  const spec = at(pod, 'spec') as JsonObject;
  return {
    ...pod,
    spec: {
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      serviceAccountName: 'default',
      schedulerName: 'default-scheduler',
      enableServiceLinks: true,
      priority: 0,
      ...spec,
    },
    status: { phase: 'Pending', qosClass: 'Burstable' },
  };
}

function onNode(pod: JsonObject, node: string): JsonObject {
  return { ...pod, spec: { ...(at(pod, 'spec') as JsonObject), nodeName: node } };
}

/** Takes a new pod in: schedules it, and lays down what becomes of it. */
export function startPod(world: World, cluster: Cluster, state: KubernetesState, sent: JsonObject): JsonObject {
  const now = world.now();
  const pod = withDefaults(sent);
  const placement = placePod(state, pod);
  if ('unschedulable' in placement) {
    const waiting = put(state, '/pods', unschedulable(pod, now, placement.unschedulable), now).object;
    recordEvent(state, waiting, now, 'FailedScheduling', placement.unschedulable, 'default-scheduler', 'Warning');
    return waiting;
  }
  const node = collectionOf(state, '/nodes').get(`/${placement.node}`)?.object;
  const placed = onNode(pod, placement.node);
  if ('rejected' in placement) {
    const failed = put(state, '/pods', rejected(placed, now, placement), now).object;
    recordEvent(state, failed, now, placement.rejected, placement.message, 'kubelet', 'Warning');
    return failed;
  }
  const creating = withStatus(placed, now, {
    phase: 'Pending',
    container: { waiting: { reason: 'ContainerCreating' } },
    ready: false,
  });
  const stored = put(state, '/pods', creating, now).object;
  if (at(sent, 'spec', 'nodeName') === undefined) {
    const message = `Successfully assigned ${keyOf(stored)} to ${placement.node}`;
    recordEvent(state, stored, now, 'Scheduled', message, 'default-scheduler');
  }
  // A node that does not exist: the pod waits for it.
  if (node !== undefined) plan(world, cluster, state, stored, node);
  return stored;
}

function plan(world: World, cluster: Cluster, state: KubernetesState, pod: JsonObject, node: JsonObject): void {
  const now = world.now();
  const name = asString(at(node, 'metadata', 'name')) ?? '';
  const key = keyOf(pod);
  const starts = now + world.settings.kubernetes.podStart * 1000;
  state.moving.add(key);
  if (world.settings.kubernetes.registryUnreachable || isWindowsNode(node)) {
    state.runs.set(key, { node: name, starts, ends: Number.POSITIVE_INFINITY, log: '', exitCode: 0, pulls: false });
    return;
  }
  const { line, milliseconds } = workOf(world, cluster, pod, state.dns.get(name) ?? off);
  const keepsOn = asString(at(pod, 'spec', 'restartPolicy')) === 'Always';
  const ends = keepsOn ? Number.POSITIVE_INFINITY : starts + milliseconds;
  state.runs.set(key, { node: name, starts, ends, log: `${line}\n`, exitCode: 0, pulls: true });
}

function imageOf(pod: JsonObject): string {
  return asString(own(asArray(at(pod, 'spec', 'containers'))[0], 'image')) ?? '';
}

/** Source: kubelet and containerd, a registry that cannot be reached. */
function pullFailed(pod: JsonObject): JsonObject {
  const image = imageOf(pod);
  return {
    waiting: {
      reason: 'ImagePullBackOff',
      message: `Back-off pulling image "${image}": ErrImagePull: failed to pull and unpack image "${image}": failed to resolve reference: dial tcp: i/o timeout`,
    },
  };
}

function podIp(state: KubernetesState): string {
  return `10.244.${String(200 + ((state.serial >> 8) % 50))}.${String(state.serial % 256)}`;
}

function hostIp(state: KubernetesState, node: string): JsonValue {
  return (
    at(asArray(at(collectionOf(state, '/nodes').get(`/${node}`)?.object, 'status', 'addresses'))[0], 'address') ?? ''
  );
}

function step(state: KubernetesState, key: string, now: number): void {
  const pod = collectionOf(state, '/pods').get(key)?.object;
  const run = state.runs.get(key);
  if (pod === undefined || run === undefined) {
    state.moving.delete(key);
    return;
  }
  if (now < run.starts) return;
  const phase = asString(at(pod, 'status', 'phase'));
  if (!run.pulls) {
    state.moving.delete(key);
    put(
      state,
      '/pods',
      withStatus(pod, run.starts, { phase: 'Pending', container: pullFailed(pod), ready: false }),
      now,
    );
    recordEvent(state, pod, run.starts, 'Failed', `Failed to pull image "${imageOf(pod)}"`, 'kubelet', 'Warning');
    return;
  }
  const startedAt = second(run.starts);
  if (now >= run.ends) {
    state.moving.delete(key);
    const terminated = { exitCode: run.exitCode, reason: 'Completed', startedAt, finishedAt: second(run.ends) };
    const ended: Phase = { phase: 'Succeeded', container: { terminated }, ready: false };
    put(state, '/pods', withStatus(pod, run.ends, ended, { startTime: startedAt }), now);
  } else if (phase === 'Pending') {
    const hostIP = hostIp(state, run.node);
    const address = at(pod, 'spec', 'hostNetwork') === true ? hostIP : podIp(state);
    const more = { startTime: startedAt, hostIP, hostIPs: [{ ip: hostIP }], podIP: address, podIPs: [{ ip: address }] };
    const running: Phase = { phase: 'Running', container: { running: { startedAt } }, ready: true };
    put(state, '/pods', withStatus(pod, run.starts, running, more), now);
    if (run.ends === Number.POSITIVE_INFINITY) state.moving.delete(key);
  }
}

function dropPod(state: KubernetesState, key: string): void {
  remove(state, '/pods', key);
  state.runs.delete(key);
  state.moving.delete(key);
  state.leaving.delete(key);
}

/** Carries out what is due by now: pods start, end and go. */
export function movePods(state: KubernetesState, now: number): void {
  for (const key of state.moving) step(state, key, now);
  for (const [key, at] of state.leaving) if (at <= now) dropPod(state, key);
}

/** Pods of nodes that were reimaged or went away are gone, if they were made through the API. */
export function loseNodes(state: KubernetesState, nodes: readonly string[]): void {
  if (nodes.length === 0) return;
  const gone = new Set(nodes);
  for (const [key, { node }] of state.runs) if (gone.has(node)) dropPod(state, key);
}

/** How long a container takes to end when it is told to. */
const endsWithin = 1;

/** @param grace seconds; undefined for the pod's own */
export function deletePod(state: KubernetesState, key: string, grace: number | undefined, now: number): JsonObject {
  const pod = collectionOf(state, '/pods').get(key)?.object ?? {};
  const seconds = grace ?? asNumber(at(pod, 'spec', 'terminationGracePeriodSeconds')) ?? 30;
  const ended = ['Succeeded', 'Failed'].includes(asString(at(pod, 'status', 'phase')) ?? '');
  if (seconds === 0 || ended || at(pod, 'spec', 'nodeName') === undefined) {
    dropPod(state, key);
    return pod;
  }
  if (!state.leaving.has(key)) state.leaving.set(key, now + Math.min(seconds, endsWithin) * 1000);
  const marks = { deletionTimestamp: second(now + seconds * 1000), deletionGracePeriodSeconds: seconds };
  return put(state, '/pods', { ...pod, metadata: { ...(at(pod, 'metadata') as JsonObject), ...marks } }, now).object;
}

/** A pod's log, or why there is none yet. */
export function logOf(
  state: KubernetesState,
  key: string,
  container: string | undefined,
  now: number,
): { readonly log: string } | { readonly refused: string } {
  const [, name = ''] = key.split('/');
  const pod = collectionOf(state, '/pods').get(key)?.object;
  const run = state.runs.get(key);
  const names = containerNames(pod ?? {});
  const chosen = container ?? names[0] ?? '';
  if (container === undefined && names.length > 1)
    return {
      refused: `a container name must be specified for pod ${name}, choose one of: [${names.join(' ')}]`,
    };
  if (!names.includes(chosen)) return { refused: `container ${chosen} is not valid for pod ${name}` };
  if (run === undefined) {
    // A pod of the start: it has long been running, and says nothing.
    if (at(pod, 'status', 'phase') === 'Running') return { log: '' };
    return { refused: `pod ${name} does not have a host assigned` };
  }
  if (!run.pulls)
    return { refused: `container "${chosen}" in pod "${name}" is waiting to start: trying and failing to pull image` };
  if (now < run.starts)
    return { refused: `container "${chosen}" in pod "${name}" is waiting to start: ContainerCreating` };
  return { log: now >= run.ends || run.ends === Number.POSITIVE_INFINITY ? run.log : '' };
}
