import { count } from '../core/text.ts';
import type { Eligibility, Forecast, PoolSummary, PrerequisiteReport } from '../model/report.ts';
import { clean } from './clean-text.ts';
import {
  column,
  viewOf,
  type Cell,
  type Column,
  type ReportView,
  type Section,
  type State,
  type Subject,
} from './view.ts';

const states: readonly (State & { readonly name: Eligibility })[] = [
  { name: 'eligible', tone: 'eligible', meaning: 'can have LocalDNS' },
  { name: 'enabled', tone: 'enabled', meaning: 'already has LocalDNS' },
  { name: 'blocked', tone: 'blocked', meaning: 'cannot have LocalDNS until its findings are fixed' },
  { name: 'unknown', tone: 'unknown', meaning: 'could not be fully evaluated' },
  { name: 'skipped', tone: 'skipped', meaning: 'does not support LocalDNS' },
];

export const eligibilities: readonly Eligibility[] = states.map(({ name }) => name);

export const forecastMeanings: Readonly<Record<Forecast['outcome'], string>> = {
  'will-enable': 'LocalDNS turns on automatically',
  'will-not': 'LocalDNS does not turn on automatically',
  pinned: 'the stored profile keeps LocalDNS as it is',
  'already-on': 'LocalDNS is already on',
  unknown: 'cannot be predicted',
};

/** Optional parts of the report: the value of a tag, and the forecast. */
interface Asked {
  readonly groupBy: string | undefined;
  readonly forecast: boolean;
}

class Pool implements Subject {
  readonly at: PoolSummary;
  readonly #asked: Asked;

  constructor(pool: PoolSummary, asked: Asked) {
    this.at = pool;
    this.#asked = asked;
  }

  get state(): Eligibility {
    return this.at.eligibility;
  }

  get causes(): readonly string[] {
    return this.at.blockedBy;
  }

  get remark(): string {
    const { localDnsMode, localDnsState, nodes } = this.at;
    return `LocalDNS mode ${clean(localDnsMode)}, state ${clean(localDnsState)}${nodes === undefined ? '' : `, ${count(nodes, 'node')}`}`;
  }

  get outlook(): Subject['outlook'] {
    const { forecast } = this.at;
    if (forecast === undefined) return undefined;
    const { version, outcome, reason, pin } = forecast;
    return {
      text: `Kubernetes ${clean(version)}: ${outcome}, ${clean(reason)}`,
      property: `forecast ${version} ${outcome}: ${reason}`,
      pin,
    };
  }

