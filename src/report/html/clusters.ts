import { count } from '../../core/text.ts';
import type { CheckRow } from '../../model/check.ts';
import type { PoolSummary, PrerequisiteReport } from '../../model/report.ts';
import { placeOf } from '../../model/ids.ts';
import { byWorst, worstFirst, type ClusterGroup, type Grouped } from '../places.ts';
import type { Totals } from '../totals.ts';
import { findingsList, needsLook, type CheckIndex } from './findings.ts';
import { badge, htmlFix, htmlText } from './text.ts';

/** What the filter offers; a position in these lists is what elements carry, so that the page stays small. */
export interface Choices {
  readonly checks: CheckIndex;
  readonly subscriptions: ReadonlyMap<string, number>;
  readonly subscriptionNames: readonly string[];
  readonly groups: ReadonlyMap<string, number>;
}

export function choicesOf(report: PrerequisiteReport, totals: Totals): Choices {
  const names = new Map(
    (report.subscriptions ?? []).map(({ subscriptionId, name }) => [subscriptionId.toLowerCase(), name]),
  );
  const ids = new Map<string, string>();
  for (const { subscriptionId } of report.pools)
    if (!ids.has(subscriptionId.toLowerCase())) ids.set(subscriptionId.toLowerCase(), subscriptionId);
  for (const { resourceId } of report.rows) {
    const { subscriptionId, cluster } = placeOf(resourceId);
    if (cluster !== '' && !ids.has(subscriptionId.toLowerCase())) ids.set(subscriptionId.toLowerCase(), subscriptionId);
  }
  const sorted = [...ids]
    .map(([key, id]) => [key, names.get(key) ?? id] as const)
    .sort((a, b) => (a[1] < b[1] ? -1 : 1));
  return {
    checks: new Map(totals.checks.map(({ id }, index) => [id, index])),
    subscriptions: new Map(sorted.map(([key], index) => [key, index])),
    subscriptionNames: sorted.map(([, name]) => name),
    groups: new Map(
      [...new Set(report.pools.flatMap(({ group }) => (group === undefined ? [] : [group])))]
        .sort()
        .map((group, index) => [group, index]),
    ),
  };
}

/** The columns of a pool; the big table adds cluster and subscription behind the first. */
export function poolColumns(report: PrerequisiteReport): readonly string[] {
  return [
    'Node pool',
    'Eligibility',
    'Blocked by',
    'LocalDNS',
    'Nodes',
    'Kubernetes',
    ...(report.groupBy === undefined ? [] : [htmlText(report.groupBy)]),
    ...(report.pools.some(({ forecast }) => forecast !== undefined) ? ['Forecast'] : []),
  ];
}

function forecastCell({ forecast }: PoolSummary): string {
  if (forecast === undefined) return '<td>';
  const pin = forecast.pin === undefined ? '' : ` <span class="fix">Pin: ${htmlFix(forecast.pin)}</span>`;
  return `<td class=wide>${badge(`f-${forecast.outcome}`, forecast.outcome)} <small>${htmlText(forecast.reason)}</small>${pin}`;
}

function poolRow(
  pool: PoolSummary,
  columns: readonly string[],
  report: PrerequisiteReport,
  choices: Choices,
  checks: ReadonlySet<number>,
): string {
  const group = pool.group === undefined ? '' : ` data-g="${String(choices.groups.get(pool.group) ?? '')}"`;
  return [
    `<tr data-e=${pool.eligibility}${checks.size === 0 ? '' : ` data-c="${[...checks].join(' ')}"`}${group}><th scope=row>${htmlText(pool.pool)}`,
    `<td>${badge(pool.eligibility)}<td>${pool.blockedBy.map((id) => htmlText(id)).join(', ')}`,
    `<td>${pool.localDnsMode === '-' ? '' : `${htmlText(pool.localDnsMode)}${pool.localDnsState === '-' ? '' : `, ${htmlText(pool.localDnsState)}`}`}<td class=n>${pool.nodes === undefined ? '' : String(pool.nodes)}<td>${htmlText(pool.kubernetesVersion ?? '')}`,
    ...(report.groupBy === undefined ? [] : [`<td>${htmlText(pool.group ?? '')}`]),
    ...(columns.includes('Forecast') ? [forecastCell(pool)] : []),
  ].join('');
}

