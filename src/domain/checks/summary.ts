import { oneLine } from '../../core/text.ts';
import { checkStatuses, type CheckRow, type CheckStatus } from '../../model/check.ts';
import type { PoolJudgement } from '../../model/judgement.ts';
import { reportSchemaVersion, type Eligibility, type PoolSummary, type PrerequisiteReport } from '../../model/report.ts';
import { exclusionOf } from './exclusion.ts';
import { isOn, type ClusterFacts, type PoolFacts } from './facts.ts';
import { judgePool, judgeShared, type JudgeOptions, type Purpose } from './judge.ts';
import { shown } from './words.ts';

/** One cluster with the pools that are judged of it. */
export interface Judged {
  readonly cluster: ClusterFacts;
  readonly pools: readonly PoolFacts[];
}

function counting(rows: readonly CheckRow[], status: CheckStatus): readonly CheckRow[] {
  return rows.filter((row) => row.status === status && !row.ignored);
}

function ids(rows: readonly CheckRow[]): readonly string[] {
  return [...new Set(rows.map((row) => row.id))];
}

/** By the rows that are not ignored: LocalDNS on, passed over, any fail, any unknown, else eligible. */
function eligibility(facts: PoolFacts, rows: readonly CheckRow[]): { readonly eligibility: Eligibility; readonly blockedBy: readonly string[] } {
  if (isOn(facts)) return { eligibility: 'enabled', blockedBy: [] };
  const exclusion = exclusionOf(facts.pool);
  if (exclusion !== undefined && !facts.named) return { eligibility: 'skipped', blockedBy: [exclusion.check] };
  const fails = counting(rows, 'fail');
  if (fails.length > 0) return { eligibility: 'blocked', blockedBy: ids(fails) };
  const unknowns = counting(rows, 'unknown');
  return unknowns.length > 0 ? { eligibility: 'unknown', blockedBy: ids(unknowns) } : { eligibility: 'eligible', blockedBy: [] };
}

function poolSummary(facts: PoolFacts, rows: readonly CheckRow[]): PoolSummary {
  const { pool, isNew } = facts;
  const stored = isNew ? undefined : pool.localDns;
  return {
    resourceId: oneLine(pool.id),
    subscriptionId: oneLine(pool.ref.subscriptionId),
    resourceGroup: oneLine(pool.ref.resourceGroup),
    cluster: oneLine(pool.ref.cluster),
    pool: oneLine(pool.ref.pool),
    ...eligibility(facts, rows),
    localDnsMode: shown(stored?.mode, '-'),
    localDnsState: shown(stored?.state, '-'),
    nodes: pool.count,
  };
}

const levels: readonly CheckRow['level'][] = ['subscription', 'cluster', 'pool', 'config'];

function place(row: CheckRow): readonly string[] {
  if (row.level === 'subscription') return ['0'];
  return row.level === 'config' ? ['2'] : ['1', ...row.target.split('/')];
}

function comparePlaces(left: CheckRow, right: CheckRow): number {
  const [one, other] = [place(left), place(right)];
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    const [a, b] = [one[index] ?? '', other[index] ?? ''];
    if (a !== b) return a < b ? -1 : 1;
  }
  return left.target === right.target ? 0 : left.target < right.target ? -1 : 1;
}

/** Target (subscriptions, then each cluster before its pools, then configurations), then severity, then id. */
export function compareRows(left: CheckRow, right: CheckRow): number {
  return (
    comparePlaces(left, right) ||
    levels.indexOf(left.level) - levels.indexOf(right.level) ||
    checkStatuses.indexOf(left.status) - checkStatuses.indexOf(right.status) ||
    (left.id < right.id ? -1 : left.id > right.id ? 1 : 0)
  );
}

/** Clusters of one subscription share its rows: the worst of equal rows stays. */
function distinct(rows: readonly CheckRow[]): readonly CheckRow[] {
  const byKey = new Map<string, CheckRow>();
  for (const row of rows) {
    const key = `${row.id}\n${row.resourceId.toLowerCase()}`;
    const other = byKey.get(key);
    if (other === undefined || checkStatuses.indexOf(row.status) < checkStatuses.indexOf(other.status)) byKey.set(key, row);
  }
  return [...byKey.values()];
}

/** Judges clusters with their pools into one report. Pure. `scope` is what was asked for, in words. */
export function report(scope: string, judged: readonly Judged[], options: JudgeOptions): PrerequisiteReport {
  const pools: PoolSummary[] = [];
  const all: CheckRow[] = [];
  for (const { cluster, pools: members } of judged) {
    const shared = judgeShared(cluster, members, options);
    all.push(...shared);
    for (const member of members) {
      const rows = judgePool(member, options);
      all.push(...rows);
      pools.push(poolSummary(member, [...shared, ...rows]));
    }
  }
  const rows = [...distinct(all)].sort(compareRows);
  const counts = Object.fromEntries(checkStatuses.map((status) => [status, counting(rows, status).length])) as Record<CheckStatus, number>;
  const ignored = [...new Set(options.ignore)].map((id) => ({ id, rows: rows.filter((row) => row.ignored && row.id === id).length }));
  return { schemaVersion: reportSchemaVersion, ruleset: options.ruleset, scope, pools, rows, counts, ignored };
}

/** Any fail blocks; else anything unknown is unknown. Turning LocalDNS off is held up by failures alone. */
export function verdictOf(found: PrerequisiteReport, purpose: Purpose = 'report'): PoolJudgement['verdict'] {
  if (found.counts.fail > 0) return 'blocked';
  return found.counts.unknown > 0 && purpose !== 'disable' ? 'unknown' : 'clear';
}
