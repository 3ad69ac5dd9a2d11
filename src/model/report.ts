import type { CheckRow, CheckStatus, Ruleset } from './check.ts';

export const reportSchemaVersion = '1.0';

/** What can be said of one pool once all its rows (its cluster's and subscription's too) are judged. */
export type Eligibility = 'eligible' | 'enabled' | 'blocked' | 'skipped' | 'unknown';

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
}

export interface PrerequisiteReport {
  readonly schemaVersion: typeof reportSchemaVersion;
  readonly ruleset: Ruleset;
  /** What was asked for, in words. */
  readonly scope: string;
  readonly pools: readonly PoolSummary[];
  /** Sorted: target, then severity, then id. */
  readonly rows: readonly CheckRow[];
  /** Rows by status, ignored ones left out. */
  readonly counts: Readonly<Record<CheckStatus, number>>;
  /** Ids that --ignore named, with the rows that it set aside. */
  readonly ignored: readonly { readonly id: string; readonly rows: number }[];
}
