import { CliError, InterruptedError } from '../../core/errors.ts';
import { exitOfSeveral, type ExitCodeName } from '../../core/exit-codes.ts';
import { count, list, oneLine } from '../../core/text.ts';
import type { PoolPlan } from '../../domain/change/index.ts';
import { sameId, type PoolRef } from '../../model/ids.ts';
import { declined } from './conversation.ts';
import type { WriteResult } from './result.ts';
import type { WriteOptions } from './work.ts';

export interface SeveralWork {
  /** Changes one pool: the same for each. */
  change(ref: PoolRef, options: WriteOptions): Promise<WriteResult>;
  /** Shows all plans and asks once; true under --yes. Rejects if nobody can be asked. */
  confirm(plans: readonly PoolPlan[]): Promise<boolean>;
  /** Hears of each pool as it ends. */
  tell(end: PoolEnd): void;
}

/** How it ended with one pool; with neither a result nor an error it was not begun, because another failed. */
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

/** Nothing is changed if any of the pools cannot be. */
function refuseAny(looks: readonly PoolEnd[]): void {
  const refused = looks.flatMap(({ ref, error }) => (error === undefined ? [] : [{ ref, error }]));
  const [first] = refused;
  if (first === undefined) return;
  const others = looks.filter(({ error }) => error === undefined).map(({ ref }) => oneLine(ref.pool));
  throw new CliError({
    code: refused.every(({ error }) => error.code === first.error.code) ? first.error.code : 'pools-refused',
    message: `${count(refused.length, 'node pool')} of ${String(looks.length)} cannot be changed (${list(refused.map(({ ref }) => oneLine(ref.pool)))}); nothing was changed.`,
    hints: [
      ...refused.flatMap(({ ref, error }) => [`${oneLine(ref.pool)}: ${error.message}`, ...error.hints]),
      ...(others.length === 0 ? [] : [`To change only the others: -n ${others.join(' ')}`]),
    ],
  });
}

/**
 * Changes several pools of a cluster, one after the other: looks at all of them, asks once with the whole picture, and
 * stops at the first that fails, so that the same fault does not meet every pool. A pool that changed since it was
 * agreed to is asked about again, or fails.
 * @throws CliError before anything is changed: as the pools fail alike, else `pools-refused`; `declined`; InterruptedError.
 */
export async function changeSeveral(
  work: SeveralWork,
  refs: readonly PoolRef[],
  options: WriteOptions,
): Promise<readonly PoolEnd[]> {
  const looks: PoolEnd[] = [];
  for (const ref of refs) looks.push(await attempt(ref, async () => work.change(ref, { ...options, dryRun: true })));
  refuseAny(looks);
  if (options.dryRun === true) return looks;
  const plans = looks.flatMap(({ result }) => (result?.outcome === 'planned' ? (result.plan ?? []) : []));
  if (plans.length > 0 && !(await work.confirm(plans))) throw declined();
  const ends: PoolEnd[] = [];
  for (const ref of refs) {
    if (ends.some(({ error }) => error !== undefined)) {
      ends.push({ ref });
      continue;
    }
    const agreed = plans.find((plan) => sameId(plan.ref.pool, ref.pool));
    const end = await attempt(ref, async () => work.change(ref, { ...options, agreed }));
    work.tell(end);
    ends.push(end);
  }
  return ends;
}

/** The exit code of all together; undefined if none failed. */
export function exitOfPools(ends: readonly PoolEnd[]): ExitCodeName | undefined {
  const ended = ends.filter(({ result, error }) => result !== undefined || error !== undefined);
  return exitOfSeveral(
    ended.flatMap(({ error }) => (error === undefined ? [] : [error.exit])),
    ended.length,
  );
}
