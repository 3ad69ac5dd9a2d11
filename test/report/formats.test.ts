import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkLevels, checkStatuses, type CheckRow } from '../../src/model/check.ts';
import type { PrerequisiteReport } from '../../src/model/report.ts';
import { reportOf } from '../support/report-of.ts';
import { reportBeginning } from '../../src/report/format.ts';
import { maskIds, prerequisites, reportFormats } from '../../src/report/index.ts';
import { markdownCode, markdownText } from '../../src/report/markdown.ts';
import { facts, poolWith } from '../domain/checks/facts.ts';

const members = [
  facts({ named: false, pool: poolWith({ vmSize: 'Standard_D2s_v5', type: 'VirtualMachines' }, 'smallpool') }),
  facts({ named: false, pool: poolWith({ vmSize: 'Standard_X9' }, 'oddpool') }),
  facts({ named: false, pool: poolWith({ osType: 'Windows' }, 'winpool') }),
  facts({ named: false, pool: poolWith({ tags: { 'a|b': 'terraform <b>@everyone</b>' } }, 'tagged') }),
];
const sample = reportOf('cluster rg-shop/aks-shop', [{ cluster: facts(), pools: members }], {
  ruleset: 'preview',
  ignore: ['owner'],
});

/** The cells of the table below a heading, split as a Markdown reader splits them. */
function cells(markdown: string, heading: string): readonly (readonly string[])[] {
  const lines = markdown.split('\n');
  const start = lines.indexOf(heading);
  const table = lines
    .slice(start + 2)
    .filter(
      (line, index, rest) => line.startsWith('|') && rest.slice(0, index).every((before) => before.startsWith('|')),
    );
  return table.slice(2).map((line) => line.slice(2, -2).split(/(?<!\\) \| /));
}

describe('the Markdown report', () => {
  const markdown = reportFormats.md(prerequisites(sample));

  test('read back gives the counts of the model', () => {
    expect(cells(markdown, '## Summary')).toEqual(
      checkStatuses.map((status) => [status, String(sample.counts[status])]),
    );
    const rows = cells(markdown, '## All checks');
    expect(rows).toHaveLength(sample.rows.length);
    for (const status of checkStatuses)
      expect(rows.filter((row) => row[1] === status)).toHaveLength(sample.counts[status]);
    for (const row of rows) expect(row).toHaveLength(6);
  });

  test('lists blocking reasons, with the fix as a command and the rule set', () => {
    expect(markdown).toContain('### vm-vcpus: Every VM size of the pool has at least 4 vCPUs (1 target)');
    expect(markdown).toMatch(/ {2}- Fix: `aks-localdns nodepool add .*--node-vm-size Standard_D4s_v5`/);
    expect(markdown).toContain('--ruleset ga');
    expect(markdown).toContain('## Could not be evaluated');
    expect(markdown).toContain(String.raw`Ignored: owner (1 row)`);
  });

  test('escapes all external text', () => {
    expect(markdown).not.toContain('<b>');
    expect(markdown).toContain(String.raw`a\|b=terraform &lt;b&gt;&#64;everyone&lt;/b&gt;`);
    expect(markdownText('[x](https://evil.example) *b* `c` # www.evil.example\nnext')).toBe(
      String.raw`\[x\](https&#58;//evil.example) \*b\* \`c\` \# www&#46;evil.example next`,
    );
    expect(markdownCode('az aks start -g rg && echo done').text).toBe('`az aks start -g rg && echo done`');
    expect(markdownCode('a `b` <c>').text).toBe(String.raw`a \`b\` &lt;c&gt;`);
    expect(markdownCode('').text).toBe('');
  });
});

