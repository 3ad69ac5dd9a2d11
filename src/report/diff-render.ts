import { count } from '../core/text.ts';
import type { FindingChange, PoolChange, ReportDiff } from './diff.ts';
import type { RenderOptions, Style } from './format.ts';
import { markdownCode, markdownFix, markdownTable, markdownText } from './markdown-text.ts';
import { more } from './markdown-summary.ts';
import { clean } from './words.ts';

const plain: Style = (_, text) => text;
const mostListed = 200;

/** The lists in the order in which a reviewer needs them. */
const findingLists = [
  { list: 'new', heading: 'New' },
  { list: 'worse', heading: 'Worse' },
  { list: 'better', heading: 'Better' },
  { list: 'fixed', heading: 'Fixed' },
  { list: 'ignored', heading: 'Now ignored' },
  { list: 'gone', heading: 'Gone: the new report does not look there' },
] as const;

const poolLists = [
  { list: 'changed', heading: 'Pools whose eligibility changed' },
  { list: 'appeared', heading: 'Pools that appeared' },
  { list: 'vanished', heading: 'Pools that vanished' },
] as const;

function step(before: string | undefined, after: string | undefined): string {
  if (before === undefined) return after ?? '';
  return after === undefined ? before : `${before} -> ${after}`;
}

function poolName({ resourceGroup, cluster, pool }: PoolChange): string {
  return clean(`${resourceGroup}/${cluster}/${pool}`);
}

function findingLines(changes: readonly FindingChange[], style: Style): readonly string[] {
  return changes
    .slice(0, mostListed)
    .flatMap((change) => [
      `  ${step(change.before, change.after)}  ${clean(change.id)}  ${clean(change.target)}: ${clean(change.reason)}`,
      ...(change.fix === undefined || change.after === undefined
        ? []
        : [`    Fix: ${style('command', clean(change.fix))}`]),
    ]);
}

function rest(length: number): readonly string[] {
  return length <= mostListed ? [] : [`  … and ${String(length - mostListed)} more; -o json lists all.`];
}

/** `2 new, 0 worse, 1 better, 3 fixed, 0 ignored, 0 gone, 40 unchanged` */
export function diffLine(diff: ReportDiff): string {
  return [
    ...findingLists.map(({ list }) => `${String(diff[list].length)} ${list}`),
    `${String(diff.unchanged)} unchanged`,
  ].join(', ');
}

function poolsLine({ pools }: ReportDiff): string {
  return `${String(pools.changed.length)} changed, ${String(pools.appeared.length)} appeared, ${String(pools.vanished.length)} vanished, ${String(pools.unchanged)} unchanged`;
}

/** For a terminal: only the lists that hold something, then the counts of all. */
export function renderDiffTable(diff: ReportDiff, options: RenderOptions = {}): string {
  const style = options.style ?? plain;
  const lines = [
    ...diff.notes.map((note) => `Note: ${clean(note)}`),
    ...findingLists.flatMap(({ list, heading }) =>
      diff[list].length === 0
        ? []
        : [
            style('heading', `${heading} (${String(diff[list].length)})`),
            ...findingLines(diff[list], style),
            ...rest(diff[list].length),
            '',
          ],
    ),
    ...poolLists.flatMap(({ list, heading }) => {
      const changes = diff.pools[list];
      if (changes.length === 0) return [];
      return [
        style('heading', `${heading} (${String(changes.length)})`),
        ...changes.slice(0, mostListed).map((change) => `  ${poolName(change)}  ${step(change.before, change.after)}`),
        ...rest(changes.length),
        '',
      ];
    }),
    `Findings: ${diffLine(diff)}.`,
    `Node pools: ${poolsLine(diff)}.`,
  ];
  return `${lines.join('\n')}\n`;
}

/** For a change request: what came, what went, and where to look. */
export function renderDiffMarkdown(diff: ReportDiff): string {
  const scope =
    diff.before.scope === diff.after.scope
      ? markdownText(diff.after.scope)
      : `${markdownText(diff.before.scope)}, then ${markdownText(diff.after.scope)}`;
  return `${[
    '# LocalDNS prerequisites: what changed',
    '',
    `Scope: ${scope}. Rule set: ${step(diff.before.ruleset, diff.after.ruleset === diff.before.ruleset ? undefined : diff.after.ruleset)}.`,
    '',
    ...diff.notes.flatMap((note) => ['> [!WARNING]', `> ${markdownText(note)}`, '']),
    '## Summary',
    '',
    ...markdownTable(
      ['Findings', 'Count'],
      [...findingLists.map(({ list }) => [list, String(diff[list].length)]), ['unchanged', String(diff.unchanged)]],
    ),
    '',
    `Node pools: ${poolsLine(diff)}.`,
    '',
    ...findingLists.flatMap(({ list, heading }) => {
      const changes = diff[list];
      if (changes.length === 0) return [];
      const rows = changes
        .slice(0, mostListed)
        .map((change) => [
          markdownCode(change.target),
          step(change.before, change.after),
          markdownText(change.id),
          markdownText(change.reason),
          change.after === undefined ? '' : markdownFix(change.fix ?? ''),
        ]);
      return [
        `## ${heading} (${count(changes.length, 'finding')})`,
        '',
        ...markdownTable(['Target', 'Status', 'Check', 'Reason', 'Fix'], rows),
        ...more(changes.length - mostListed, 'finding'),
        '',
      ];
    }),
    ...poolLists.flatMap(({ list, heading }) => {
      const changes = diff.pools[list];
      if (changes.length === 0) return [];
      const rows = changes
        .slice(0, mostListed)
        .map((change) => [markdownCode(poolName(change)), step(change.before, change.after)]);
      return [
        `## ${heading} (${String(changes.length)})`,
        '',
        ...markdownTable(['Node pool', 'Eligibility'], rows),
        ...more(changes.length - mostListed, 'pool'),
        '',
      ];
    }),
  ]
    .join('\n')
    .trimEnd()}\n`;
}
