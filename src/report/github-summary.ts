import { count } from '../core/text.ts';
import type { Renderer } from './format.ts';
import { md, type MarkdownLine } from './markdown.ts';
import { checks, kindSections, opening, reasons, subjects, subscriptions, summary } from './markdown-report.ts';
import { totalsOf } from './totals.ts';

/** GitHub rejects a larger step summary. Source: GitHub docs, Workflow commands, job summaries (1 MiB a step). */
export const githubSummaryLimit = 1_048_576;

/** Reserved for the final note, and for what else the same step appends to its summary. */
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
 * The page within its limit: parts in order up to the first line that does not fit. A smaller part after it is not
 * added.
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

/** For the page of a GitHub job: within its limit, most urgent first, with a note on what was omitted. */
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
        noun: 'the checks that could not be evaluated',
      },
      { lines: subjects(view, most.subjects), noun: `the ${view.subjects?.noun ?? ''}s` },
      { lines: reasons(report, 'warn', 'Warnings', most.targets), noun: 'the warnings' },
    ],
    githubSummaryLimit - reserve,
  );
  const note = [
    md``,
    md`> [!NOTE]`,
    md`> Omitted to stay within GitHub's limit of 1 MiB: ${cut.join(', ')}. The HTML, CSV and JSON forms of this report are complete.`,
  ];
  return `${md.join([...lines, ...(cut.length === 0 ? [] : note)], '\n').text}\n`;
};