describe('the report for a terminal', () => {
  test('groups by target, sorts by severity, gives the fix as a line to copy, and sums up', () => {
    const text = reportFormats.table(prerequisites(sample), { width: 100 });
    const lines = text.split('\n');
    expect(lines[0]).toBe('LocalDNS prerequisites of cluster rg-shop/aks-shop');
    const small = lines.slice(lines.indexOf('Node pool rg-shop/aks-shop/smallpool') + 1);
    expect(small[0]).toMatch(/^ {2}FAIL {5}pool-type {14}The pool consists of individual virtual machines/);
    expect(text).toMatch(
      /Fix: aks-localdns nodepool add -g rg-shop --cluster-name aks-shop -n smallpool2 --subscription \S+ --node-vm-size Standard_D4s_v5\n/,
    );
    expect(text).toContain(
      `Summary: ${checkStatuses.map((status) => `${String(sample.counts[status])} ${status}`).join(', ')} (rule set preview).`,
    );
    expect(text).toContain('Ignored: owner (1 row).');
    expect(text).toMatch(/rg-shop\/aks-shop\/winpool +skipped: os-sku/);
    expect(text).toContain('WARN     owner                  (ignored)');
    const prose = lines.filter((line) => !line.includes('Fix: ') && !line.startsWith('  rg-shop'));
    expect(prose.filter((line) => line.length > 100)).toEqual([]);
  });

  test('puts the text below the check on a narrow terminal', () => {
    const text = reportFormats.table(prerequisites(sample), { width: 40 });
    expect(
      text
        .split('\n')
        .filter(
          (line) =>
            line.length > 40 && /\S \S/.test(line) && !line.includes('Fix: ') && /^(?: {4}|Summary|Ignored)/.test(line),
        ),
    ).toEqual([]);
    expect(text).toMatch(/ {2}FAIL {5}vm-vcpus\n {4}Standard_D2s_v5 has 2 usable vCPUs/);
  });

  test('colours by the style that it is given, without moving a column', () => {
    const plain = reportFormats.table(prerequisites(sample));
    const marked = reportFormats.table(prerequisites(sample), { style: (kind, text) => `<${kind}:${text}>` });
    expect(marked).toContain('<fail:FAIL   >');
    expect(marked.replace(/<(?:fail|unknown|warn|skip|pass|heading|command|muted):([^>]*)>/g, '$1')).toBe(plain);
  });
});

test.each(Object.entries(reportFormats))('%s begins like a report, so that another may replace it', (_, render) => {
  const empty = reportOf('subscription Nobody', [], { ruleset: 'ga' });
  for (const report of [sample, maskIds(sample), empty])
    expect(render(prerequisites(report)).slice(0, 2048)).toMatch(reportBeginning);
});

test.each(['', '# Notes on LocalDNS\n', '{"mode": "Required"}\n', 'a,b\n', '<!doctype html><title>Contoso</title>'])(
  'no report begins with %j',
  (text) => {
    expect(text).not.toMatch(reportBeginning);
  },
);

test('JSON is the model itself', () => {
  expect(JSON.parse(reportFormats.json(prerequisites(sample)))).toEqual(JSON.parse(JSON.stringify(sample)));
});

describe('a report with hostile texts', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('a|b', '`', '\\|', '<script>', '\u001b[2J', 'x\r\ny', '\u202egnp', ''),
  );
  const row: fc.Arbitrary<CheckRow> = fc.record({
    id: text,
    level: fc.constantFrom(...checkLevels),
    title: text,
    target: text,
    resourceId: text,
    link: text,
    status: fc.constantFrom(...checkStatuses),
    observed: text,
    required: text,
    reason: text,
    fix: text,
    rulesetNote: text,
    ignored: fc.boolean(),
  });
  const any: fc.Arbitrary<PrerequisiteReport> = fc.array(row, { maxLength: 6 }).map((rows) => ({
    ...sample,
    scope: rows[0]?.target ?? '',
    rows,
    ignored: rows.map(({ id }) => ({ id, rows: 1 })),
    pools: rows.map(({ target }) => ({
      resourceId: target,
      subscriptionId: target,
      resourceGroup: target,
      cluster: target,
      pool: target,
      eligibility: 'blocked',
      localDnsMode: target,
      localDnsState: target,
      nodes: 1,
      blockedBy: [target],
    })),
  }));

  test('contains no control character in any format, and keeps its rows separate', () => {
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 120 }), (given, width) => {
        for (const render of [reportFormats.md, reportFormats.table]) {
          expect(render(prerequisites(given), { width })).not.toMatch(
            /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/,
          );
        }
        const rows = cells(reportFormats.md(prerequisites(given)), '## All checks');
        expect(rows.map((columns) => columns.length)).toEqual(given.rows.map(() => 6));
        expect(reportFormats.md(prerequisites(given))).not.toMatch(/<script/);
      }),
      { numRuns: 200 },
    );
  });
});
