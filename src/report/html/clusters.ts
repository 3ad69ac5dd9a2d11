import { count } from '../../core/text.ts';
import { checkStatuses, type ReportRow } from '../../model/check.ts';
import { placeOf } from '../../model/ids.ts';
import { withinCluster, type ClusterGroup, type Grouped } from '../places.ts';
import type { Value } from '../markup.ts';
import { capital, type Totals } from '../totals.ts';
import { column, inOrder, tones, type Column, type ReportView, type Subject, type Subjects } from '../view.ts';
import { findingsList, needsLook } from './findings.ts';
import { attributes, badge, cellOf, html, nothing, type Html } from './markup.ts';

/** The choices of the filter. Elements carry positions in these lists, which keeps the page small. */
export interface Choices {
  readonly checks: ReadonlyMap<string, number>;
  /** Links to the row of a check in the table of all checks. */
  readonly links: ReadonlyMap<string, Html>;
  readonly subscriptions: ReadonlyMap<string, number>;
  readonly subscriptionNames: readonly string[];
  readonly groups: ReadonlyMap<string, number>;
}

export function choicesOf({ report, subjects }: ReportView, totals: Totals, { clusters }: Grouped): Choices {
  const { subscriptions = [] } = report;
  const items = subjects?.items ?? [];
  const names = new Map(subscriptions.map(({ subscriptionId, name }) => [subscriptionId.toLowerCase(), name]));
  const amounts = new Map<string, number>();
  for (const name of names.values()) amounts.set(name, (amounts.get(name) ?? 0) + 1);
  /** Adds the id to a name that several subscriptions share. */
  const label = (key: string, id: string): string => {
    const name = names.get(key) ?? id;
    return (amounts.get(name) ?? 0) > 1 ? `${name} (${id})` : name;
  };
  const ids = new Map<string, string>();
  for (const { subscriptionId } of clusters) {
    const key = subscriptionId.toLowerCase();
    if (!ids.has(key)) ids.set(key, subscriptionId);
  }
  const sorted = [...ids].map(([key, id]) => [key, label(key, id)] as const).sort((a, b) => (a[1] < b[1] ? -1 : 1));
  const groups = new Set(items.flatMap(({ at: { group } }) => (group === undefined ? [] : [group])));
  return {
    checks: new Map(totals.checks.map(({ id }, index) => [id, index])),
    links: new Map(totals.checks.map(({ id }, index) => [id, html`<a href="#k${index}">${id}</a>`])),
    subscriptions: new Map(sorted.map(([key], index) => [key, index])),
    subscriptionNames: sorted.map(([, name]) => name),
    groups: new Map([...groups].sort().map((group, index) => [group, index])),
  };
}

/** The columns of a subject. The big table adds cluster and subscription after the first. */
export function subjectColumns({ noun, state, cause, columns }: Subjects): readonly Column[] {
  return [column(capital(noun)), column(state), column(cause), ...columns.file];
}

/** What all clusters of a page share. */
interface Page {
  readonly view: ReportView;
  readonly choices: Choices;
  /** What the badges of a cluster count, worst first: states, or statuses if there are no subjects. */
  readonly kinds: readonly { readonly name: string; readonly tone: string }[];
  /** The badge of a subject by the name of its state. */
  readonly badges: ReadonlyMap<string, Html>;
  readonly head: Html;
  /** Positions of the checks with findings, by subscription. */
  readonly above: ReadonlyMap<string, readonly number[]>;
  readonly open: boolean;
}

const openings = { text: html`<td>`, number: html`<td class=n>`, wide: html`<td class=wide>` };

/** Fills one list instead of a template per cell, because there are hundreds of thousands of cells. */
function cells(subject: Subject, { columns }: Subjects): Html {
  const parts: Value<'html'>[] = [];
  for (const [index, cell] of subject.cells('file').entries()) {
    const { kind = 'text' } = columns.file[index] ?? {};
    parts.push(openings[kind === 'wide' && cell === '' ? 'text' : kind], cellOf(cell));
  }
  return html.join(parts);
}

/** A list that wraps between its IDs, not within one. */
function causesOf(causes: readonly string[]): Html {
  return html.join(
    causes.map((id, index) => html`<span class=k>${id}${index < causes.length - 1 ? ',' : ''}</span>`),
    ' ',
  );
}

function subjectRow(
  subject: Subject,
  checks: ReadonlySet<number>,
  { choices, badges }: Page,
  subjects: Subjects,
): Html {
  const { at, state, causes } = subject;
  const attached = attributes({
    'data-c': checks.size === 0 ? undefined : [...checks].join(' '),
    'data-g': at.group === undefined ? undefined : choices.groups.get(at.group),
  });
  return html`<tr data-e=${state}${attached}><th scope=row>${at.pool}<td>${badges.get(state) ?? state}<td>${causesOf(causes)}${cells(subject, subjects)}`;
}

