import { CliError } from '../../core/errors.ts';
import { oneLine, shellLine } from '../../core/text.ts';
import type { AzureError } from '../../model/azure-error.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { poolLine, poolName } from '../../model/pool-command.ts';
import { follow, stillWaiting } from './follow.ts';
import type { PoolDeps } from './pool-deps.ts';

/**
 * Pauses between retries while an operation that the pool does not show is in progress. AKS accepts one PUT of a pool
 * per minute.
 */
const pausesMs = [30_000, 60_000, 120_000] as const;

/** What is known about an operation that blocks the change. */
export interface BlockingOperation {
  /** The latest reading; undefined for a pool that does not exist yet. */
  readonly pool: NodePool | undefined;
  /** Azure's error; undefined if the pool itself shows the operation. */
  readonly refusal: AzureError | undefined;
  /** The cluster itself shows a running operation. */
  readonly clusterRuns: boolean;
}

/**
 * Whose operation it is: the pool's own, another pool's of the cluster, or the cluster's. AKS names the pool in its
 * refusal ("Another operation (np1 - Updating) is in progress"), or mentions a "managed cluster operation". Pools that
 * an operation of the cluster changes show its state too. Source: AKS issues, pending operations.
 */
function ownerOf(ref: PoolRef, { pool, refusal, clusterRuns }: BlockingOperation): PoolRef | 'cluster' {
  const message = refusal?.message ?? '';
  const [, named] = /operation \(([a-z][a-z0-9]{0,11}) - \w+\)/.exec(message) ?? [];
  if (named !== undefined) return { ...ref, pool: named };
  return clusterRuns || pool === undefined || /managed cluster operation/i.test(message) ? 'cluster' : ref;
}

/** Commands that wait for and abort the operation of a cluster. Only az has them. */
function clusterLines({ subscriptionId, resourceGroup, cluster }: PoolRef): readonly string[] {
  const named = ['-g', resourceGroup, '-n', cluster, '--subscription', subscriptionId];
  return [
    `To wait for it: ${shellLine(['az', 'aks', 'wait', '--updated', ...named])}`,
    `To abort it: ${shellLine(['az', 'aks', 'operation-abort', ...named])}`,
  ];
}

function busyError(ref: PoolRef, found: BlockingOperation): CliError {
  const { pool, refusal } = found;
  const owner = ownerOf(ref, found);
  const what =
    refusal === undefined
      ? `Another operation is in progress on ${poolName(ref)} (${oneLine(pool?.provisioningState ?? 'running')}); nothing was sent.`
      : oneLine(refusal.message);
  const lines =
    owner === 'cluster'
      ? clusterLines(ref)
      : [
          `To wait for it: ${poolLine('wait', owner)}`,
          `To abort it (nodes may stay mixed): ${poolLine('operation-abort', owner)}`,
        ];
  return new CliError({
    code: 'operation-in-progress',
    message: what,
    hints: ['Run the same command with --wait-for-operation to wait for it and continue.', ...lines],
    ...(refusal === undefined ? {} : { cause: refusal }),
  });
}

/** Waits for the operations of others, with progress and within one time limit. */
export class OtherOperations {
  readonly #deps: PoolDeps;
  readonly #ref: PoolRef;
  readonly #seconds: number | undefined;
  #deadline: number | undefined;
  #started = 0;
  #rounds = 0;

  constructor(deps: PoolDeps, ref: PoolRef, seconds: number | undefined) {
    this.#deps = deps;
    this.#ref = ref;
    this.#seconds = seconds;
  }

  /**
   * Waits until the pool shows no operation. If it shows none because the operation is on the cluster or another pool,
   * or if the pool does not exist yet, pauses instead. The caller then reads and judges again.
   * @throws CliError `operation-in-progress` if waiting was not requested; `still-waiting` after the time limit.
   */
  async wait(found: BlockingOperation): Promise<void> {
    const { clock } = this.#deps;
    const left = this.#left(found);
    const before = clock.now();
    if (found.pool === undefined) return this.pause(found);
    await follow(this.#deps, {
      ref: this.#ref,
      operation: undefined,
      doing: this.#doing,
      continueWith: this.#continueWith,
      timeoutSeconds: left / 1000,
    });
    if (clock.now() - before < 10_000) await this.pause(found);
  }

  /** Pauses, longer each time. */
  async pause(found: BlockingOperation): Promise<void> {
    const { clock, emit, signal } = this.#deps;
    const { refusal } = found;
    const pause = Math.min(pausesMs[this.#rounds] ?? 120_000, this.#left(found));
    this.#rounds += 1;
    const why = refusal === undefined ? '' : ` (${oneLine(refusal.message)})`;
    emit({
      type: 'notice',
      level: 'info',
      code: 'operation-in-progress',
      message: `Another operation is still in progress${why}; retrying in ${String(Math.round(pause / 1000))} s.`,
    });
    await clock.sleep(pause, signal);
  }

  get #doing(): string {
    return `Waiting for another operation on ${poolName(this.#ref)}`;
  }

  get #continueWith(): string {
    return this.#deps.continueWith(this.#ref, undefined);
  }

  /** The remaining milliseconds; the time starts with the first wait. */
  #left(found: BlockingOperation): number {
    if (this.#seconds === undefined) throw busyError(this.#ref, found);
    const now = this.#deps.clock.now();
    if (this.#deadline === undefined) {
      this.#started = now;
      this.#deadline = now + this.#seconds * 1000;
    }
    if (now >= this.#deadline) throw stillWaiting(this.#doing, now - this.#started, this.#continueWith);
    return this.#deadline - now;
  }
}
