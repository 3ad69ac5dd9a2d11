import { describe, expect, test } from 'vitest';
import type { PrerequisiteReport } from '../../src/model/report.ts';
import { githubSummaryLimit } from '../../src/report/github-summary.ts';
import { prerequisites, reportFormats } from '../../src/report/index.ts';
import { fleet } from './support/fleet.ts';

/** Lines that are far longer, and checks that are far more, than any real report has. */
function heavy(): PrerequisiteReport {
  const { report } = fleet({ clusters: 900, partial: 'Interrupted.' });
  return {
    ...report,
    rows: report.rows.map((row, index) => ({ ...row, id: `check-${String(index)}`, reason: 'ä'.repeat(3000) })),
  };
}

describe("GitHub's summary", () => {
  test('of a fleet is far below the limit, with nothing omitted', () => {
    const text = reportFormats['github-summary'](prerequisites(fleet({ clusters: 10_000 }).report));
    expect(Buffer.byteLength(text)).toBeLessThan(githubSummaryLimit / 2);
    expect(text).not.toContain('Cut to fit');
    expect(text).toContain('The 1000 that most urgent of 30000.');
  });

  test('never exceeds the limit, and notes what was omitted', () => {
    const text = reportFormats['github-summary'](prerequisites(heavy()));
    expect(Buffer.byteLength(text)).toBeLessThan(githubSummaryLimit);
    expect(text).toMatch(/> Omitted to stay within GitHub's limit of 1 MiB: \d+ lines of the blocking findings/);
    expect(text).toContain('[!WARNING]');
  });

  test('begins with the worst findings', () => {
    const text = reportFormats['github-summary'](
      prerequisites(fleet({ clusters: 60, partial: 'Interrupted.' }).report),
    );
    const order = [
      'This report is partial',
      '## Summary',
      '## Findings by check',
      '## Blocked by reason',
      '## Could not be evaluated',
      '## Node pools',
      '## Warnings',
    ].map((heading) => text.indexOf(heading));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    const pools = text
      .slice(text.indexOf('## Node pools'))
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split(' | ')[1]);
    expect(pools.lastIndexOf('blocked')).toBeLessThan(pools.indexOf('eligible'));
  });
});

describe('the Markdown of a fleet', () => {
  const text = reportFormats.md(prerequisites(fleet({ clusters: 10_000 }).report));

  test('is short enough to be pasted', () => {
    expect(Buffer.byteLength(text)).toBeLessThan(400_000);
  });

  test('notes what it omits, and where to find it', () => {
    expect(text).toContain(
      'The 300 that most urgent of 30000. The HTML, CSV and JSON forms of this report are complete.',
    );
    expect(text).toMatch(/The worst 500 of \d+ rows\./);
    expect(text).toMatch(/… and \d+ more targets\./);
  });
});
