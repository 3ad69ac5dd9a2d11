import { oneLine } from '../../core/text.ts';
import type { CheckRow, CheckStatus } from '../../model/check.ts';
import type { PoolJudgement } from '../../model/judgement.ts';
import type { Eligibility, PoolSummary, PrerequisiteReport } from '../../model/report.ts';
import { exclusionOf } from './exclusion.ts';
import { isOn, poolVersion, type PoolFacts } from './facts.ts';
import { forecast } from './forecast/index.ts';
import type { Purpose } from './judge.ts';
import { catalogue } from './rules/index.ts';
import type { Version } from '../../model/kubernetes-version.ts';
import { shown } from './verdict-parts.ts';

export interface SummaryOptions {
  /** Adds a forecast: whether an upgrade to this version turns LocalDNS on automatically. */
  readonly forecast?: Version | undefined;
  /** A tag key; the value comes from the pool or, if the pool has no such tag, from its cluster. */
  readonly groupBy?: string | undefined;
}

function counting(rows: readonly CheckRow[], status: CheckStatus): readonly CheckRow[] {
  return rows.filter((row) => row.status === status && !row.ignored);
}

/** Optional checks that only warn; they do not affect the eligibility of a pool. */
const advisory = new Set(
  catalogue.filter(({ onlyWith }) => onlyWith === '--capacity' || onlyWith === '--network').map(({ id }) => id),
);

function ids(rows: readonly CheckRow[]): readonly string[] {
  return [...new Set(rows.map((row) => row.id))];
}

/** From the rows that are not ignored: LocalDNS on, skipped, any fail, any unknown, otherwise eligible. */
function eligibility(
  facts: PoolFacts,
  rows: readonly CheckRow[],
): { readonly eligibility: Eligibility; readonly blockedBy: readonly string[] } {
  if (isOn(facts)) return { eligibility: 'enabled', blockedBy: [] };
  const exclusion = exclusionOf(facts.pool);
  if (exclusion !== undefined && !facts.named) return { eligibility: 'skipped', blockedBy: [exclusion.check] };
  const fails = counting(rows, 'fail');
  if (fails.length > 0) return { eligibility: 'blocked', blockedBy: ids(fails) };
  const unknowns = counting(rows, 'unknown').filter(({ id }) => !advisory.has(id));
  return unknowns.length > 0
    ? { eligibility: 'unknown', blockedBy: ids(unknowns) }
    : { eligibility: 'eligible', blockedBy: [] };
}

export function poolSummary(
  facts: PoolFacts,
  rows: readonly CheckRow[],
  { forecast: version, groupBy }: SummaryOptions,
): PoolSummary {
  const { pool, isNew } = facts;
  const location = facts.cluster.known ? facts.cluster.value.location : undefined;
  const kubernetesVersion = poolVersion(facts);
  const group = groupBy === undefined ? undefined : groupOf(facts, groupBy);
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
    ...(location === undefined ? {} : { location: oneLine(location) }),
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion: oneLine(kubernetesVersion) }),
    ...(group === undefined ? {} : { group }),
    ...(version === undefined || isNew ? {} : { forecast: forecast(facts, version) }),
  };
}

/** Azure compares tag keys case-insensitively. */
function groupOf({ pool, cluster }: PoolFacts, key: string): string | undefined {
  const tags = [pool.tags, ...(cluster.known ? [cluster.value.tags] : [])];
  for (const entries of tags) {
    const found = Object.entries(entries).find(([name]) => name.toLowerCase() === key.toLowerCase());
    if (found !== undefined) return shown(found[1], '-');
  }
  return undefined;
}

/** Any fail blocks; otherwise any unknown is unknown. Turning LocalDNS off is blocked only by failures. */
export function verdictOf(found: PrerequisiteReport, purpose: Purpose = 'report'): PoolJudgement['verdict'] {
  if (found.counts.fail > 0) return 'blocked';
  return found.counts.unknown > 0 && purpose !== 'disable' ? 'unknown' : 'clear';
}
