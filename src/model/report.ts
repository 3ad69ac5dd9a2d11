import type { CheckRow, CheckStatus, Ruleset } from './check.ts';

export const reportSchemaVersion = '1.0';

/** What can be said of one pool once all its rows (its cluster's and subscription's too) are judged. */
export type Eligibility = 'eligible' | 'enabled' | 'blocked' | 'skipped' | 'unknown';

/** Whether a pool turns LocalDNS on by itself at an upgrade. */
export interface Forecast {
  /** The Kubernetes version that was asked about, such as `1.37`. */
  readonly version: string;
  readonly outcome: 'will-enable' | 'will-not' | 'pinned' | 'already-on' | 'unknown';
  /** One sentence: why, or why not. */
  readonly reason: string;
  /** The line that pins the pool as it is, and what pinning costs (a reimage). */
  readonly pin?: string;
}

export interface PoolSummary {
  readonly resourceId: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly cluster: string;
  readonly pool: string;
  readonly eligibility: Eligibility;
  /** `localDNSProfile.mode` and `.state` as stored; `-` where there is none. */
  readonly localDnsMode: string;
  readonly localDnsState: string;
  readonly nodes: number | undefined;
  /** Ids of the rows that decide the eligibility. */
  readonly blockedBy: readonly string[];
  readonly location?: string;
  readonly kubernetesVersion?: string;
  /** The value of the tag that --group-by names; absent without one. */
  readonly group?: string;
  readonly forecast?: Forecast;
}

export interface SubscriptionSummary {
  readonly subscriptionId: string;
  readonly name: string;
  /**
   * `partial`: some of it could not be read, as the rows say, or the report ended before the rest. `not-looked-at`: the
   * report ended before.
   */
  readonly reading: 'read' | 'partial' | 'not-readable' | 'disabled' | 'not-looked-at';
  readonly clusters: number;
  readonly pools: number;
}

export interface PrerequisiteReport {
  readonly schemaVersion: typeof reportSchemaVersion;
  /** What judged. */
  readonly generator?: { readonly name: string; readonly version: string };
  /** When reading Azure began, `2026-11-25T09:31:00Z`; of facts from a file, when these were gathered. */
  readonly gatheredAt?: string;
  /** Where clusters were read: Resource Graph, which may lag; Azure Resource Manager; or both. */
  readonly source?: 'graph' | 'arm' | 'both';
  readonly ruleset: Ruleset;
  /** What was asked for, in words. */
  readonly scope: string;
  /** Sorted by id: subscription, group, cluster, pool. */
  readonly pools: readonly PoolSummary[];
  /** Sorted: target, then severity, then id. */
  readonly rows: readonly CheckRow[];
  /** Ids of the checks that were judged; all where absent. */
  readonly checks?: readonly string[];
  /** Ids that --only named: other checks were not judged, and decide about no pool. Absent without it. */
  readonly only?: readonly string[];
  /** `findings`: rows that pass or are skipped are counted, but not listed (a fleet); `all` lists every row. */
  readonly detail?: 'all' | 'findings';
  /** All rows by status, listed or not; ignored ones left out. */
  readonly counts: Readonly<Record<CheckStatus, number>>;
  /** Ids that --ignore named, and entries of an ignore file, with the rows that each set aside. */
  readonly ignored: readonly IgnoredSummary[];
  readonly subscriptions?: readonly SubscriptionSummary[];
  readonly clusters?: number;
  /** The tag of --group-by. */
  readonly groupBy?: string;
  /** Why the report does not hold all of its scope: it was interrupted. What could not be read is told by rows. */
  readonly partial?: string;
}

export interface IgnoredSummary {
  readonly id: string;
  /** 0: it set nothing aside, so that its scope may not be what was meant, or what it was for is mended. */
  readonly rows: number;
  /** Of an entry of the ignore file. */
  readonly scope?: string;
  readonly owner?: string;
  readonly reason?: string;
  /** `2027-01-31`. */
  readonly expires?: string;
}
