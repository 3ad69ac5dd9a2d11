import type { Emit } from '../../../core/events.ts';
import type { Clock } from '../../../core/ports.ts';
import { isAzureError, type AzureError } from '../../../model/azure-error.ts';
import type { Cluster } from '../../../model/cluster.ts';
import { clusterId, clusterKey, type ClusterRef, type PoolRef } from '../../../model/ids.ts';
import type { NodePool } from '../../../model/node-pool.ts';
import type { OperationHandle, OperationStatus } from '../../../model/operation.ts';
import type { ObserveOptions } from '../../../model/ports.ts';
import type { ArmAnswer } from '../arm/answer.ts';
import { retryReason, worthRetrying } from '../arm/retry.ts';
import { clusterPath, pathOf, poolPath } from '../arm/urls.ts';
import { budgets, type Budgets, type BudgetName } from './budgets.ts';
import { fromOperation, fromPool } from './readings.ts';

type Source = OperationStatus['source'];

/** Single reads, one request each, without retries. */
export interface Reads {
  operation(subscriptionId: string, url: string, signal: AbortSignal): Promise<ArmAnswer>;
  cluster(ref: ClusterRef, signal: AbortSignal): Promise<Cluster>;
  pool(ref: PoolRef, signal: AbortSignal): Promise<NodePool>;
}

/** A single pool is read soon, then every few seconds. */
const maxPollSeconds = 10;
const pollSeconds = [2, 3, 5, 8, maxPollSeconds] as const;
/**
 * The number of consecutive failed readings to tolerate: of the status URL before the cluster is read instead, and of
 * the last source before it is an error.
 */
const maxFailedReads = { operation: 5, last: 40 } as const;
/** ARM's own limit. Source: ARM RPC, asynchronous operations: Retry-After 10 to 600 s. */
const maxRetryAfterSeconds = 600;
/** For this long after a write was accepted, an earlier `Succeeded` may still be read. */
const settleMs = 30_000;
/** Observers of pools in one cluster share readings that are at most this old. */
const shareMs = 5000;

const budgetOf: Readonly<Record<Source, BudgetName>> = { operation: 'operation', cluster: 'cluster', pool: 'other' };

interface Reading {
  readonly status: OperationStatus | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** Why there is no status: the reading is repeated. */
  readonly failed?: AzureError;
}

/** The state of one observer between readings. */
interface Watch {
  readonly ref: PoolRef;
  readonly operation: OperationHandle | undefined;
  readonly started: number;
  readonly signal: AbortSignal;
  source: Source;
  failures: number;
  sawRunning: boolean;
  /** When the last cluster reading used for this observer was requested; the next one must be newer. */
  servedAt: number;
}

/** Subscription and region of a status URL; the pool's subscription if the URL has another form. */
function operationKey(watch: Watch): string {
  const place = /\/subscriptions\/([^/]+)\/providers\/[^/]+\/locations\/([^/]+)\//i.exec(
    watch.operation?.url.reveal() ?? '',
  );
  return place === null ? watch.ref.subscriptionId : `${place[1] ?? ''} ${place[2] ?? ''}`;
}

function keyOf(watch: Watch, source: Source): string {
  if (source === 'operation') return operationKey(watch);
  return source === 'cluster' ? clusterId(watch.ref) : watch.ref.subscriptionId;
}

/** The source to read after a failed reading; undefined means that it is an error. */
function sourceAfter(source: Source, error: AzureError, failures: number): Source | undefined {
  const passes = worthRetrying(error);
  if (source === 'operation') {
    // An unreadable status says nothing about the operation. Source: ARM RPC, asynchronous operations.
    if (error.class === 'not-signed-in') return undefined;
    return passes && failures < maxFailedReads.operation ? 'operation' : 'cluster';
  }
  if (passes) return failures < maxFailedReads.last ? source : undefined;
  return source === 'cluster' && (error.class === 'not-permitted' || error.class === 'not-found') ? 'pool' : undefined;
}

/** All observers in this process, within Azure's budgets: the more there are, the less often each one reads. */
export class Scheduler {
  readonly #clock: Clock;
  readonly #emit: Emit;
  readonly #budgets: Budgets;
  readonly #reads: Reads;
  readonly #inFlight = new Map<string, number>();
  readonly #clusters = new Map<string, { readonly at: number; readonly reading: Promise<Cluster> }>();

  constructor(clock: Clock, emit: Emit, budgets: Budgets, reads: Reads) {
    this.#clock = clock;
    this.#emit = emit;
    this.#budgets = budgets;
    this.#reads = reads;
  }

  /**
   * Readings until a terminal one or the deadline. Without an operation the first is immediate. Each observer has its
   * own signal, because Node warns about hundreds of listeners on one.
   */
  async *observe(
    ref: PoolRef,
    operation: OperationHandle | undefined,
    options: ObserveOptions,
    given: AbortSignal,
  ): AsyncGenerator<OperationStatus> {
    const signal = AbortSignal.any([given]);
    const source: Source = operation === undefined ? 'cluster' : 'operation';
    const watch: Watch = {
      ref,
      operation,
      started: this.#clock.now(),
      signal,
      source,
      failures: 0,
      sawRunning: false,
      servedAt: this.#clock.now() - 1,
    };
    const { deadline } = options;
    this.#count(watch, 1);
    try {
      for (let round = 0; ; round += 1) {
        if (!(await this.#pause(this.#pauseBefore(round, watch), deadline, signal))) return;
        const { status, retryAfterSeconds, failed } = await this.#reading(watch);
        if (failed !== undefined)
          this.#tellFailed(watch, failed, this.#pauseBefore(round + 1, watch) + (retryAfterSeconds ?? 0));
        if (status !== undefined) {
          yield status;
          if (status.state !== 'running') return;
        }
        if (
          retryAfterSeconds !== undefined &&
          !(await this.#pause(Math.min(retryAfterSeconds, maxRetryAfterSeconds), deadline, signal))
        )
          return;
      }
    } finally {
      this.#count(watch, -1);
    }
  }

  #pauseBefore(round: number, watch: Watch): number {
    if (round === 0 && watch.operation === undefined) return 0;
    const step = pollSeconds[Math.min(round, pollSeconds.length - 1)] ?? maxPollSeconds;
    return round === 0 ? step : Math.max(step, this.#fairPause(watch));
  }

  #tellFailed({ source, failures, ref, operation }: Watch, error: AzureError, delaySeconds: number): void {
    const path =
      source === 'operation'
        ? pathOf(operation?.url.reveal() ?? '')
        : source === 'pool'
          ? poolPath(ref)
          : clusterPath(ref);
    this.#emit({
      type: 'request.retried',
      method: 'GET',
      path,
      attempt: failures + 1,
      maxAttempts: source === 'operation' ? maxFailedReads.operation : maxFailedReads.last,
      delaySeconds: Math.round(delaySeconds * 10) / 10,
      reason: retryReason(error),
    });
  }

