import type { Renderer } from './format.ts';
import { everything, pools, reasons } from './markdown-findings.ts';
import { blockers, forecast, groups, opening, subscriptions, summary } from './markdown-summary.ts';
import { totalsOf } from './totals.ts';

export { markdownCode, markdownText } from './markdown-text.ts';

/** A page of a wiki or a pull request that a browser still opens, whatever the size of the fleet. */
const most = { targets: 25, pools: 300, rows: 500 };

/**
 * For change requests, pull requests and wikis: the summary, what blocks by reason with its fix, then the pools and the
 * rows.
 */
export const renderMarkdown: Renderer = (report) => {
  const totals = totalsOf(report);
  const many = report.rows.length > most.rows;
  return `${[
    ...opening(report),
    ...summary(report, totals),
    ...(many ? blockers(totals) : []),
    ...groups(report, totals),
    ...forecast(totals),
    ...subscriptions(report),
    ...reasons(report, 'fail', 'Blocked by reason', most.targets),
    ...reasons(report, 'unknown', 'Could not be evaluated', most.targets),
    ...reasons(report, 'warn', 'Warnings', most.targets),
    ...pools(report, most.pools),
    ...everything(report, most.rows),
  ].join('\n')}\n`;
};
