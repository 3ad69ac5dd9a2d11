import { CliError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { changesThatMatter } from './compare.ts';
import { poolName } from './lines.ts';
import type { WritePlan } from './plan.ts';
import type { WriteWork } from './work.ts';

/** What somebody agreed to, and for which pool. */
export interface Agreement {
  readonly pool: NodePool;
  readonly plan: WritePlan;
}

export function declined(): CliError {
  return new CliError({ code: 'declined', message: 'The question was answered no; nothing was changed.' });
}

export function poolChanged(ref: PoolRef, what: readonly string[]): CliError {
  return new CliError({
    code: 'pool-changed',
    message: `${poolName(ref)} changed between what was agreed to and the request (${what.map(oneLine).join(', ')}); nothing was sent.`,
    hints: ['Somebody or something else works on this pool. Look at it, then run the same line again.'],
  });
}

/** What no longer is as agreed: facts of the pool, or a check that cannot be evaluated any more. */
export function brokenBy(agreement: Agreement, pool: NodePool, unknowns: readonly string[] = []): readonly string[] {
  const fresh = unknowns.filter((reason) => !agreement.plan.unknowns.includes(reason));
  return [...changesThatMatter(agreement.pool, pool), ...fresh];
}

/**
 * The agreement to go by: the standing one where it still holds; else the question.
 * @throws CliError `pool-changed` where nobody can be asked again, `declined`.
 */
export async function agree(
  work: WriteWork,
  standing: Agreement | undefined,
  pool: NodePool,
  plan: WritePlan,
): Promise<Agreement> {
  const broken = standing === undefined ? [] : brokenBy(standing, pool, plan.unknowns);
  if (standing !== undefined && broken.length === 0) return standing;
  if (standing !== undefined) {
    if (!work.asks) throw poolChanged(pool.ref, broken);
    const message = `${poolName(pool.ref)} changed meanwhile (${broken.map(oneLine).join(', ')}); asking again.`;
    work.emit({ type: 'notice', level: 'warning', code: 'pool-changed', message });
  }
  if (!(await work.confirm(plan))) throw declined();
  return { pool, plan };
}