  cells(columns: 'page' | 'file'): readonly Cell[] {
    const { localDnsMode: mode, localDnsState: state, nodes, kubernetesVersion, group, forecast } = this.at;
    const isPage = columns === 'page';
    const profile = mode === '-' || state === '-' ? (mode === '-' ? '' : mode) : `${mode}, ${state}`;
    const cells: Cell[] = [isPage ? (mode === '-' ? mode : [mode, '/', state]) : profile, String(nodes ?? '')];
    if (!isPage) cells.push(kubernetesVersion ?? '');
    if (this.#asked.groupBy !== undefined) cells.push(group ?? '');
    if (!this.#asked.forecast) return cells;
    if (forecast === undefined) cells.push(...(isPage ? ['', ''] : ['']));
    else if (isPage) cells.push([`${forecast.outcome}:`, forecast.reason], { fix: forecast.pin ?? '' });
    else cells.push(foreseen(forecast));
    return cells;
  }

  fields(): Readonly<Record<string, string | number | undefined>> {
    const { localDnsMode, localDnsState, blockedBy, nodes, location, kubernetesVersion, group, forecast } = this.at;
    // The model uses `-` for a missing value; a cell is empty instead.
    const stored = (value: string): string | undefined => (value === '-' ? undefined : value);
    return {
      BlockedBy: blockedBy.join(' '),
      LocalDnsMode: stored(localDnsMode),
      LocalDnsState: stored(localDnsState),
      Nodes: nodes,
      Location: location,
      KubernetesVersion: kubernetesVersion,
      Group: group,
      Forecast: forecast?.outcome,
      ForecastVersion: forecast?.version,
      ForecastReason: forecast?.reason,
      Pin: forecast?.pin,
    };
  }
}

/** The whole forecast in one cell. */
function foreseen({ outcome, reason, pin }: Forecast): Cell {
  const said = [{ badge: outcome, tone: `f-${outcome}` }, { small: reason }];
  return pin === undefined ? said : [...said, { fix: pin, label: 'Pin' }];
}

function columnsOf({ groupBy, forecast }: Asked): Readonly<Record<'page' | 'file', readonly Column[]>> {
  const both = [column('LocalDNS'), column('Nodes', 'number')];
  const group = groupBy === undefined ? [] : [column(groupBy)];
  const foreseen = forecast ? [column('Forecast', 'wide')] : [];
  return {
    page: [...both, ...group, ...foreseen, ...foreseen.map(() => column('Pin'))],
    file: [...both, column('Kubernetes'), ...group, ...foreseen],
  };
}

/** In the order of the report. */
const outcomes: readonly Forecast['outcome'][] = ['will-enable', 'unknown', 'already-on', 'pinned', 'will-not'];

function forecastSection({ pools }: PrerequisiteReport): Section {
  const reasons = new Map<Forecast['outcome'], Map<string, number>>();
  for (const { forecast } of pools) {
    if (forecast === undefined) continue;
    const counts = reasons.get(forecast.outcome) ?? new Map<string, number>();
    counts.set(forecast.reason, (counts.get(forecast.reason) ?? 0) + 1);
    reasons.set(forecast.outcome, counts);
  }
  const found = outcomes.flatMap((outcome) => {
    const counts = [...(reasons.get(outcome) ?? [])].sort((a, b) => b[1] - a[1]);
    const amount = counts.reduce((sum, [, pools]) => sum + pools, 0);
    return counts.slice(0, 1).map(([reason, share]) => ({ outcome, amount, reason, share }));
  });
  const version = pools.find(({ forecast }) => forecast !== undefined)?.forecast?.version ?? '';
  return {
    id: 'forecast',
    heading: `Forecast for Kubernetes ${version}`,
    caption: 'Whether LocalDNS turns on automatically at this upgrade',
    noun: 'outcome',
    columns: [column('Forecast'), column('Node pools', 'number'), column('Meaning'), column('Why', 'wide')],
    rows: found.map(({ outcome, amount, reason, share }) => [
      { badge: outcome, tone: `f-${outcome}` },
      amount,
      forecastMeanings[outcome],
      // The most frequent reason, and how many pools have it.
      share < amount ? [reason, { of: share }] : reason,
    ]),
    lines: found.map(({ outcome, amount }) => [outcome, amount, forecastMeanings[outcome]]),
    counted: true,
  };
}

function groupSection({ groupBy = '', pools }: PrerequisiteReport): Section {
  const groups = new Map<string | undefined, Record<Eligibility, number>>();
  for (const { group, eligibility } of pools) {
    const amounts = groups.get(group) ?? { eligible: 0, enabled: 0, blocked: 0, unknown: 0, skipped: 0 };
    amounts[eligibility] += 1;
    groups.set(group, amounts);
  }
  const found = [...groups]
    .map(([group, amounts]) => ({
      name: group ?? '(none)',
      order: group ?? '\uffff',
      amounts,
      total: Object.values(amounts).reduce((sum, amount) => sum + amount, 0),
    }))
    .sort((a, b) => b.amounts.blocked - a.amounts.blocked || b.total - a.total || (a.order < b.order ? -1 : 1));
  return {
    id: 'groups',
    heading: `By ${groupBy}`,
    caption: `Node pools by ${groupBy}, most blocked first`,
    noun: 'group',
    columns: [column(groupBy), ...['Node pools', ...eligibilities].map((header) => column(header, 'number'))],
    rows: found.map(({ name, total, amounts }) => [name, total, ...eligibilities.map((word) => amounts[word])]),
    lines: found.map(({ name, total, amounts }) => [
      name,
      total,
      (['blocked', 'unknown', 'eligible', 'enabled'] as const)
        .map((word) => `${String(amounts[word])} ${word}`)
        .join(', '),
    ]),
  };
}

/** A warning that only some checks were judged, so that eligibility is not misread. Undefined if all were judged. */
function onlyLine({ only, checks }: PrerequisiteReport): string | undefined {
  if (only === undefined) return undefined;
  const judged = only.filter((id) => checks === undefined || checks.includes(id));
  return `Only these checks were judged: ${judged.length === 0 ? 'none' : clean(judged.join(', '))}; eligibility depends on these only.`;
}

/** The prerequisite report: node pools with their eligibility and forecast. */
export function prerequisites(report: PrerequisiteReport): ReportView {
  const { pools, ruleset, groupBy, only } = report;
  const asked = { groupBy, forecast: pools.some(({ forecast }) => forecast !== undefined) };
  const keys = new Set(
    pools.map((pool) => `${pool.subscriptionId}\n${pool.resourceGroup}\n${pool.cluster}`.toLowerCase()),
  );
  const clusters = report.clusters ?? keys.size;
  const judged = onlyLine(report);
  return viewOf(report, {
    title: 'LocalDNS prerequisites',
    command: 'aks-localdns check',
    explain: 'aks-localdns check explain',
    failures: { heading: 'Blocked by reason', noun: 'the blocking findings' },
    facts: [{ label: 'Rule set', value: ruleset }],
    banners: judged === undefined ? [] : [{ heading: 'Not all checks.', text: judged }],
    extent: [
      { amount: pools.length, noun: 'node pool' },
      { amount: clusters, noun: 'cluster' },
    ],
    properties: [
      ['clusters', clusters],
      ['only', only?.join(' ')],
      ['groupBy', groupBy],
    ],
    subjects: {
      noun: 'node pool',
      short: 'pool',
      state: 'Eligibility',
      cause: 'Blocked by',
      states,
      items: pools.map((pool) => new Pool(pool, asked)),
      columns: columnsOf(asked),
      groupBy,
    },
    sections: () => [
      ...(asked.forecast ? [forecastSection(report)] : []),
      ...(groupBy === undefined ? [] : [groupSection(report)]),
    ],
    columns:
      'BlockedBy,LocalDnsMode,LocalDnsState,Nodes,Location,KubernetesVersion,Group,Forecast,ForecastVersion,ForecastReason,Pin',
  });
}
