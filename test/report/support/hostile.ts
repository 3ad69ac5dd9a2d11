import * as fc from 'fast-check';
import { checkLevels, checkStatuses, type CheckRow, type CheckStatus } from '../../../src/model/check.ts';
import type { Eligibility, PoolSummary, PrerequisiteReport } from '../../../src/model/report.ts';

/** Texts that are known to break formats. */
export const hostileTexts: readonly string[] = [
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '</style><img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '<!-- ',
  '-->',
  ']]>',
  '<![CDATA[',
  '&lt;',
  '&#x0;',
  '&amp;&',
  '=cmd()',
  '=HYPERLINK("https://evil.example","x")',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '＝1+1',
  'a;=1+1',
  'a"; =1',
  "'=1",
  '"=1"',
  'a,b',
  'a"b',
  'a\r\nb',
  '|',
  'a|b',
  '`',
  '``',
  '\\',
  '\\|',
  '# x',
  '- x',
  '[x](javascript:alert(1))',
  '![x](https://evil.example/x.png)',
  '**b**',
  '~~s~~',
  '@everyone',
  'www.evil.example',
  'https://evil.example',
  '$x$',
  '<details>',
  '\u0000',
  '\u0007',
  '\u001b[2J',
  '\u009b31m',
  '\u202egnp',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\ufffe',
  '\uffff',
  '\ud800',
  '\udc00',
  '\u{1f600}',
  '\u00a0',
  '',
  ' ',
  '__proto__',
  'constructor',
  '${x}',
  '{{x}}',
  'x'.repeat(100_000),
  '😀'.repeat(3000),
  '$&',
  "$'",
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .array(fc.constantFrom(...hostileTexts.filter((text) => text.length < 100)), { minLength: 2, maxLength: 4 })
    .map((texts) => texts.join('')),
);

const row: fc.Arbitrary<CheckRow> = fc.record(
  {
    id: hostileText,
    level: fc.constantFrom(...checkLevels),
    title: hostileText,
    target: hostileText,
    resourceId: fc.oneof(
      hostileText,
      fc
        .tuple(hostileText, hostileText, hostileText)
        .map(
          ([a, b, c]) =>
            `/subscriptions/${a}/resourceGroups/${b}/providers/Microsoft.ContainerService/managedClusters/${c}`,
        ),
    ),
    link: hostileText,
    status: fc.constantFrom(...checkStatuses),
    observed: hostileText,
    required: hostileText,
    reason: hostileText,
    fix: hostileText,
    rulesetNote: hostileText,
    ignored: fc.boolean(),
  },
  {
    requiredKeys: [
      'id',
      'level',
      'title',
      'target',
      'resourceId',
      'link',
      'status',
      'observed',
      'required',
      'reason',
      'ignored',
    ],
  },
);

const pool: fc.Arbitrary<PoolSummary> = fc.record(
  {
    resourceId: hostileText,
    subscriptionId: hostileText,
    resourceGroup: hostileText,
    cluster: hostileText,
    pool: hostileText,
    eligibility: fc.constantFrom<Eligibility>('eligible', 'enabled', 'blocked', 'skipped', 'unknown'),
    localDnsMode: hostileText,
    localDnsState: hostileText,
    nodes: fc.option(fc.nat(1000), { nil: undefined }),
    blockedBy: fc.array(hostileText, { maxLength: 3 }),
    location: hostileText,
    kubernetesVersion: hostileText,
    group: hostileText,
    forecast: fc.record(
      {
        version: hostileText,
        outcome: fc.constantFrom('will-enable', 'will-not', 'pinned', 'already-on', 'unknown'),
        reason: hostileText,
        pin: hostileText,
      },
      { requiredKeys: ['version', 'outcome', 'reason'] },
    ),
  },
  {
    requiredKeys: [
      'resourceId',
      'subscriptionId',
      'resourceGroup',
      'cluster',
      'pool',
      'eligibility',
      'localDnsMode',
      'localDnsState',
      'nodes',
      'blockedBy',
    ],
  },
);

function counted(rows: readonly CheckRow[]): Record<CheckStatus, number> {
  const counts = { fail: 0, unknown: 0, warn: 0, skip: 0, pass: 0 };
  for (const { status, ignored } of rows) if (!ignored) counts[status] += 1;
  return counts;
}

/** Reports with arbitrary texts and correct counts. */
export const hostileReports: fc.Arbitrary<PrerequisiteReport> = fc
  .record(
    {
      scope: hostileText,
      generator: fc.record({ name: hostileText, version: hostileText }),
      source: fc.constantFrom('graph', 'arm', 'both'),
      only: fc.array(hostileText, { maxLength: 2 }),
      rows: fc.array(row, { maxLength: 6 }),
      pools: fc.array(pool, { maxLength: 6 }),
      groupBy: hostileText,
      partial: hostileText,
      detail: fc.constant('all' as const),
      subscriptions: fc.array(
        fc.record({
          subscriptionId: hostileText,
          name: hostileText,
          reading: fc.constantFrom('read', 'partial', 'not-readable', 'disabled', 'not-checked'),
          clusters: fc.nat(5),
          pools: fc.nat(5),
        }),
        { maxLength: 3 },
      ),
      ignored: fc.array(
        fc.record(
          {
            id: hostileText,
            rows: fc.nat(9),
            scope: hostileText,
            owner: hostileText,
            reason: hostileText,
            expires: hostileText,
          },
          { requiredKeys: ['id', 'rows'] },
        ),
        { maxLength: 3 },
      ),
    },
    { requiredKeys: ['scope', 'rows', 'pools', 'ignored'] },
  )
  .map((parts) => ({ schemaVersion: '1.0', ruleset: 'preview', counts: counted(parts.rows), ...parts }));

/** Each hostile text in each place, in one report. */
export function hostileReport(): PrerequisiteReport {
  const texts = hostileTexts.map((text) => text.slice(0, 5000));
  const rows: CheckRow[] = texts.map((text, index) => ({
    id: text,
    level: 'pool',
    title: text,
    target: text,
    resourceId: `/subscriptions/${text}/resourceGroups/g/providers/x/managedClusters/c${String(index % 3)}/agentPools/p`,
    link: text,
    status: checkStatuses[index % 5] ?? 'fail',
    observed: text,
    required: text,
    reason: text,
    fix: text,
    rulesetNote: text,
    ignored: index % 7 === 6,
  }));
  const pools: PoolSummary[] = texts.map((text) => ({
    resourceId: text,
    subscriptionId: text,
    resourceGroup: text,
    cluster: text,
    pool: text,
    eligibility: 'blocked',
    localDnsMode: text,
    localDnsState: text,
    nodes: 1,
    blockedBy: [text],
    location: text,
    kubernetesVersion: text,
    group: text,
    forecast: { version: text, outcome: 'will-enable', reason: text, pin: text },
  }));
  return {
    schemaVersion: '1.0',
    ruleset: 'preview',
    scope: texts.join(' '),
    partial: texts.join(' '),
    groupBy: '<tag>',
    detail: 'all',
    rows,
    pools,
    counts: counted(rows),
    ignored: texts.map((text) => ({ id: text, rows: 1, scope: text, owner: text, reason: text, expires: text })),
    subscriptions: texts.map((text) => ({
      subscriptionId: text,
      name: text,
      reading: 'partial',
      clusters: 1,
      pools: 1,
    })),
  };
}
