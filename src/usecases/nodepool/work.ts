import type { CliError } from '../../core/errors.ts';
import type { Emit } from '../../core/events.ts';
import type { Clock } from '../../core/ports.ts';
import type { PoolPlan } from '../../domain/change/index.ts';
import { isAzureError } from '../../model/azure-error.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { PoolJudgement } from '../../model/judgement.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { NodePools } from '../../model/ports.ts';
import type { Principal } from '../../model/registration.ts';

/** What a wait for a pool can be for, as az names it; undefined: until no operation runs. */
export type WaitFor = 'created' | 'updated' | 'deleted' | 'exists' | undefined;

/** What every use case of a node pool works with. */
export interface PoolWork {
  readonly pools: NodePools;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Aborts on Ctrl-C: no new work; Azure's operation goes on. */
  readonly signal: AbortSignal;
  /** The line that goes on with what was left waiting, ready to be typed. */
  continueWith(ref: PoolRef, waitFor: WaitFor): string;
}

/** What a write that people are asked about needs beyond that. */
export interface WriteWork extends PoolWork {
  /** Who the requests are sent as. */
  readonly principal: Principal;
  /** True if somebody can be asked: a terminal, and no --yes. */
  readonly asks: boolean;
  /**
   * Shows the plan and asks; true under --yes. Rejects with UsageError `consent-needed` if nobody can be asked.
   * Called again with a new plan if the pool changed in a way that matters.
   */
  confirm(plan: PoolPlan): Promise<boolean>;
}

/** Judging, handed in: the use case reads and judges again as often as the pool may have changed. */
export interface Judging {
  judge(): Promise<PoolJudgement>;
  /** The error that a judgement with the verdict `blocked` or `unknown` becomes. */
  refuse(judgement: PoolJudgement): CliError;
}

export interface WaitOptions {
  /** Return once Azure accepted. */
  readonly noWait?: boolean | undefined;
  /** How long to follow the operation; without it until it ends. Then exit `waiting`, with the line that continues. */
  readonly timeoutSeconds?: number | undefined;
}

export interface WriteOptions extends WaitOptions {
  /** Stop after the plan; nothing is asked, nothing is sent. */
  readonly dryRun?: boolean | undefined;
  /**
   * If another operation is in progress, wait for it at most so long, then read and judge again; without it that is an
   * error.
   */
  readonly waitForOperationSeconds?: number | undefined;
  /** What somebody agreed to already: asked about again only if it no longer holds. */
  readonly agreed?: PoolPlan | undefined;
}

export async function readIfThere({ pools }: Pick<PoolWork, 'pools'>, ref: PoolRef): Promise<NodePool | undefined> {
  try {
    return await pools.readPool(ref);
  } catch (error) {
    if (isAzureError(error, 'not-found')) return undefined;
    throw error;
  }
}
