import { known, notKnown, type Known } from '../../../model/known.ts';
import type { PoolFacts } from '../facts.ts';
import { atOnce } from '../../../model/surge.ts';

export const assumption = 'that the upgrade settings govern this reimage is an assumption';

/** Said in every check of capacity, in its explanation. */
export const assumptionExplained =
  'That `maxSurge` governs the reimage of a LocalDNS change is strongly implied by the documentation but not said: it is an assumption, so this warns and never fails.';

/**
 * How many nodes are added for a while; where it is not known, `why` is a clause. Source: AKS docs, rolling upgrades (10% where nothing is set, rounded up; never more than the pool has); spot pools
 * have no surge.
 */
export function surgeNodes({ pool, isNew }: PoolFacts): Known<number> {
  if (isNew || pool.spot || pool.count === 0) return known(0);
  const { count, maxSurge = '10%' } = pool;
  const nodes = atOnce(maxSurge, count ?? 0);
  if (nodes === undefined) return notKnown('the upgrade settings of some pools cannot be read');
  // Nothing is added however many nodes there are.
  if (atOnce(maxSurge, 1000) === 0) return known(0);
  return count === undefined
    ? notKnown('Azure does not say how many nodes some pools have')
    : known(Math.min(nodes, count));
}
