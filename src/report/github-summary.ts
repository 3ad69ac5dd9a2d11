import { count } from '../core/text.ts';
import type { Renderer } from './format.ts';
import { md, type MarkdownLine } from './markdown.ts';
import { checks, kindSections, opening, reasons, subjects, subscriptions, summary } from './markdown-report.ts';
import { totalsOf } from './totals.ts';

/** GitHub refuses a step's summary above this. Source: GitHub docs, Workflow commands, job summaries (1 MiB a step). */
export const githubSummaryLimit = 1_048_576;

/** For what is said at the end, and for what else the same step appends to its summary. */
const reserve = 8192;
const most = { targets: 10, subjects: 1000 };

interface Part {
  readonly lines: readonly MarkdownLine[];
  readonly noun: string;
}

interface Fitted {
  readonly lines: readonly MarkdownLine[];
  readonly cut: readonly string[];
}

/**
 * The page within its limit: parts in their order up to the first line that does not fit; nothing smaller slips in
 * behind it.
 */
function fit(parts: readonly Part[], limit: number): Fitted {
  const lines: MarkdownLine[] = [];
  const cut: string[] = [];
  let room = limit;
  for (const { lines: wanted, noun } of parts) {
    let taken = 0;
    for (const { text } of wanted) {
      const bytes = Buffer.byteLength(text) + 1;
      room = bytes > room ? 0 : room - bytes;
      if (room === 0) break;
      taken += 1;
    }
    lines.push(...wanted.slice(0, taken));
    const entries = wanted.slice(taken).filter(({ text }) => /^[|-] /.test(text) && !text.startsWith('| ---')).length;
    if (entries > 0) cut.push(`${count(entries, 'line')} of ${noun}`);
  }
  return { lines, cut };
}

/** For a job's page on GitHub: never above its limit, worst first, and what did not fit is said. */
export const renderGithubSummary: Renderer = (view) => {
  const { report, failures } = view;
  const totals = totalsOf(view);
  const { lines, cut } = fit(
    [
      { lines: [...opening(view), ...summary(view, totals)], noun: 'the summary' },
      { lines: checks(view, totals), noun: 'the findings by check' },
      { lines: subscriptions(report), noun: 'the subscriptions' },
      { lines: kindSections(view), noun: 'the totals' },
      { lines: reasons(report, 'fail', failures.heading, most.targets), noun: failures.noun },
      {
        lines: reasons(report, 'unknown', 'Could not be evaluated', most.targets),
        noun: 'what could not be evaluated',
      },
      { lines: subjects(view, most.subjects), noun: `the ${view.subjects?.noun ?? ''}s` },
      { lines: reasons(report, 'warn', 'Warnings', most.targets), noun: 'the warnings' },
    ],
    githubSummaryLimit - reserve,
  );
  const note = [
    md``,
    md`> [!NOTE]`,
    md`> Cut to fit the 1 MiB that GitHub shows of a step: ${cut.join(', ')}. The HTML, CSV and JSON forms of this report hold all.`,
  ];
  return `${md.join([...lines, ...(cut.length === 0 ? [] : note)], '\n').text}\n`;
};