  /** False if the deadline came first. */
  async #pause(seconds: number, deadline: number | undefined, signal: AbortSignal): Promise<boolean> {
    const milliseconds = seconds * 1000;
    const left = deadline === undefined ? Number.POSITIVE_INFINITY : deadline - this.#clock.now();
    if (milliseconds > 0) await this.#clock.sleep(Math.max(0, Math.min(milliseconds, left)), signal);
    return milliseconds === 0 || milliseconds <= left;
  }

  /** The interval in seconds at which all observers that share a budget stay within it. */
  #fairPause(watch: Watch): number {
    if (watch.source === 'cluster') return 0;
    const together = this.#inFlight.get(`${watch.source} ${keyOf(watch, watch.source)}`) ?? 1;
    return together / budgets[budgetOf[watch.source]].perSecond;
  }

  #count(watch: Watch, change: 1 | -1): void {
    const key = `${watch.source} ${keyOf(watch, watch.source)}`;
    this.#inFlight.set(key, (this.#inFlight.get(key) ?? 0) + change);
  }

  #move(watch: Watch, source: Source): void {
    this.#count(watch, -1);
    watch.source = source;
    watch.failures = 0;
    this.#count(watch, 1);
  }

  async #reading(watch: Watch): Promise<Reading> {
    const { source } = watch;
    try {
      const reading = await this.#read(watch);
      watch.failures = 0;
      return { ...reading, status: this.#trusted(watch, reading.status) };
    } catch (error) {
      if (!isAzureError(error)) throw error;
      watch.failures += 1;
      const next = sourceAfter(source, error, watch.failures);
      if (next === undefined) throw error;
      if (error.class === 'throttled')
        this.#budgets.block(budgetOf[source], keyOf(watch, source), error.retryAfterSeconds ?? 10);
      if (next === source) return { status: undefined, retryAfterSeconds: error.retryAfterSeconds, failed: error };
      this.#move(watch, next);
      return this.#reading(watch);
    }
  }

  async #read(watch: Watch): Promise<Reading> {
    if (watch.source === 'operation' && watch.operation !== undefined) {
      await this.#budgets.take('operation', operationKey(watch), watch.signal);
      const answer = await this.#reads.operation(watch.ref.subscriptionId, watch.operation.url.reveal(), watch.signal);
      return { status: fromOperation(answer), retryAfterSeconds: answer.retryAfterSeconds };
    }
    if (watch.source === 'cluster') {
      const cluster = await this.#cluster(watch);
      const pool = cluster.pools.find((candidate) => candidate.ref.pool.toLowerCase() === watch.ref.pool.toLowerCase());
      if (pool !== undefined) return { status: fromPool(pool, 'cluster'), retryAfterSeconds: undefined };
      this.#move(watch, 'pool');
    }
    await this.#budgets.take('other', watch.ref.subscriptionId, watch.signal);
    return { status: fromPool(await this.#reads.pool(watch.ref, watch.signal), 'pool'), retryAfterSeconds: undefined };
  }

  /** One reading of a cluster serves all observers of its pools that have not seen it yet. */
  async #cluster(watch: Watch): Promise<Cluster> {
    const key = clusterKey(watch.ref);
    const shared = this.#shared(watch, key);
    if (shared !== undefined) return shared;
    await this.#budgets.take('cluster', key, watch.signal);
    const meanwhile = this.#shared(watch, key);
    if (meanwhile !== undefined) return meanwhile;
    const reading = this.#reads.cluster(watch.ref, watch.signal);
    watch.servedAt = this.#clock.now();
    this.#clusters.set(key, { at: watch.servedAt, reading });
    try {
      return await reading;
    } catch (error) {
      if (this.#clusters.get(key)?.reading === reading) this.#clusters.delete(key);
      throw error;
    }
  }

  #shared(watch: Watch, key: string): Promise<Cluster> | undefined {
    const last = this.#clusters.get(key);
    if (last === undefined || last.at <= watch.servedAt || this.#clock.now() - last.at >= shareMs) return undefined;
    watch.servedAt = last.at;
    return last.reading;
  }

  /** Just after a write was accepted, a `Succeeded` read from the pool may be the state before the write. */
  #trusted(watch: Watch, status: OperationStatus | undefined): OperationStatus | undefined {
    if (status?.state === 'running') watch.sawRunning = true;
    const early = this.#clock.now() - watch.started < settleMs;
    const mayBeStale = status !== undefined && status.source !== 'operation' && status.state !== 'running';
    return mayBeStale && early && watch.operation !== undefined && !watch.sawRunning ? undefined : status;
  }
}
