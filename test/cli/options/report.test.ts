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
    [['htm=x'], "--report: 'htm' is not a format of the report.", "Did you mean 'html'?"],
    [
      ['pdf=x'],
      "--report: 'pdf' is not a format of the report.",
      'Formats: table, json, md, html, junit, csv, github-summary.',
    ],
    [['html'], "--report: 'html' names no file.", 'Write it as --report html=FILE.'],
    [['csv='], "--report: 'csv=' names no file.", 'Write it as --report csv=FILE.'],
    [['md=-'], '--report: a report goes to a file; standard output is for -o.', 'Use -o md, or --report md=FILE.'],
    [['md=x', 'json=x'], "--report: 'x' is named twice.", 'Give each report a file of its own.'],
    [
      ['\u001b[2J=x'],
      String.raw`--report: '\u001b[2J' is not a format of the report.`,
      'Formats: table, json, md, html, junit, csv, github-summary.',
    ],
  ])('%j is refused with a way out', (values, message, hint) => {
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
