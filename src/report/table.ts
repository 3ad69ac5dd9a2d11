import type { JsonObject } from '../core/json.ts';
import { count, wrapWords } from '../core/text.ts';
import type { CheckRow } from '../model/check.ts';
import type { PoolSummary, PrerequisiteReport } from '../model/report.ts';
import type { Renderer, Style } from './format.ts';
import { fleetLines, manyPools, subscriptionLines, type Page } from './table-fleet.ts';
import { closingLines, hanging } from './table-lines.ts';
import { bannerLines, clean, isCommand, originLine } from './words.ts';

const statusWidth = 'UNKNOWN'.length;
const narrowest = 30;
const plain: Style = (_, text) => text;

interface Layout {
  readonly indent: string;
  readonly idWidth: number;
  readonly textWidth: number;
  readonly style: Style;
}

function layout(report: PrerequisiteReport, width: number | undefined, style: Style): Layout {
  const idWidth = Math.max(0, ...new Set(report.rows.map((row) => clean(row.id).length)));
  const left = 2 + statusWidth + 2 + idWidth + 2;
  const room = width === undefined ? Infinity : width - left;
  // Too narrow for a column of its own: the text goes below the id instead.
  return room >= narrowest
    ? { indent: ' '.repeat(left), idWidth, textWidth: room, style }
    : { indent: '    ', idWidth: 0, textWidth: Math.max(1, (width ?? Infinity) - 4), style };
}

function details(row: CheckRow, { textWidth, style }: Layout): readonly string[] {
  const stands = row.status === 'fail' || row.status === 'unknown';
  const fix = clean(row.fix ?? '');
  return [
    ...(stands
      ? wrapWords(`Observed: ${clean(row.observed)}. Required: ${clean(row.required)}.`, textWidth).map((line) =>
          style('muted', line),
        )
      : []),
    ...(fix === '' || row.status === 'pass'
      ? []
      : isCommand(fix)
        ? [`Fix: ${style('command', fix)}`]
        : wrapWords(`Fix: ${fix}`, textWidth)),
    ...(row.rulesetNote === undefined ? [] : wrapWords(`Note: ${clean(row.rulesetNote)}`, textWidth)),
  ];
}

function rowLines(row: CheckRow, page: Layout): readonly string[] {
  const status = page.style(row.status, row.status.toUpperCase().padEnd(statusWidth));
  const id = clean(row.id);
  const said = clean(row.status === 'pass' ? row.observed : row.reason);
  const text = wrapWords(row.ignored ? `(ignored) ${said}` : said, page.textWidth);
  const [first = '', ...rest] = page.idWidth === 0 ? ['', ...text] : text;
  const head = `  ${status}  ${page.idWidth === 0 ? id : `${id.padEnd(page.idWidth)}  ${first}`}`;
  return [head.trimEnd(), ...[...rest, ...details(row, page)].map((line) => `${page.indent}${line}`)];
}

const headings: Readonly<Record<CheckRow['level'], string>> = {
  subscription: 'Subscription',
  cluster: 'Cluster',
  pool: 'Node pool',
  config: 'Configuration',
};

function groups(rows: readonly CheckRow[]): ReadonlyMap<string, readonly CheckRow[]> {
  const found = new Map<string, CheckRow[]>();
  for (const row of rows) {
    const heading = `${headings[row.level]} ${clean(row.target)}`;
    const group = found.get(heading);
    if (group === undefined) found.set(heading, [row]);
    else group.push(row);
  }
  return found;
}

function poolLines(pool: PoolSummary, nameWidth: number, { width, style }: Page): readonly string[] {
  const head = `  ${clean(`${pool.resourceGroup}/${pool.cluster}/${pool.pool}`).padEnd(nameWidth)}  `;
  const nodes = pool.nodes === undefined ? '' : `, ${count(pool.nodes, 'node')}`;
  const by = pool.blockedBy.length === 0 ? '' : `: ${pool.blockedBy.map((id) => clean(id)).join(', ')}`;
  const { forecast } = pool;
  const group = pool.group === undefined ? '' : `; group ${clean(pool.group)}`;
  const now = hanging(
    head,
    `${pool.eligibility}${by} (LocalDNS mode ${clean(pool.localDnsMode)}, state ${clean(pool.localDnsState)}${nodes})${group}`,
    width,
  );
  if (forecast === undefined) return now;
  const later = hanging(
    '      ',
    `Kubernetes ${clean(forecast.version)}: ${forecast.outcome}, ${clean(forecast.reason)}`,
    width,
  );
  // A line to copy stays one line.
  return [
    ...now,
    ...later,
    ...(forecast.pin === undefined ? [] : [`      Pin: ${style('command', clean(forecast.pin))}`]),
  ];
}

function footer(report: PrerequisiteReport, page: Page): readonly string[] {
  const { style, width } = page;
  const name = Math.max(
    0,
    ...report.pools.map((pool) => clean(`${pool.resourceGroup}/${pool.cluster}/${pool.pool}`).length),
  );
  const open = report.rows.find((row) => row.status === 'fail' && !row.ignored);
  const dark = subscriptionLines(report);
  return [
    ...(report.pools.length === 0
      ? []
      : [style('heading', 'Result'), ...report.pools.flatMap((pool) => poolLines(pool, name, page))]),
    ...(dark.length === 0 ? [] : [style('heading', 'Subscriptions that were not read in full'), ...dark]),
    ...closingLines(report, width),
    ...(open === undefined ? [] : [`More about a check: aks-localdns check explain ${clean(open.id)}`]),
  ];
}

/** Plain text for a terminal: a heading for each target, a line for each check, the fix below it. */
export const renderTable: Renderer = (report, options = {}) => {
  const { style = plain, width = Infinity } = options;
  const origin = originLine(report);
  const lines = [
    `LocalDNS prerequisites of ${clean(report.scope)}`,
    ...(origin === undefined ? [] : wrapWords(origin, width).map((line) => style('muted', line))),
    ...bannerLines(report).flatMap((banner) => wrapWords(banner, width).map((line) => style('warn', line))),
    '',
  ];
  if (report.pools.length > manyPools) return `${[...lines, ...fleetLines(report, { style, width })].join('\n')}\n`;
  const page = layout(report, options.width, style);
  for (const [heading, rows] of groups(report.rows)) {
    lines.push(style('heading', heading), ...rows.flatMap((row) => rowLines(row, page)), '');
  }
  return `${[...lines, ...footer(report, { style, width })].join('\n')}\n`;
};

/** One flat record a row, for column printers and tab-separated output. */
export function rowsForTable(report: PrerequisiteReport): readonly JsonObject[] {
  return report.rows.map((row) => ({
    Target: clean(row.target),
    Status: row.ignored ? `${row.status} (ignored)` : row.status,
    Check: clean(row.id),
    Observed: clean(row.observed),
    Required: clean(row.required),
    Reason: clean(row.reason),
    Fix: clean(row.fix ?? ''),
  }));
}
