import { checkStatuses, type CheckRow } from '../../model/check.ts';

const levels: readonly CheckRow['level'][] = ['subscription', 'cluster', 'pool', 'config'];

/**
 * Subscriptions, then each cluster before its pools, then configurations. The parts are joined with the lowest
 * character, so that a cluster sorts before its pools.
 */
function placeOf({ level, target }: CheckRow): string {
  if (level === 'subscription') return `0\u0000${target}`;
  return level === 'config' ? `2\u0000${target}` : `1\u0000${target.replaceAll('/', '\u0000')}`;
}

interface Keyed {
  readonly row: CheckRow;
  readonly place: string;
  readonly resourceId: string;
}

function compare(left: Keyed, right: Keyed): number {
  if (left.place !== right.place) return left.place < right.place ? -1 : 1;
  if (left.resourceId !== right.resourceId) return left.resourceId < right.resourceId ? -1 : 1;
  return (
    levels.indexOf(left.row.level) - levels.indexOf(right.row.level) ||
    checkStatuses.indexOf(left.row.status) - checkStatuses.indexOf(right.row.status) ||
    (left.row.id < right.row.id ? -1 : left.row.id > right.row.id ? 1 : 0)
  );
}

/** By target (subscriptions, then each cluster before its pools, then configurations), then severity, then id. */
export function sortedRows(rows: readonly CheckRow[]): readonly CheckRow[] {
  const keyed = rows.map((row) => ({
    row,
    place: placeOf(row),
    resourceId: row.level === 'subscription' || row.level === 'config' ? '' : row.resourceId.toLowerCase(),
  }));
  return keyed.sort(compare).map(({ row }) => row);
}
