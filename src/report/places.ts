import { checkStatuses, type ReportRow } from '../model/check.ts';
import { placeOf, type Place } from '../model/ids.ts';
import { inOrder, tones, type ReportView, type Subject } from './view.ts';

/** A cluster with its rows and subjects. */
export interface ClusterGroup extends Omit<Place, 'pool'> {
  readonly subjects: readonly Subject[];
  readonly rows: readonly ReportRow[];
  /** The rank of its worst subject, or of its worst row if the report has no subjects; 0 is the most urgent. */
  readonly worst: number;
}

export interface Grouped {
  /** Rows that belong to no cluster, such as those of subscriptions. */
  readonly shared: readonly ReportRow[];
  /** In the order of the report. */
  readonly clusters: readonly ClusterGroup[];
}

/** The rank of a subject; 0 is the most urgent. */
function rankIn({ subjects }: ReportView): (subject: Subject) => number {
  const ranks = new Map(inOrder(subjects?.states ?? [], tones).map(({ name }, index) => [name, index]));
  return ({ state }) => ranks.get(state) ?? 0;
}

export function worstFirst(view: ReportView): readonly Subject[] {
  const rankOf = rankIn(view);
  return [...(view.subjects?.items ?? [])].sort((left, right) => rankOf(left) - rankOf(right));
}

interface Draft extends Omit<Place, 'pool'> {
  readonly subjects: Subject[];
  readonly rows: ReportRow[];
}

/** Groups the report by cluster, in one pass. */
export function groupByCluster(view: ReportView): Grouped {
  const clusters = new Map<string, Draft>();
  const draftOf = ({ subscriptionId, resourceGroup, cluster }: Omit<Place, 'pool'>): Draft => {
    const key = `${subscriptionId}\n${resourceGroup}\n${cluster}`.toLowerCase();
    const found = clusters.get(key);
    if (found !== undefined) return found;
    const draft = { subscriptionId, resourceGroup, cluster, subjects: [], rows: [] };
    clusters.set(key, draft);
    return draft;
  };
  for (const subject of view.subjects?.items ?? []) draftOf(subject.at).subjects.push(subject);
  const shared: ReportRow[] = [];
  for (const row of view.report.rows) {
    const place = placeOf(row.resourceId);
    if (place.cluster === '' || row.level === 'subscription') shared.push(row);
    else draftOf(place).rows.push(row);
  }
  const rankOf = rankIn(view);
  const worst = ({ subjects, rows }: Draft): number =>
    view.subjects === undefined
      ? Math.min(...rows.map((row) => (row.ignored ? checkStatuses.length : checkStatuses.indexOf(row.status))))
      : Math.min(view.subjects.states.length, ...subjects.map(rankOf));
  return { shared, clusters: [...clusters.values()].map((draft) => ({ ...draft, worst: worst(draft) })) };
}

/** The part of a cluster that a row is about, such as a pool. Empty for the cluster itself. */
export function withinCluster({ resourceGroup, cluster }: ClusterGroup): (row: ReportRow) => string {
  const name = `${resourceGroup}/${cluster}`;
  return ({ target, resourceId }) => {
    if (target === name) return '';
    return target.startsWith(`${name}/`) ? target.slice(name.length + 1) : placeOf(resourceId).pool;
  };
}
