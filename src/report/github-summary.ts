import { count } from '../core/text.ts';
import type { Renderer } from './format.ts';
import { pools, reasons } from './markdown-findings.ts';
import { blockers, forecast, groups, opening, subscriptions, summary } from './markdown-summary.ts';
import { totalsOf } from './totals.ts';

/** GitHub refuses a step's summary above this. Source: GitHub docs, Workflow commands, job summaries (1 MiB a step). */
export const githubSummaryLimit = 1_048_576;

/** For what is said at the end, and for what else the same step appends to its summary. */
const reserve = 8192;
const most = { targets: 10, pools: 1000 };

interface Part {
  readonly lines: readonly string[];
  readonly noun: string;
}

interface Fitted {
  readonly lines: readonly string[];
  readonly cut: readonly string[];
}

/**
 * The page within its limit: parts in their order up to the first line that does not fit; nothing smaller slips in
 * behind it.
 */
function fit(parts: readonly Part[], limit: number): Fitted {
  const lines: string[] = [];
  const cut: string[] = [];
  let room = limit;
  for (const { lines: wanted, noun } of parts) {
    let taken = 0;
    for (const text of wanted) {
      const bytes = Buffer.byteLength(text) + 1;
      room = bytes > room ? 0 : room - bytes;
      if (room === 0) break;
      taken += 1;
    }
    lines.push(...wanted.slice(0, taken));
    const entries = wanted.slice(taken).filter((text) => /^[|-] /.test(text) && !text.startsWith('| ---')).length;
    if (entries > 0) cut.push(`${count(entries, 'line')} of ${noun}`);
  }
  return { lines, cut };
}

/** For a job's page on GitHub: never above its limit, worst first, and what did not fit is said. */
export const renderGithubSummary: Renderer = (report) => {
  const totals = totalsOf(report);
  const { lines, cut } = fit(
    [
      { lines: [...opening(report), ...summary(report, totals)], noun: 'the summary' },
      { lines: blockers(totals), noun: 'the findings by check' },
      { lines: subscriptions(report), noun: 'the subscriptions' },
      { lines: groups(report, totals), noun: 'the groups' },
      { lines: forecast(totals), noun: 'the forecast' },
      { lines: reasons(report, 'fail', 'Blocked by reason', most.targets), noun: 'what blocks' },
      {
        lines: reasons(report, 'unknown', 'Could not be evaluated', most.targets),
        noun: 'what could not be evaluated',
      },
      { lines: pools(report, most.pools), noun: 'the node pools' },
      { lines: reasons(report, 'warn', 'Warnings', most.targets), noun: 'the warnings' },
    ],
    githubSummaryLimit - reserve,
  );
  const note = [
    '',
    '> [!NOTE]',
    `> Cut to fit the 1 MiB that GitHub shows of a step: ${cut.join(', ')}. The HTML, CSV and JSON forms of this report hold all.`,
  ];
  return `${[...lines, ...(cut.length === 0 ? [] : note)].join('\n')}\n`;
};
