import type { CheckRow } from '../model/check.ts';
import type { PrerequisiteReport } from '../model/report.ts';
import { clusterKey, sameId, subscriptionOf, subscriptionResourceId } from '../model/ids.ts';

/**
 * The check of a part of the scope that could not be read. Its row does not mean that anything there was judged.
 * Source: the check catalogue.
 */
const notRead = 'scope-readable';

export function isJudged({ checks }: PrerequisiteReport, { id }: CheckRow): boolean {
  return checks === undefined || checks.includes(id);
}

/**
 * Whether a row is about a region, a VM family, a subnet or an unread part of a subscription, and so depends on the
 * whole scope.
 */
function dependsOnScope({ id, level, resourceId }: CheckRow): boolean {
  const isSubscription = sameId(resourceId, subscriptionResourceId(subscriptionOf(resourceId)));
  return level === 'subscription' && (id === notRead || !isSubscription);
}

/**
 * The ids that a report covers, in lower case: its pools, their clusters and subscriptions, and the targets of its
 * rows.
 */
function coveredIds(report: PrerequisiteReport): ReadonlySet<string> {
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
 * The subscriptions that a report read fully, in lower case. Defaults to those of its pools if it lists no
 * subscriptions.
 */
function fullyRead({ subscriptions, pools }: PrerequisiteReport): ReadonlySet<string> {
  const whole = subscriptions?.filter(({ reading }) => reading === 'read') ?? pools;
  return new Set(whole.map(({ subscriptionId }) => subscriptionId.toLowerCase()));
}

/**
 * Whether the new report would show a finding of the old one if it still existed; if not shown, it is fixed. A row that
 * depends on the whole scope is only fixed by a complete report of the same scope.
 */
export function coverageOf(before: PrerequisiteReport, after: PrerequisiteReport): (row: CheckRow) => boolean {
  const [seen, whole] = [coveredIds(after), fullyRead(after)];
  const isAlike = after.partial === undefined && after.scope === before.scope;
  return (row) => {
    if (!isJudged(after, row)) return false;
    if (!dependsOnScope(row) && seen.has(row.resourceId.toLowerCase())) return true;
    return row.level === 'subscription' && isAlike && whole.has(subscriptionOf(row.resourceId));
  };
}
