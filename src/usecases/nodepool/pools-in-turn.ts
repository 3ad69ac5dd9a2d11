import { CliError, InterruptedError } from '../../core/errors.ts';
import { exitOfSeveral, type ExitCodeName } from '../../core/exit-codes.ts';
import { count, list, oneLine } from '../../core/text.ts';
import type { PoolPlan } from '../../domain/change/index.ts';
import { sameId, type PoolRef } from '../../model/ids.ts';
import { declined } from './confirm-and-apply.ts';
import type { WriteResult } from './write-result.ts';
import type { WriteOptions } from './pool-deps.ts';

export interface InTurnDeps {
  /** Changes one pool. */
  change(ref: PoolRef, options: WriteOptions): Promise<WriteResult>;
  /** Shows all plans and asks once; true under --yes. Rejects if there is no terminal to prompt on. */
  confirm(plans: readonly PoolPlan[]): Promise<boolean>;
  /** Called when a pool ends. */
  announce(end: PoolEnd): void;
}

/** The end of one pool. Without a result and an error it was not started, because another pool failed. */
export interface PoolEnd {
  readonly ref: PoolRef;
  readonly result?: WriteResult;
  readonly error?: CliError;
}

async function attempt(ref: PoolRef, act: () => Promise<WriteResult>): Promise<PoolEnd> {
  try {
    return { ref, result: await act() };
  } catch (error) {
    if (!(error instanceof CliError) || error instanceof InterruptedError) throw error;
    return { ref, error };
  }
}

/** Throws if any of the pools cannot be changed. */
function refuseAny(assessed: readonly PoolEnd[]): void {
  const refused = assessed.flatMap(({ ref, error }) => (error === undefined ? [] : [{ ref, error }]));
  const [first] = refused;
  if (first === undefined) return;
  const others = assessed.filter(({ error }) => error === undefined).map(({ ref }) => oneLine(ref.pool));
  throw new CliError({
    code: refused.every(({ error }) => error.code === first.error.code) ? first.error.code : 'pools-refused',
    message: `${count(refused.length, 'node pool')} of ${String(assessed.length)} cannot be changed (${list(refused.map(({ ref }) => oneLine(ref.pool)))}); nothing was changed.`,
    hints: [
      ...refused.flatMap(({ ref, error }) => [`${oneLine(ref.pool)}: ${error.message}`, ...error.hints]),
      ...(others.length === 0 ? [] : [`To change only the others: -n ${others.join(' ')}`]),
    ],
  });
}

/**
 * Changes several pools of a cluster, one after another: assesses all of them, asks once for all, and stops at the
 * first failure, so that the same problem does not affect every pool. If a pool changed after the confirmation, it is
 * confirmed again or fails.
 * @throws CliError before anything is changed: the common error of the pools, or `pools-refused`; `declined`;
 * InterruptedError.
 */
export async function changeInTurn(
  deps: InTurnDeps,
  refs: readonly PoolRef[],
  options: WriteOptions,
): Promise<readonly PoolEnd[]> {
  const assessed: PoolEnd[] = [];
  for (const ref of refs) assessed.push(await attempt(ref, async () => deps.change(ref, { ...options, dryRun: true })));
  refuseAny(assessed);
  if (options.dryRun === true) return assessed;
  const plans = assessed.flatMap(({ result }) => (result?.outcome === 'planned' ? (result.plan ?? []) : []));
  if (plans.length > 0 && !(await deps.confirm(plans))) throw declined();
  const ends: PoolEnd[] = [];
  for (const ref of refs) {
    if (ends.some(({ error }) => error !== undefined)) {
      ends.push({ ref });
      continue;
    }
    const agreed = plans.find((plan) => sameId(plan.ref.pool, ref.pool));
    const end = await attempt(ref, async () => deps.change(ref, { ...options, agreed }));
    deps.announce(end);
    ends.push(end);
  }
  return ends;
}

/** The exit code for all pools together; undefined if none failed. */
export function exitOfPools(ends: readonly PoolEnd[]): ExitCodeName | undefined {
  const ended = ends.filter(({ result, error }) => result !== undefined || error !== undefined);
  return exitOfSeveral(
    ended.flatMap(({ error }) => (error === undefined ? [] : [error.exit])),
    ended.length,
  );
}