function checksByPool(
  rows: readonly CheckRow[],
  above: readonly number[],
  choices: Choices,
): (pool: PoolSummary) => ReadonlySet<number> {
  const shared = new Set(above);
  const own = new Map<string, Set<number>>();
  for (const row of rows) {
    const index = needsLook(row) ? choices.checks.get(row.id) : undefined;
    if (index === undefined) continue;
    const key = row.level === 'pool' ? row.resourceId.toLowerCase() : '';
    if (key === '') shared.add(index);
    else own.set(key, (own.get(key) ?? new Set<number>()).add(index));
  }
  return (pool) =>
    new Set([
      ...shared,
      ...(own.get(pool.resourceId.toLowerCase()) ?? []),
      ...pool.blockedBy.flatMap((id) => choices.checks.get(id) ?? []),
    ]);
}

function badges({ pools }: ClusterGroup): string {
  if (pools.length === 0) return '<span class="muted">no node pools</span>';
  return worstFirst
    .map((eligibility) => ({ eligibility, amount: pools.filter((pool) => pool.eligibility === eligibility).length }))
    .filter(({ amount }) => amount > 0)
    .map(({ eligibility, amount }) => badge(eligibility, `${String(amount)} ${eligibility}`))
    .join(' ');
}

interface Page {
  readonly report: PrerequisiteReport;
  readonly choices: Choices;
  readonly columns: readonly string[];
  /** Positions of the checks that found something in a subscription. */
  readonly above: ReadonlyMap<string, readonly number[]>;
  readonly open: boolean;
}

function cluster(group: ClusterGroup, index: number, page: Page): string {
  const { report, choices, columns, above, open } = page;
  const key = group.subscriptionId.toLowerCase();
  const subscription = choices.subscriptions.get(key) ?? -1;
  const checks = checksByPool(group.rows, above.get(key) ?? [], choices);
  const name = htmlText(`${group.resourceGroup}/${group.cluster}`);
  const id = `c${String(index)}`;
  const location = group.pools[0]?.location;
  const table =
    group.pools.length === 0
      ? ''
      : `<div class=s tabindex=0 role=group aria-labelledby="${id}-h"><table><caption class=vh>Node pools of ${name}</caption><thead><tr>${columns.map((column) => `<th scope=col>${column}`).join('')}</thead><tbody>\n${group.pools.map((pool) => poolRow(pool, columns, report, choices, checks(pool))).join('\n')}</table></div>`;
  const about = `<span>${htmlText(choices.subscriptionNames[subscription] ?? group.subscriptionId)}</span>${location === undefined ? '' : ` · ${htmlText(location)}`}`;
  return `<details class=cluster id="${id}" data-s="${String(subscription)}"${open ? ' open' : ''}><summary><h3 id="${id}-h">${name}</h3> ${badges(group)} <span class=about>${about}</span></summary>\n${table}${findingsList(group.rows, choices.checks)}</details>`;
}

/** A section a cluster, the worst first, all of it readable without script. */
export function clusterSections(report: PrerequisiteReport, { clusters, shared }: Grouped, choices: Choices): string {
  const above = new Map<string, number[]>();
  for (const row of shared) {
    const index = needsLook(row) ? choices.checks.get(row.id) : undefined;
    const key = placeOf(row.resourceId).subscriptionId.toLowerCase();
    if (index !== undefined) above.set(key, [...(above.get(key) ?? []), index]);
  }
  const page = { report, choices, columns: poolColumns(report), above, open: clusters.length <= 3 };
  const sorted = [...clusters].sort((left, right) => byWorst(left.worst, right.worst));
  return `<p id="cluster-status" class="muted">${count(clusters.length, 'cluster')}${clusters.length > 1 ? ', those that need a look first' : ''}.</p>\n<div id="cluster-list">${sorted.map((group, index) => cluster(group, index, page)).join('\n')}</div>`;
}
