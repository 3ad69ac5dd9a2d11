import { count } from '../core/text.ts';
import type { ReportDiff } from './diff.ts';
import type { RenderOptions, Style } from './format.ts';
import { more } from './markdown-report.ts';
import { markdownCode, markdownFix, markdownTable, md, type MarkdownLine } from './markdown.ts';
import { page, painted, plain, term, type Line } from './terminal.ts';

const maxListed = 200;

/** The lists, most important first. */
const findingLists = [
  { list: 'new', label: 'new', heading: 'New' },
  { list: 'worse', label: 'worse', heading: 'Worse' },
  { list: 'better', label: 'better', heading: 'Better' },
  { list: 'fixed', label: 'fixed', heading: 'Fixed' },
  { list: 'ignored', label: 'ignored', heading: 'Now ignored' },
  { list: 'notChecked', label: 'not checked', heading: 'Not checked by the new report' },
] as const;

const poolLists = [
  { list: 'changed', heading: 'Pools whose eligibility changed' },
  { list: 'added', heading: 'Pools added' },
  { list: 'removed', heading: 'Pools removed' },
] as const;

function step(before: string | undefined, after: string | undefined): string {
  if (before === undefined) return after ?? '';
  return after === undefined ? before : `${before} -> ${after}`;
}

type FindingChange = ReportDiff['new'][number];
type PoolChange = ReportDiff['pools']['changed'][number];

function poolName({ resourceGroup, cluster, pool }: PoolChange): string {
  return `${resourceGroup}/${cluster}/${pool}`;
}

function findingLines({ before, after, id, target, reason, fix }: FindingChange, style: Style): readonly Line[] {
  return [
    term`  ${step(before, after)}  ${id}  ${target}: ${reason}`,
    ...(fix === undefined || after === undefined ? [] : [term`    Fix: ${painted(style, 'command', fix)}`]),
  ];
}

/** A list of the diff with its heading, or nothing if it is empty. */
function listLines<T>(
  heading: string,
  items: readonly T[],
  style: Style,
  lines: (item: T) => readonly Line[],
): readonly Line[] {
  if (items.length === 0) return [];
  const hidden = items.length - maxListed;
  return [
    painted(style, 'heading', `${heading} (${String(items.length)})`),
    ...items.slice(0, maxListed).flatMap(lines),
    ...(hidden > 0 ? [term`  … and ${hidden} more; -o json lists all.`] : []),
    term``,
  ];
}

/** `2 new, 0 worse, 1 better, 3 fixed, 0 ignored, 0 not checked, 40 unchanged` */
function diffLine(diff: ReportDiff): string {
  return [
    ...findingLists.map(({ list, label }) => `${String(diff[list].length)} ${label}`),
    `${String(diff.unchanged)} unchanged`,
  ].join(', ');
}

function poolsLine({ pools }: ReportDiff): string {
  return `${String(pools.changed.length)} changed, ${String(pools.added.length)} added, ${String(pools.removed.length)} removed, ${String(pools.unchanged)} unchanged`;
}

/** For a terminal: the lists that are not empty, then the counts of all. */
export function renderDiffTable(diff: ReportDiff, { style = plain }: RenderOptions = {}): string {
  return page([
    ...diff.notes.map((note) => `Note: ${note}`),
    ...findingLists.flatMap(({ list, heading }) =>
      listLines(heading, diff[list], style, (change) => findingLines(change, style)),
    ),
    ...poolLists.flatMap(({ list, heading }) =>
      listLines(heading, diff.pools[list], style, (change) => [
        term`  ${poolName(change)}  ${step(change.before, change.after)}`,
      ]),
    ),
    `Findings: ${diffLine(diff)}.`,
    `Node pools: ${poolsLine(diff)}.`,
  ]);
}

function arrow(before: string | undefined, after: string | undefined): MarkdownLine {
  return before === undefined || after === undefined ? md`${before ?? after ?? ''}` : md`${before} -> ${after}`;
}

function section<T>(
  heading: string,
  items: readonly T[],
  noun: string,
  table: (items: readonly T[]) => readonly MarkdownLine[],
): readonly MarkdownLine[] {
  if (items.length === 0) return [];
  return [md``, md`## ${heading}`, md``, ...table(items.slice(0, maxListed)), ...more(items.length - maxListed, noun)];
}

/** For a change request. */
export function renderDiffMarkdown(diff: ReportDiff): string {
  const { before, after } = diff;
  const scopes = new Set([before.scope, after.scope]);
  const lines = [
    md`# LocalDNS prerequisites: what changed`,
    md``,
    md`Scope: ${md.join([...scopes], ', then ')}. Rule set: ${arrow(before.ruleset, after.ruleset === before.ruleset ? undefined : after.ruleset)}.`,
    md``,
    ...diff.notes.flatMap((note) => [md`> [!WARNING]`, md`> ${note}`, md``]),
    md`## Summary`,
    md``,
    ...markdownTable(
      ['Findings', 'Count'],
      [...findingLists.map(({ list, label }) => [label, diff[list].length]), ['unchanged', diff.unchanged]],
    ),
    md``,
    md`Node pools: ${poolsLine(diff)}.`,
    ...findingLists.flatMap(({ list, heading }) =>
      section(`${heading} (${count(diff[list].length, 'finding')})`, diff[list], 'finding', (changes) =>
        markdownTable(
          ['Target', 'Status', 'Check', 'Reason', 'Fix'],
          changes.map((change) => [
            markdownCode(change.target),
            arrow(change.before, change.after),
            change.id,
            change.reason,
            change.after === undefined ? '' : markdownFix(change.fix ?? ''),
          ]),
        ),
      ),
    ),
    ...poolLists.flatMap(({ list, heading }) =>
      section(`${heading} (${String(diff.pools[list].length)})`, diff.pools[list], 'pool', (changes) =>
        markdownTable(
          ['Node pool', 'Eligibility'],
          changes.map((change) => [markdownCode(poolName(change)), arrow(change.before, change.after)]),
        ),
      ),
    ),
  ];
  return `${md.join(lines, '\n').text}\n`;
}
