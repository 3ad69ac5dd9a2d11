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

/** What to wait for, as in az; undefined waits until no operation is running. */
export type WaitFor = 'created' | 'updated' | 'deleted' | 'exists' | undefined;

/** The dependencies of every node pool use case. */
export interface PoolDeps {
  readonly pools: NodePools;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Aborts on Ctrl-C. The operation continues in Azure. */
  readonly signal: AbortSignal;
  /** The command that continues a wait. */
  continueWith(ref: PoolRef, waitFor: WaitFor): string;
}

/** What a write needs in addition. */
export interface WriteDeps extends PoolDeps {
  /** The identity that sends the requests. */
  readonly principal: Principal;
  /** True if there is a terminal to prompt on and no --yes. */
  readonly canPrompt: boolean;
  /**
   * Shows the plan and asks; true under --yes. Rejects with UsageError `consent-needed` if there is no terminal to
   * prompt on. Called again with a new plan if the pool changed in a way that matters.
   */
  confirm(plan: PoolPlan): Promise<boolean>;
}

/** How to judge. A use case judges again whenever the pool may have changed. */
export interface JudgeDeps {
  judge(): Promise<PoolJudgement>;
  /** The error for a judgement with the verdict `blocked` or `unknown`. */
  refuse(judgement: PoolJudgement): CliError;
}

export interface WaitOptions {
  /** Return once Azure accepts the request. */
  readonly noWait?: boolean | undefined;
  /** How long to follow the operation before the exit code `waiting`. No limit by default. */
  readonly timeoutSeconds?: number | undefined;
}

export interface WriteOptions extends WaitOptions {
  /** Stop after the plan, without a prompt or a request. */
  readonly dryRun?: boolean | undefined;
  /**
   * How long to wait for another operation in progress, before reading and judging again. Without it, another operation
   * is an error.
   */
  readonly waitForOperationSeconds?: number | undefined;
  /** A plan that was already confirmed. It is confirmed again only if it no longer holds. */
  readonly agreed?: PoolPlan | undefined;
}

export async function readIfExists({ pools }: Pick<PoolDeps, 'pools'>, ref: PoolRef): Promise<NodePool | undefined> {
  try {
    return await pools.readPool(ref);
  } catch (error) {
    if (isAzureError(error, 'not-found')) return undefined;
    throw error;
  }
}
