import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import { allRules, lintProfile } from '../../src/domain/localdns/lint/index.ts';
import {
  renderFindingsMarkdown,
  renderFindingsTable,
  type FindingsReport,
  type JudgedFinding,
} from '../../src/report/findings.ts';
import { renderSarif, sarifLog } from '../../src/report/sarif.ts';

const text =
  '{\n  "mode": "Preferred",\n  "state": 1,\n  "kubeDNSOverrides": {".": {"serveStale": "Disabled"}, "💥": {}, "cluster.local": {"serveStale": "Disable"}}\n}\n';
const { findings } = lintProfile(new TextEncoder().encode(text), 'update');
const ignored = (finding: JudgedFinding): JudgedFinding =>
  finding.rule === 'L012' ? { ...finding, ignored: true } : finding;
const report: FindingsReport = {
  files: [
    { file: 'infra/my config.json', findings: findings.map((finding) => ignored(finding)) },
    { file: '-', findings: [] },
  ],
  rules: allRules,
};

describe('findings as a table', () => {
  test('begin with a location that editors can open, and end with their number', () => {
    const lines = renderFindingsTable(report).split('\n');
    const start = lines.indexOf('infra/my config.json:2:11  WARN  L070  mode');
    expect(lines.slice(start, start + 5)).toEqual([
      'infra/my config.json:2:11  WARN  L070  mode',
      '    mode is Preferred: its effect has changed between releases, and it may reimage every node without installing anything; the state of the profile in Azure shows the result.',
      '    Instead: Required or Disabled',
      'infra/my config.json:3:3  WARN  R010  state',
      "    'state' is read-only: Azure sets it, so it is ignored and never sent.",
    ]);
    expect(renderFindingsTable(report)).toContain('L012  kubeDNSOverrides["."]  (ignored)\n');
    expect(renderFindingsTable(report)).toMatch(
      /\nstandard input: valid, no findings\n\nSummary: 1 fail, \d+ warn, \d+ info in 2 files \(2 ignored\)\.\nMore about a rule: aks-localdns config rules explain L011\n$/,
    );
  });

  test('are as wide as the terminal', () => {
    const long = renderFindingsTable(report, { width: 60 })
      .split('\n')
      .filter((line) => line.startsWith('    ') && line.length > 60);
    expect(long).toEqual([]);
  });

  test('are coloured by the given style', () => {
    expect(renderFindingsTable(report, { style: (kind, word) => `<${kind}>${word}</>` })).toContain(
      '<heading>infra/my config.json:2:11</>  <warn>WARN</>  L070',
    );
  });
});

describe('findings as Markdown', () => {
  test('are a table for each file, with all text of the file escaped', () => {
    const lines = renderFindingsMarkdown(report).split('\n');
    expect(lines.slice(0, 8)).toEqual([
      '# LocalDNS configuration',
      '',
      expect.stringMatching(/^Found: 1 fail, \d+ warn, \d+ info in 2 files \(2 ignored\)\.$/),
      '',
      '## infra/my config.json',
      '',
      '| Place | Severity | Rule | Path | What and why | Instead |',
      '| --- | --- | --- | --- | --- | --- |',
    ]);
    expect(lines).toContainEqual(
      expect.stringMatching(/^\| 4:\d+ \| warn \(ignored\) \| L012 \| `kubeDNSOverrides\["\."\]` \| /),
    );
    expect(lines.slice(-4)).toEqual(['## standard input', '', 'Valid, no findings.', '']);
    const hostile = {
      file: '<b>|`x`',
      findings: [{ ...(findings[0] as JudgedFinding), message: 'a | <script>', path: '`|`' }],
    };
    expect(renderFindingsMarkdown({ files: [hostile], rules: [] })).not.toMatch(/<script>|<b>|[^\\]`x/);
  });
});

describe('findings as SARIF', () => {
  // Type-checked against the types that are generated from the schema of the standard.
  const log: Log = sarifLog(report, { version: '1.2.3' });
  const [run] = log.runs;

  test('are one run of this program, with all rules', () => {
    expect(JSON.parse(renderSarif(report, { version: '1.2.3' }))).toEqual(log);
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif-2.1.0') });
    expect(run?.tool.driver).toMatchObject({ name: 'aks-localdns', version: '1.2.3' });
    expect(run?.tool.driver.rules?.map(({ id }) => id)).toEqual(allRules.map(({ id }) => id));
    for (const rule of run?.tool.driver.rules ?? []) {
      expect(rule.shortDescription?.text, rule.id).toMatch(/\w/);
      expect(['error', 'warning', 'note']).toContain(rule.defaultConfiguration?.level);
    }
  });

  test('each have a rule, a level, a message and a location, as the standard requires', () => {
    const results = run?.results ?? [];
    expect(results).toHaveLength(findings.length);
    for (const { ruleId, ruleIndex, level, message, locations } of results) {
      expect(run?.tool.driver.rules?.[ruleIndex ?? -1]?.id).toBe(ruleId);
      expect(['error', 'warning', 'note']).toContain(level);
      expect(message.text).toMatch(/\w/);
      const [location] = locations ?? [];
      expect(location?.physicalLocation?.artifactLocation?.uri).toBe('infra/my%20config.json');
      expect(location?.physicalLocation?.region?.startLine).toBeGreaterThanOrEqual(1);
      expect(location?.physicalLocation?.region?.startColumn).toBeGreaterThanOrEqual(1);
    }
  });

  test('count columns in characters, and declare it', () => {
    expect(run?.columnKind).toBe('unicodeCodePoints');
    const at = (rule: string): unknown =>
      run?.results?.find(({ ruleId }) => ruleId === rule)?.locations?.[0]?.physicalLocation?.region?.startColumn;
    expect(at('L011')).toBe(Array.from(text.split('\n')[3] ?? '').indexOf('💥'));
  });

  test('that are ignored are suppressed, and the others are not', () => {
    for (const { ruleId, suppressions } of run?.results ?? [])
      expect(suppressions !== undefined, ruleId).toBe(ruleId === 'L012');
  });

  test.each([
    ['-', 'stdin'],
    ['./a/b.json', 'a/b.json'],
    ['../x.json', '../x.json'],
    ['/abs/ä.json', 'file:///abs/%C3%A4.json'],
    ['C:\\x y\\z.json', 'file:///C:/x%20y/z.json'],
    ['javascript:alert(1)', 'javascript%3Aalert(1)'],
    ['//host/x', 'file:///host/x'],
    ['\ud800.json', '%EF%BF%BD.json'],
  ])('name the file %s by the URI %s', (file, uri) => {
    const found = sarifLog({ files: [{ file, findings: findings.slice(0, 1) }], rules: [] }, { version: '1' });
    expect(found.runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(uri);
    expect(() => new URL(uri, 'file:///base/')).not.toThrow();
  });
});
