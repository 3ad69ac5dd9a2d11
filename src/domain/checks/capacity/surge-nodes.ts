import { known, notKnown, type Known } from '../../../model/known.ts';
import type { PoolFacts } from '../facts.ts';
import { atOnce } from '../../../model/surge.ts';

export const assumption = 'it is an assumption that the upgrade settings apply to this reimage';

/** Part of the explanation of every capacity check. */
export const assumptionExplained =
  'The documentation strongly implies that `maxSurge` applies to the reimage of a LocalDNS change, but does not ' +
  'state it. Because this is an assumption, the check warns and never fails.';

/**
 * The number of temporary surge nodes; if it is unknown, `why` is a clause. Source: AKS docs, rolling upgrades (10% by
 * default, rounded up; never more than the pool has); spot pools have no surge.
 */
export function surgeNodes({ pool, isNew }: PoolFacts): Known<number> {
  if (isNew || pool.spot || pool.count === 0) return known(0);
  const { count, maxSurge = '10%' } = pool;
  const nodes = atOnce(maxSurge, count ?? 0);
  if (nodes === undefined) return notKnown('the upgrade settings of some pools cannot be read');
  // No surge nodes, whatever the node count.
  if (atOnce(maxSurge, 1000) === 0) return known(0);
  return count === undefined
    ? notKnown('Azure does not report the number of nodes of some pools')
    : known(Math.min(nodes, count));
}
