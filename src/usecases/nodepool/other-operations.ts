import { CliError } from '../../core/errors.ts';
import { oneLine, shellLine } from '../../core/text.ts';
import type { AzureError } from '../../model/azure-error.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { poolLine, poolName } from '../../model/pool-lines.ts';
import { isRunning } from '../../model/pool-state.ts';
import { follow, stillWaiting } from './follow.ts';
import type { PoolWork } from './work.ts';

/**
 * Pauses between asking Azure again while an operation that the pool does not show holds it up: AKS takes one PUT of a
 * pool a minute.
 */
const pausesMs = [30_000, 60_000, 120_000] as const;

/** What is known of an operation that is in the way. */
export interface InTheWay {
  /** As read last; undefined for a pool that is not there yet. */
  readonly pool: NodePool | undefined;
  /** Azure's refusal; undefined if the reading told. */
  readonly refusal: AzureError | undefined;
  /** The cluster itself shows a running operation. */
  readonly clusterRuns: boolean;
}

/**
 * Whose operation it is: the pool's own, another pool's of the cluster, or the cluster's. AKS names the pool in its
 * refusal ("Another operation (np1 - Updating) is in progress"), or says "managed cluster operation". Source: AKS
 * issues, pending operations.
 */
function ownerOf(ref: PoolRef, { pool, refusal, clusterRuns }: InTheWay): PoolRef | 'cluster' {
  if (pool !== undefined && isRunning(pool)) return ref;
  const said = refusal?.message ?? '';
  const [, named] = /operation \(([a-z][a-z0-9]{0,11}) - \w+\)/.exec(said) ?? [];
  if (named !== undefined) return { ...ref, pool: named };
  return clusterRuns || pool === undefined || /managed cluster operation/i.test(said) ? 'cluster' : ref;
}

/** The lines that wait for the operation of a cluster and end it: they are az's, as the operation is. */
function clusterLines({ subscriptionId, resourceGroup, cluster }: PoolRef): readonly string[] {
  const named = ['-g', resourceGroup, '-n', cluster, '--subscription', subscriptionId];
  return [
    `To wait for it alone: ${shellLine(['az', 'aks', 'wait', '--updated', ...named])}`,
    `To end it: ${shellLine(['az', 'aks', 'operation-abort', ...named])}`,
  ];
}

function busyError(ref: PoolRef, found: InTheWay): CliError {
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
          `To wait for it alone: ${poolLine('wait', owner)}`,
          `To end it (nodes may stay mixed): ${poolLine('operation-abort', owner)}`,
        ];
  return new CliError({
    code: 'operation-in-progress',
    message: what,
    hints: ['Run the same line with --wait-for-operation to wait for it and go on.', ...lines],
    ...(refusal === undefined ? {} : { cause: refusal }),
  });
}

/** Waits, visibly and within one budget of time, for operations that are not ours. */
export class OtherOperations {
  readonly #work: PoolWork;
  readonly #ref: PoolRef;
  readonly #seconds: number | undefined;
  #deadline: number | undefined;
  #started = 0;
  #rounds = 0;

  constructor(work: PoolWork, ref: PoolRef, seconds: number | undefined) {
    this.#work = work;
    this.#ref = ref;
    this.#seconds = seconds;
  }

  /**
   * Until the pool shows no operation; if it showed none to begin with (its cluster's, or a sibling's), or there is no
   * pool yet, a pause. Then everything is to be read and judged again.
   * @throws CliError `operation-in-progress` if waiting was not asked for; `still-waiting` past the time.
   */
  async wait(found: InTheWay): Promise<void> {
    const { clock } = this.#work;
    const left = this.#left(found);
    const before = clock.now();
    if (found.pool === undefined) return this.pause(found);
    await follow(this.#work, {
      ref: this.#ref,
      operation: undefined,
      doing: this.#doing,
      continueWith: this.#continueWith,
      timeoutSeconds: left / 1000,
    });
    if (clock.now() - before < 10_000) await this.pause(found);
  }

  /** A pause, longer from time to time. */
  async pause(found: InTheWay): Promise<void> {
    const { clock, emit, signal } = this.#work;
    const { refusal } = found;
    const pause = Math.min(pausesMs[this.#rounds] ?? 120_000, this.#left(found));
    this.#rounds += 1;
    const why = refusal === undefined ? '' : ` (${oneLine(refusal.message)})`;
    emit({
      type: 'notice',
      level: 'info',
      code: 'operation-in-progress',
      message: `Azure is still busy${why}; asking again in ${String(Math.round(pause / 1000))} s.`,
    });
    await clock.sleep(pause, signal);
  }

  get #doing(): string {
    return `Waiting for another operation on ${poolName(this.#ref)}`;
  }

  get #continueWith(): string {
    return this.#work.continueWith(this.#ref, undefined);
  }

  /** Milliseconds that are left; the time begins with the first wait. */
  #left(found: InTheWay): number {
    if (this.#seconds === undefined) throw busyError(this.#ref, found);
    const now = this.#work.clock.now();
    if (this.#deadline === undefined) {
      this.#started = now;
      this.#deadline = now + this.#seconds * 1000;
    }
    if (now >= this.#deadline) throw stillWaiting(this.#doing, now - this.#started, this.#continueWith);
    return this.#deadline - now;
  }
}
