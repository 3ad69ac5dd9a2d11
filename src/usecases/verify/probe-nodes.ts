import type { Emit } from '../../core/events.ts';
import type { Clock, Ids } from '../../core/ports.ts';
import { mapLimited } from '../../core/limit.ts';
import { safeText } from '../../core/redact.ts';
import { runTask } from '../../core/task.ts';
import { count, oneLine } from '../../core/text.ts';
import {
  deadlineAnnotation,
  probePod,
  probeSeconds,
  probeSelector,
  runLabel,
  type DnsPolicy,
} from '../../domain/proof/probe-pod.ts';
import { readProbeLog } from '../../domain/proof/probe-result.ts';
import { judgeProbe } from '../../domain/proof/verdict.ts';
import { kubectlFailure } from '../../model/kubernetes-failure.ts';
import { listPods, type KubernetesNode, type KubernetesPod } from '../../model/kubernetes-lists.ts';
import type { Kubectl } from '../../model/kubernetes.ts';
import type { Evidence } from '../../model/verification.ts';

export interface ProbeOptions {
  readonly namespace: string;
  /** With BusyBox 1.28 or later. */
  readonly image: string;
  /** A name outside the cluster to resolve. */
  readonly externalName: string;
  /** Leave the pods in the cluster. */
  readonly keep: boolean;
}

export interface ProbeDeps {
  readonly kubectl: Kubectl;
  readonly emit: Emit;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly signal: AbortSignal;
}

/** A pod of this run, and its purpose. */
interface Probe {
  readonly name: string;
  readonly nonce: string;
  readonly node: KubernetesNode;
  readonly dnsPolicy: DnsPolicy;
}

/** Nodes that are probed at the same time, with two pods each. */
const nodesAtOnce = 50;
/** To pull an image that a node does not have, and to be scheduled. */
const startSeconds = 90;
const pollMilliseconds = 2000;
const logsAtOnce = 8;
const policies: readonly DnsPolicy[] = ['ClusterFirst', 'Default'];

/** Reasons of a pending pod that waiting does not resolve, and the seconds after which they count as final. */
const finalReasons: readonly (readonly [reason: RegExp, seconds: number])[] = [
  [/^Unschedulable/, 15],
  [/^(?:ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull)/, 45],
  [/^(?:CreateContainerConfigError|CreateContainerError)/, 15],
];

const hasEnded = ({ phase }: KubernetesPod): boolean => phase === 'Succeeded' || phase === 'Failed';

/** Whether a pod created `seconds` ago has ended or will never run. */
function isSettled(pod: KubernetesPod, seconds: number): boolean {
  if (hasEnded(pod)) return true;
  return finalReasons.some(([reason, after]) => seconds >= after && reason.test(pod.reason ?? ''));
}

class ProbeRun {
  readonly #deps: ProbeDeps;
  readonly #options: ProbeOptions;
  readonly #id: string;

  constructor(deps: ProbeDeps, options: ProbeOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#id = deps.ids.uuid().slice(0, 8);
  }

