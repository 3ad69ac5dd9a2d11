import { oneLine } from '../../core/text.ts';
import { checkStatuses, type CheckRow, type CheckStatus } from '../../model/check.ts';
import type { ScopeProblem } from '../../model/inventory.ts';
import type { Subscription } from '../../model/registration.ts';
import {
  reportSchemaVersion,
  type PoolSummary,
  type PrerequisiteReport,
  type SubscriptionSummary,
} from '../../model/report.ts';
import type { OptionalFacts } from './check.ts';
import type { ClusterFacts, PoolFacts } from './facts.ts';
import { IgnoreCounts } from './ignore/index.ts';
import { judgePool, judgeShared, type JudgeOptions } from './judge.ts';
import { sortedRows } from './row-order.ts';
import { selected, type JudgedRow } from './row.ts';
import { catalogue } from './rules/index.ts';
import { scopeReadable } from './rules/scope-readable.ts';
import { poolSummary, type SummaryOptions } from './summary.ts';
import { problemRow } from './scope-problem.ts';

export interface ReportOptions extends JudgeOptions, SummaryOptions {
  /** `findings`: rows that pass or are skipped are counted but not kept. */
  readonly detail?: PrerequisiteReport['detail'];
  /** The version of the program. */
  readonly version?: string | undefined;
}

/** When and where the facts were read. */
export interface ReportOrigin {
  readonly gatheredAt?: string | undefined;
  readonly source?: PrerequisiteReport['source'] | undefined;
}

interface Reading {
  readonly name: string;
  reading: SubscriptionSummary['reading'];
  clusters: number;
  pools: number;
}

/** What a problem means for its subscription. */
const readings: Partial<Readonly<Record<ScopeProblem['kind'], SubscriptionSummary['reading']>>> = {
  'subscription-disabled': 'disabled',
  'subscription-not-readable': 'not-readable',
};

/** Judges clusters one by one and collects them in a report; keeps only what the report shows. */
export class ReportBuilder {
  readonly #scope: string;
  readonly #options: ReportOptions;
  readonly #pools: PoolSummary[] = [];
  readonly #rows: CheckRow[] = [];
  /** Rows that several clusters share, by check and resource: the most severe one is kept. */
  readonly #shared = new Map<string, JudgedRow>();
  readonly #counts = emptyCounts();
  readonly #ignored = new IgnoreCounts();
  readonly #subscriptions = new Map<string, Reading>();
  /** The options whose facts were gathered. */
  readonly #asked = new Set<OptionalFacts>();
  #clusters = 0;

  /** `scope`: the requested scope, as text. */
  constructor(scope: string, options: ReportOptions) {
    this.#scope = scope;
    this.#options = options;
  }

