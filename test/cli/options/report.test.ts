import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/core/errors.ts';
import { parseDestinations } from '../../../src/cli/options/report.ts';

describe('--report FORMAT=FILE', () => {
  test('takes each format with its file, in order; a file may have an equals sign in its name', () => {
    expect(parseDestinations(['html=out/report.html', 'JUnit=a=b.xml', 'github-summary=/tmp/summary'])).toEqual([
      { format: 'html', file: 'out/report.html' },
      { format: 'junit', file: 'a=b.xml' },
      { format: 'github-summary', file: '/tmp/summary' },
    ]);
    expect(parseDestinations([])).toEqual([]);
  });

  test.each([
    [['htm=x'], "--report: 'htm' is not a report format.", "Did you mean 'html'?"],
    [
      ['pdf=x'],
      "--report: 'pdf' is not a report format.",
      'Formats: table, json, md, html, junit, csv, github-summary.',
    ],
    [['html'], "--report: 'html' has no file.", 'Use --report html=FILE.'],
    [['csv='], "--report: 'csv=' has no file.", 'Use --report csv=FILE.'],
    [['md=-'], '--report writes to a file; use -o for standard output.', 'Use -o md, or --report md=FILE.'],
    [['md=x', 'json=x'], "--report: 'x' is used twice.", 'Use a separate file for each report.'],
    [
      ['\u001b[2J=x'],
      String.raw`--report: '\u001b[2J' is not a report format.`,
      'Formats: table, json, md, html, junit, csv, github-summary.',
    ],
  ])('%j is rejected with a suggestion', (values, message, hint) => {
    let found: unknown;
    try {
      parseDestinations(values);
    } catch (error) {
      found = error;
    }
    expect(found).toBeInstanceOf(UsageError);
    expect(found).toMatchObject({ message, hints: expect.arrayContaining([hint]) as unknown });
  });
});
