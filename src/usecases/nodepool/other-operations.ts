import { CliError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import type { AzureError } from '../../model/azure-error.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { poolLine, poolName } from '../../model/pool-lines.ts';
import { follow, stillWaiting } from './follow.ts';
import type { PoolWork } from './work.ts';

/**
 * Pauses between asking Azure again while an operation that the pool does not show holds it up: AKS takes one PUT of a
 * pool a minute.
 */
const pausesMs = [30_000, 60_000, 120_000] as const;

function busyError(ref: PoolRef, pool: NodePool | undefined, refusal: AzureError | undefined): CliError {
  const state = pool?.provisioningState ?? 'running';
  const what =
    refusal === undefined
      ? `Another operation is in progress on ${poolName(ref)} (${oneLine(state)}); nothing was sent.`
      : oneLine(refusal.message);
  return new CliError({
    code: 'operation-in-progress',
    message: what,
    hints: [
      'Run the same line with --wait-for-operation to wait for it and go on.',
      `To wait for it alone: ${poolLine('wait', ref)}`,
      `To end it (nodes may stay mixed): ${poolLine('operation-abort', ref)}`,
    ],
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
  async wait(pool: NodePool | undefined, refusal: AzureError | undefined): Promise<void> {
    const { clock } = this.#work;
    const left = this.#left(pool, refusal);
    const before = clock.now();
    if (pool === undefined) return this.pause(refusal);
    await follow(this.#work, {
      ref: this.#ref,
      operation: undefined,
      doing: this.#doing,
      continueWith: this.#continueWith,
      timeoutSeconds: left / 1000,
    });
    if (clock.now() - before < 10_000) await this.pause(refusal);
  }

  /** A pause, longer from time to time. */
  async pause(refusal: AzureError | undefined): Promise<void> {
    const { clock, emit, signal } = this.#work;
    const pause = Math.min(pausesMs[this.#rounds] ?? 120_000, this.#left(undefined, refusal));
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
  #left(pool: NodePool | undefined, refusal: AzureError | undefined): number {
    if (this.#seconds === undefined) throw busyError(this.#ref, pool, refusal);
    const now = this.#work.clock.now();
    if (this.#deadline === undefined) {
      this.#started = now;
      this.#deadline = now + this.#seconds * 1000;
    }
    if (now >= this.#deadline) throw stillWaiting(this.#doing, now - this.#started, this.#continueWith);
    return this.#deadline - now;
  }
}
