import type { CheckRow } from '../model/check.ts';
import type { PrerequisiteReport } from '../model/report.ts';
import { clusterKey, sameId, subscriptionOf, subscriptionResourceId } from '../model/ids.ts';

/**
 * The row that says of a part of the scope that it could not be read: no word that anything there was judged. Source:
 * the check catalogue.
 */
const notRead = 'scope-readable';

export function isJudged({ checks }: PrerequisiteReport, { id }: CheckRow): boolean {
  return checks === undefined || checks.includes(id);
}

/**
 * Of a region, a family of sizes or a subnet, and of what could not be read of a subscription: true of the whole of a
 * scope, or of none of it.
 */
function isOfTheWhole({ id, level, resourceId }: CheckRow): boolean {
  const isSubscription = sameId(resourceId, subscriptionResourceId(subscriptionOf(resourceId)));
  return level === 'subscription' && (id === notRead || !isSubscription);
}

/**
 * What a report has a positive word of, in lower case: its pools, their clusters and subscriptions, and what its rows
 * judged.
 */
function seenIn(report: PrerequisiteReport): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const pool of report.pools)
    seen
      .add(pool.resourceId.toLowerCase())
      .add(clusterKey(pool))
      .add(subscriptionResourceId(pool.subscriptionId.toLowerCase()));
  for (const row of report.rows) if (row.id !== notRead) seen.add(row.resourceId.toLowerCase());
  return seen;
}

/**
 * Subscriptions that a report read in full, in lower case; a report that lists none read those that it has pools of.
 */
function wholeIn({ subscriptions, pools }: PrerequisiteReport): ReadonlySet<string> {
  const whole = subscriptions?.filter(({ reading }) => reading === 'read') ?? pools;
  return new Set(whole.map(({ subscriptionId }) => subscriptionId.toLowerCase()));
}

/**
 * Whether the new report would show a finding of the old one if it were still there: then it is fixed. What a
 * subscription's rows say of the whole of a scope, only a whole report of the same scope can take back.
 */
export function reachOf(before: PrerequisiteReport, after: PrerequisiteReport): (row: CheckRow) => boolean {
  const [seen, whole] = [seenIn(after), wholeIn(after)];
  const isAlike = after.partial === undefined && after.scope === before.scope;
  return (row) => {
    if (!isJudged(after, row)) return false;
    if (!isOfTheWhole(row) && seen.has(row.resourceId.toLowerCase())) return true;
    return row.level === 'subscription' && isAlike && whole.has(subscriptionOf(row.resourceId));
  };
}