  /** Adds a subscription to the report, whether or not it has clusters. */
  subscription({ id, name }: Pick<Subscription, 'id' | 'name'>): void {
    const key = keyOf(id);
    if (!this.#subscriptions.has(key))
      this.#subscriptions.set(key, { name: oneLine(name), reading: 'read', clusters: 0, pools: 0 });
  }

  /** Judges a cluster with its pools; returns the summary of each pool, in the same order. */
  add(cluster: ClusterFacts, members: readonly PoolFacts[]): readonly PoolSummary[] {
    this.#recordOptions(cluster);
    const shared = judgeShared(cluster, members, this.#options);
    for (const row of shared) this.#share(row);
    const summaries = members.map((member) => {
      const rows = judgePool(member, this.#options);
      for (const row of rows) this.#keep(row);
      return poolSummary(member, [...shared, ...rows], this.#options);
    });
    this.#pools.push(...summaries);
    this.#clusters += 1;
    const reading = this.#reading(cluster.subscription.id, cluster.subscription.name);
    reading.clusters += 1;
    reading.pools += members.length;
    return summaries;
  }

  /** Adds a part of the scope that could not be read. */
  problem(problem: ScopeProblem): void {
    if (problem.subscriptionId !== '') this.#readLess(problem);
    this.#share(problemRow(problem, this.#options));
  }

  #readLess({ kind, subscriptionId }: ScopeProblem): void {
    const reading = this.#reading(subscriptionId, undefined);
    const reported = readings[kind];
    // If clusters of the subscription were already added, it was read in part.
    if (reported !== undefined && reading.clusters === 0) reading.reading = reported;
    else if (reading.reading === 'read') reading.reading = 'partial';
  }

  /** Adds rows that cover all clusters together. */
  rows(rows: readonly JudgedRow[]): void {
    for (const row of rows) this.#share(row);
  }

  /** `partial`: why the report does not cover its whole scope, as one sentence. */
  finish(partial?: string, { gatheredAt, source }: ReportOrigin = {}): PrerequisiteReport {
    for (const row of this.#shared.values()) this.#keep(row);
    this.#shared.clear();
    const { ruleset, groupBy, ignore, ignores, detail, version } = this.#options;
    const many = detail === 'findings';
    const checks = this.#checks();
    // An entry for a check that did not run cannot match anything.
    const entries = (ignores?.entries ?? []).filter(({ id }) => checks.includes(id));
    return {
      schemaVersion: reportSchemaVersion,
      ...(version === undefined ? {} : { generator: { name: 'aks-localdns', version } }),
      ...(gatheredAt === undefined ? {} : { gatheredAt }),
      ...(source === undefined ? {} : { source }),
      ruleset,
      scope: this.#scope,
      pools: this.#pools.sort(comparePools),
      rows: sortedRows(this.#rows),
      checks,
      ...this.#only(),
      ...(many ? { detail } : {}),
      counts: this.#counts,
      ignored: this.#ignored.summaries(ignore ?? [], entries),
      ...(many ? { subscriptions: this.#subscriptionSummaries(partial === undefined), clusters: this.#clusters } : {}),
      ...(groupBy === undefined ? {} : { groupBy: oneLine(groupBy) }),
      ...(partial === undefined ? {} : { partial }),
    };
  }

  #recordOptions({ usages, network, config }: ClusterFacts): void {
    if (usages !== undefined) this.#asked.add('--capacity');
    if (network?.dns !== undefined) this.#asked.add('--network');
    if (config !== undefined) this.#asked.add('--localdns-config');
  }

  #checks(): readonly string[] {
    if (this.#options.ignores !== undefined) this.#asked.add('--ignore-file');
    // What could not be read is reported regardless of --only.
    return catalogue
      .filter(
        (check) =>
          check.id === scopeReadable.id ||
          (selected(check, this.#options) && (check.onlyWith === undefined || this.#asked.has(check.onlyWith))),
      )
      .map(({ id }) => id);
  }

  #only(): Pick<PrerequisiteReport, 'only'> {
    const { only = [] } = this.#options;
    return only.length === 0 ? {} : { only: catalogue.filter(({ id }) => only.includes(id)).map(({ id }) => id) };
  }

  #reading(id: string, name: string | undefined): Reading {
    this.subscription({ id, name: name ?? id });
    const found = this.#subscriptions.get(keyOf(id));
    if (found === undefined) throw new Error('The subscription was just added to the report.');
    return found;
  }

  #share(row: JudgedRow): void {
    if (row.level !== 'subscription' && row.level !== 'config') {
      this.#keep(row);
      return;
    }
    // A configuration is judged once for all clusters.
    const key = `${row.id}\n${row.level === 'config' ? row.target : row.resourceId.toLowerCase()}`;
    const other = this.#shared.get(key);
    if (other === undefined || checkStatuses.indexOf(row.status) < checkStatuses.indexOf(other.status))
      this.#shared.set(key, row);
  }

  #keep(row: JudgedRow): void {
    if (row.ignored) this.#ignored.add(row);
    else this.#counts[row.status] += 1;
    // What could not be read is always listed, including a disabled subscription.
    const isListed = (row.status !== 'pass' && row.status !== 'skip') || row.id === scopeReadable.id;
    if (this.#options.detail !== 'findings' || isListed)
      this.#rows.push(row.ignoredBy === undefined ? row : withoutEntry(row));
  }

  /** If the report ended early, a subscription may have more clusters than were read. */
  #subscriptionSummaries(isWhole: boolean): readonly SubscriptionSummary[] {
    const entries = [...this.#subscriptions].sort(([left], [right]) => (left < right ? -1 : 1));
    return entries.map(([subscriptionId, { name, reading, clusters, pools }]) => {
      const actualReading = isWhole || reading !== 'read' ? reading : clusters === 0 ? 'not-checked' : 'partial';
      return { subscriptionId, name, reading: actualReading, clusters, pools };
    });
  }
}

function withoutEntry(judged: JudgedRow): CheckRow {
  const { ignoredBy: _, ...row } = judged;
  return row;
}

/** The key of a subscription: its ID, safe to print and in lower case. */
function keyOf(id: string): string {
  return oneLine(id).toLowerCase();
}

function emptyCounts(): Record<CheckStatus, number> {
  return { fail: 0, unknown: 0, warn: 0, skip: 0, pass: 0 };
}

function comparePools(left: PoolSummary, right: PoolSummary): number {
  const [one, other] = [left.resourceId.toLowerCase(), right.resourceId.toLowerCase()];
  return one === other ? 0 : one < other ? -1 : 1;
}