  get #selector(): string {
    return `${runLabel}=${this.#id}`;
  }

  probesOf(nodes: readonly KubernetesNode[], from: number): readonly Probe[] {
    return nodes.flatMap((node, index) =>
      policies.map((dnsPolicy) => {
        const number = (from + index) * 2 + policies.indexOf(dnsPolicy);
        return {
          name: `aks-localdns-probe-${this.#id}-${String(number)}`,
          nonce: this.#deps.ids.uuid().replaceAll('-', ''),
          node,
          dnsPolicy,
        };
      }),
    );
  }

  /** Creates the pods. Pods that the cluster refuses are missing afterwards; returns its messages about them. */
  async create(probes: readonly Probe[]): Promise<string> {
    const { namespace, image, externalName } = this.#options;
    const deadline = new Date(this.#deps.clock.now() + (startSeconds + probeSeconds) * 2000).toISOString();
    const items = probes.map(({ name, nonce, node, dnsPolicy }) =>
      probePod({ name, namespace, node, dnsPolicy, nonce, run: this.#id, deadline, image, externalName }),
    );
    const stdin = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    const { stderr } = await this.#deps.kubectl.run(['apply', '--validate=false', '-f', '-'], {
      stdin,
      timeoutSeconds: 120,
    });
    return stderr;
  }

  /** The pods, when all have ended or waiting is of no use. */
  async ended(): Promise<readonly KubernetesPod[]> {
    const { clock, kubectl, signal } = this.#deps;
    const made = clock.now();
    for (;;) {
      const pods = await listPods(kubectl, this.#options.namespace, this.#selector);
      const seconds = (clock.now() - made) / 1000;
      if (seconds >= startSeconds + probeSeconds || pods.every((pod) => isSettled(pod, seconds))) return pods;
      await clock.sleep(pollMilliseconds, signal);
    }
  }

  /** The output of the pods. */
  async logs(pods: readonly KubernetesPod[]): Promise<string> {
    const { kubectl } = this.#deps;
    const { namespace } = this.#options;
    const ended = pods.filter(hasEnded);
    const options = ['--namespace', namespace, '--container', 'probe', '--tail=-1'];
    // One more request instead of one per pod; older versions of kubectl fail at a pod that has not started.
    const all = ended.length === pods.length;
    const targets = all ? [['--selector', this.#selector, '--ignore-errors=true']] : ended.map(({ name }) => [name]);
    const results = await mapLimited(targets, logsAtOnce, async (target) =>
      kubectl.run(['logs', ...options, ...target]),
    );
    const failed = results.find(({ exitCode, stdout }) => exitCode !== 0 && stdout === '');
    if (failed !== undefined) throw kubectlFailure('Reading the logs of the probe pods', failed);
    return results.map(({ stdout }) => stdout).join('\n');
  }

  /** Removes the pods of this run, also when the command was interrupted. */
  async remove(): Promise<void> {
    if (this.#options.keep) return;
    const { kubectl, emit } = this.#deps;
    const { namespace } = this.#options;
    const args = ['delete', 'pods', '--namespace', namespace, '--selector', this.#selector];
    const result = await kubectl
      .run([...args, '--wait=false', '--grace-period=0', '--ignore-not-found=true'], { evenIfInterrupted: true })
      .catch((error: unknown) => ({ exitCode: 1, stdout: '', stderr: error instanceof Error ? error.message : '' }));
    if (result.exitCode === 0) return;
    emit({
      type: 'notice',
      level: 'warning',
      code: 'probe-pods-left',
      message: `The probe pods could not be removed: ${safeText(result.stderr, 200)} Remove them with: kubectl ${args.join(' ')}`,
    });
  }
}

/** Removes pods of earlier runs that were killed. */
async function removeLeftOver({ kubectl, clock, emit }: ProbeDeps, namespace: string): Promise<void> {
  const pods = await listPods(kubectl, namespace, probeSelector);
  const old = pods.filter(({ annotations }) => Date.parse(annotations[deadlineAnnotation] ?? '') < clock.now());
  if (old.length === 0) return;
  const names = old.map(({ name }) => name);
  await kubectl.run(['delete', 'pods', '--namespace', namespace, '--wait=false', '--ignore-not-found=true', ...names]);
  emit({
    type: 'notice',
    level: 'info',
    code: 'probe-pods-removed',
    message: `Removed ${count(old.length, 'probe pod')} that an earlier run had left in the namespace ${namespace}.`,
  });
}

/** The result of one pod, as evidence about its node. */
function evidenceOf(probe: Probe, pod: KubernetesPod | undefined, logs: string, refusal: string): Evidence {
  const source = `pod with dnsPolicy ${probe.dnsPolicy}`;
  const nothing = (why: string): Evidence => ({
    level: 2,
    source,
    says: 'unknown',
    sure: false,
    seen: safeText(oneLine(why), 300),
  });
  if (pod === undefined) return nothing(`the pod was refused: ${refusal === '' ? 'no reason given' : refusal}`);
  const result = readProbeLog(logs, probe.nonce);
  if (result === undefined) {
    const state = hasEnded(pod) ? 'the pod printed no result' : `the pod is ${pod.phase}`;
    return nothing(pod.reason === undefined ? state : `${state}: ${pod.reason}`);
  }
  const { verdict, certain, evidence } = judgeProbe(result);
  return { level: 2, source, says: verdict, sure: certain, seen: evidence.join(', ') };
}

/** The part of kubectl's output about a pod; matches the whole name, because other names may begin with it. */
function refusalOf(stderr: string, name: string): string {
  return stderr.split('\n').find((line) => line.includes(`"${name}"`)) ?? stderr.split('\n')[0] ?? '';
}

/**
 * Level 2: queries DNS from two pods on each node, one per dnsPolicy, and removes them. A batch of nodes takes one
 * request to create its pods, one every two seconds, one for all logs and one to remove them.
 * @throws CliError `kubernetes-*`; InterruptedError, after the pods are removed
 */
export async function probeNodes(
  deps: ProbeDeps,
  nodes: readonly KubernetesNode[],
  options: ProbeOptions,
): Promise<ReadonlyMap<string, readonly Evidence[]>> {
  const found = new Map<string, readonly Evidence[]>();
  const ready = nodes.filter((node) => node.ready);
  if (ready.length === 0) return found;
  await removeLeftOver(deps, options.namespace);
  const task = 'Asking DNS from pods';
  return runTask(
    deps.emit,
    { task, message: `${task} on ${count(ready.length, 'node')}` },
    async (report) => {
      for (let from = 0; from < ready.length; from += nodesAtOnce) {
        const batch = ready.slice(from, from + nodesAtOnce);
        const run = new ProbeRun(deps, options);
        const probes = run.probesOf(batch, from);
        try {
          const refusals = await run.create(probes);
          const pods = await run.ended();
          const logs = await run.logs(pods);
          for (const node of batch) {
            const mine = probes.filter((probe) => probe.node === node);
            found.set(
              node.name,
              mine.map((probe) => {
                const pod = pods.find(({ name }) => name === probe.name);
                return evidenceOf(probe, pod, logs, refusalOf(refusals, probe.name));
              }),
            );
          }
        } finally {
          await run.remove();
        }
        if (from + nodesAtOnce < ready.length)
          report(`${task}: ${String(found.size)} of ${count(ready.length, 'node')}`);
      }
      return {
        value: found,
        outcome: 'succeeded',
        message: `${task}: ${count(found.size, 'node')}${options.keep ? '' : ', pods removed'}`,
      };
    },
    () => ({ outcome: 'failed', message: `${task} failed` }),
  );
}
