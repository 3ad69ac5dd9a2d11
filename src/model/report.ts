import type { CheckRow, CheckStatus, ReportRow, Ruleset } from './check.ts';

export const reportSchemaVersion = '1.0';

/** The result for one pool once all its rows are judged, including those of its cluster and subscription. */
export type Eligibility = 'eligible' | 'enabled' | 'blocked' | 'skipped' | 'unknown';

/** Whether an upgrade turns LocalDNS on for a pool without a request. */
export interface Forecast {
  /** The Kubernetes version that was given, such as `1.37`. */
  readonly version: string;
  readonly outcome: 'will-enable' | 'will-not' | 'pinned' | 'already-on' | 'unknown';
  /** Why, and what pinning costs (a reimage). */
  readonly reason: string;
  /** The command that pins the pool as it is, and nothing else: it can be run and appended to. */
  readonly pin?: string;
}

export interface PoolSummary {
  readonly resourceId: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly cluster: string;
  readonly pool: string;
  readonly eligibility: Eligibility;
  /** `localDNSProfile.mode` and `.state` as stored; `-` if there is none. */
  readonly localDnsMode: string;
  readonly localDnsState: string;
  readonly nodes: number | undefined;
  /** IDs of the rows that decide the eligibility. */
  readonly blockedBy: readonly string[];
  readonly location?: string;
  readonly kubernetesVersion?: string;
  /** The value of the tag that --group-by names; absent without --group-by. */
  readonly group?: string;
  readonly forecast?: Forecast;
}

export interface SubscriptionSummary {
  readonly subscriptionId: string;
  readonly name: string;
  /**
   * `partial`: some of it could not be read, as the rows say, or the report ended before the rest. `not-checked`: the
   * report ended before it.
   */
  readonly reading: 'read' | 'partial' | 'not-readable' | 'disabled' | 'not-checked';
  readonly clusters: number;
  readonly pools: number;
}

/** What every report contains, whatever its subject. */
export interface Report {
  readonly schemaVersion: typeof reportSchemaVersion;
  /** The program that created the report. */
  readonly generator?: { readonly name: string; readonly version: string };
  /** When reading from Azure began, `2026-11-25T09:31:00Z`; for facts from a file, when they were gathered. */
  readonly gatheredAt?: string;
  /** The source of the clusters: Resource Graph, which may lag; Azure Resource Manager; or both. */
  readonly source?: 'graph' | 'arm' | 'both';
  /** The requested scope, in words. */
  readonly scope: string;
  /** Sorted by target, then severity, then ID. */
  readonly rows: readonly ReportRow[];
  /** `findings`: rows that pass or are skipped are counted but not listed (a fleet); `all` lists every row. */
  readonly detail?: 'all' | 'findings';
  /** All rows by status, listed or not, without ignored ones. */
  readonly counts: Readonly<Record<CheckStatus, number>>;
  /** IDs that --ignore named and entries of an ignore file, with the number of rows each covers. */
  readonly ignored: readonly IgnoredSummary[];
  readonly subscriptions?: readonly SubscriptionSummary[];
  /** Why the report does not cover its whole scope: it was interrupted. Rows tell what could not be read. */
  readonly partial?: string;
}

/** Whether node pools can have LocalDNS. */
export interface PrerequisiteReport extends Report {
  readonly ruleset: Ruleset;
  /** Sorted by ID: subscription, group, cluster, pool. */
  readonly pools: readonly PoolSummary[];
  readonly rows: readonly CheckRow[];
  /** IDs of the checks that were judged; absent means all. */
  readonly checks?: readonly string[];
  /** IDs that --only named: other checks were not judged and do not affect eligibility. Absent without --only. */
  readonly only?: readonly string[];
  readonly clusters?: number;
  /** The tag of --group-by. */
  readonly groupBy?: string;
}

export interface IgnoredSummary {
  readonly id: string;
  /** 0: it matched nothing, so its scope may be wrong, or the problem it was for is fixed. */
  readonly rows: number;
  /** Of an entry of the ignore file. */
  readonly scope?: string;
  readonly owner?: string;
  readonly reason?: string;
  /** `2027-01-31`. */
  readonly expires?: string;
}