/** The checks with findings for a subject: in its subscription, its cluster or itself. */
function checksOf(
  rows: readonly ReportRow[],
  above: readonly number[],
  { checks }: Choices,
): (subject: Subject) => ReadonlySet<number> {
  const shared = new Set(above);
  const own = new Map<string, Set<number>>();
  for (const row of rows) {
    const index = needsLook(row) ? checks.get(row.id) : undefined;
    if (index === undefined) continue;
    if (row.level === 'cluster' || row.level === 'config') shared.add(index);
    else {
      const key = row.resourceId.toLowerCase();
      own.set(key, (own.get(key) ?? new Set<number>()).add(index));
    }
  }
  return ({ at, causes }) =>
    new Set([
      ...shared,
      ...(own.get(at.resourceId.toLowerCase()) ?? []),
      ...causes.flatMap((id) => checks.get(id) ?? []),
    ]);
}

function badgesOf({ subjects, rows }: ClusterGroup, { view, kinds }: Page): Html {
  if (view.subjects !== undefined && subjects.length === 0)
    return html`<span class="muted">no ${view.subjects.noun}s</span>`;
  const found =
    view.subjects === undefined
      ? rows.filter(({ ignored }) => !ignored).map(({ status }) => status)
      : subjects.map(({ state }) => state);
  const counted = kinds.map(({ name, tone }) => ({ name, tone, amount: found.filter((word) => word === name).length }));
  return html.join(
    counted.flatMap(({ name, tone, amount }) => (amount === 0 ? [] : [badge(tone, `${String(amount)} ${name}`)])),
    ' ',
  );
}

function subjectTable(group: ClusterGroup, id: string, name: string, page: Page): Html {
  const { subjects } = page.view;
  if (subjects === undefined || group.subjects.length === 0) return nothing;
  const found = checksOf(group.rows, page.above.get(group.subscriptionId.toLowerCase()) ?? [], page.choices);
  const rows = group.subjects.map((subject) => subjectRow(subject, found(subject), page, subjects));
  return html`<div class=s tabindex=0 role=group aria-labelledby="${id}-h"><table><caption class=vh>${capital(subjects.noun)}s of ${name}</caption><thead><tr>${page.head}</thead><tbody>
${html.join(rows, '\n')}</table></div>`;
}

function cluster(group: ClusterGroup, index: number, page: Page): Html {
  const { choices, open } = page;
  const subscription = choices.subscriptions.get(group.subscriptionId.toLowerCase()) ?? -1;
  const name = `${group.resourceGroup}/${group.cluster}`;
  const id = `c${String(index)}`;
  const location = group.subjects[0]?.at.location;
  return html`<details class=cluster id="${id}" data-s="${subscription}"${attributes({ open })}><summary><h3 id="${id}-h">${name}</h3> ${badgesOf(group, page)} <span class=about><span>${choices.subscriptionNames[subscription] ?? group.subscriptionId}</span>${location === undefined ? '' : html` · ${location}`}</span></summary>
${subjectTable(group, id, name, page)}${findingsList(group.rows, choices.links, withinCluster(group))}</details>`;
}

/** One section per cluster, worst first, readable without script. */
export function clusterSections(view: ReportView, { clusters, shared }: Grouped, choices: Choices): Html {
  const above = new Map<string, number[]>();
  for (const row of shared) {
    const index = needsLook(row) ? choices.checks.get(row.id) : undefined;
    const key = placeOf(row.resourceId).subscriptionId.toLowerCase();
    if (index !== undefined) above.set(key, [...(above.get(key) ?? []), index]);
  }
  const { subjects } = view;
  const kinds =
    subjects === undefined
      ? checkStatuses.map((status) => ({ name: status, tone: status }))
      : inOrder(subjects.states, tones);
  const page: Page = {
    view,
    choices,
    kinds,
    badges: new Map(kinds.map(({ name, tone }) => [name, badge(tone, name)])),
    head: html.join(
      subjects === undefined ? [] : subjectColumns(subjects).map(({ header }) => html`<th scope=col>${header}`),
    ),
    above,
    open: clusters.length <= 3,
  };
  const sections = [...clusters]
    .sort((left, right) => left.worst - right.worst)
    .map((group, index) => cluster(group, index, page));
  return html`<p id="cluster-status" class="muted">${count(clusters.length, 'cluster')}${clusters.length > 1 ? ', most urgent first' : ''}.</p>
<div id="cluster-list">${html.join(sections, '\n')}</div>`;
}
