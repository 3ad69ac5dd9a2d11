import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../../src/core/errors.ts';
import {
  expiredRows,
  IgnoreCounts,
  IgnoreRules,
  type IgnoreEntry,
} from '../../../../src/domain/checks/ignore/index.ts';
import { parseIgnoreFile } from '../../../../src/domain/checks/ignore/ignore-file.ts';
import { compileScope, segmentsOf } from '../../../../src/domain/checks/ignore/scope.ts';
import { judge } from '../../../../src/domain/checks/judge.ts';
import { reportOf } from '../../../support/report-of.ts';
import { facts, poolWith } from '../facts.ts';

const pool =
  '/subscriptions/1111/resourceGroups/rg-legacy/providers/Microsoft.ContainerService/managedClusters/aks-1/agentPools/pool1';
const covers = (scope: string, id = pool) => compileScope(scope)(segmentsOf(id));
const entry = (changes: Partial<IgnoreEntry> = {}): IgnoreEntry => ({
  number: 1,
  id: 'vm-vcpus',
  scope: undefined,
  owner: 'team-shop',
  reason: 'Moves',
  expires: '2027-01-31',
  ...changes,
});

function errorOf(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}

const file = `
# Reviewed every quarter
ignore:
  - id: vm-vcpus
    scope: /subscriptions/*/resourceGroups/rg-legacy/**
    owner: team-shop
    reason: |
      Moves to another size
      in January
    expires: 2027-01-31
  - {id: surge, owner: "42", reason: Small on purpose, expires: 2026-12-31}
`;

describe('reading an ignore file', () => {
  test('returns the entries with their positions', () => {
    expect(parseIgnoreFile(file, 'x.yaml')).toEqual([
      {
        number: 1,
        id: 'vm-vcpus',
        scope: '/subscriptions/*/resourceGroups/rg-legacy/**',
        owner: 'team-shop',
        reason: 'Moves to another size in January',
        expires: '2027-01-31',
      },
      { number: 2, id: 'surge', scope: undefined, owner: '42', reason: 'Small on purpose', expires: '2026-12-31' },
    ]);
  });

  test('accepts ten thousand entries with scopes', () => {
    const entry = (index: number): string =>
      '  - {id: vm-vcpus, scope: ' +
      `"/subscriptions/c0ffee00-1000-4000-8000-000000000001/resourceGroups/rg-${String(index)}/**", owner: ` +
      'team-shop, reason: Moves in January, expires: 2027-01-31}\n';
    const text = `ignore:\n${Array.from({ length: 10_000 }, (_, index) => entry(index)).join('')}`;
    expect(text.length).toBeGreaterThan(1_048_576);
    expect(parseIgnoreFile(text, 'x.yaml')).toHaveLength(10_000);
  });

  test.each(['', '# nothing yet\n', 'ignore:\n', 'ignore: []\n'])('accepts a file without entries: %j', (text) => {
    expect(parseIgnoreFile(text, 'x.yaml')).toEqual([]);
  });

  const good = 'owner: o, reason: r, expires: 2027-01-31';
  test.each([
    [
      'an unknown id, with a suggestion',
      `ignore: [{id: vm-vcpu, ${good}}]`,
      'entry 1: there is no check',
      "'vm-vcpus'",
    ],
    [
      'an unknown key, with a suggestion',
      `ignore: [{id: surge, ${good}}, {id: surge, ${good}, scop: /x}]`,
      "entry 2: unknown key 'scop'",
      "'scope'",
    ],
    ['an unknown key of the file', `ignored: []`, "unknown key 'ignored'", "'ignore'"],
    ['no owner', 'ignore: [{id: surge, reason: r, expires: 2027-01-31}]', "entry 1: 'owner' is missing", 'owner'],
    ['no reason', 'ignore: [{id: surge, owner: o, expires: 2027-01-31}]', "'reason' is missing", ''],
    ['no day', 'ignore: [{id: surge, owner: o, reason: r}]', "'expires' is missing", ''],
    ['no id', `ignore: [{${good}}]`, "'id' is missing", ''],
    ['an empty reason', 'ignore: [{id: surge, owner: o, reason: "  ", expires: 2027-01-31}]', "'reason' is empty", ''],
    [
      'a number for an owner',
      'ignore: [{id: surge, owner: 42, reason: r, expires: 2027-01-31}]',
      "'owner' must be a string, but is a number",
      'quotes',
    ],
    ['nothing for a scope', `ignore: [{id: surge, scope: , ${good}}]`, "'scope' must be a string, but is nothing", ''],
    [
      'a day that does not exist',
      'ignore: [{id: surge, owner: o, reason: r, expires: 2026-02-30}]',
      "'2026-02-30' is not a valid date",
      'YYYY-MM-DD',
    ],
    [
      'a date in another format',
      'ignore: [{id: surge, owner: o, reason: r, expires: 31.01.2027}]',
      'is not a valid date',
      '',
    ],
    [
      'a scope that no ID can match',
      `ignore: [{id: surge, scope: resourceGroups/x, ${good}}]`,
      'must begin with / or **/',
      '',
    ],
    [
      'brackets, which other glob patterns support',
      `ignore: [{id: surge, scope: "/subscriptions/1111/resourceGroups/rg-[ab]/**", ${good}}]`,
      'contains [ ] { or }',
      'A scope is a glob pattern',
    ],
    [
      'braces, which other glob patterns support',
      `ignore: [{id: surge, scope: "**/agentPools/{a,b}", ${good}}]`,
      'contains [ ] { or }',
      '',
    ],
    ['a file with too many parts', `ignore: [${'{},'.repeat(700_000)}]`, 'is too large to read', ''],
    [
      '** next to other characters',
      `ignore: [{id: surge, scope: /subscriptions/x**, ${good}}]`,
      'has ** next to other characters',
      '',
    ],
    ['a scope that ends with /', `ignore: [{id: surge, scope: /subscriptions/x/, ${good}}]`, 'must not end with /', ''],
    ['an entry that is a string', 'ignore: [surge]', 'entry 1: an entry must be a mapping, but is a string', ''],
    ['a list as the file', '- surge', 'must be a mapping', ''],
    ['a mapping of entries', 'ignore: {id: surge}', "'ignore' must be a list, but is a mapping", ''],
    [
      'an entry that would hide expired entries',
      `ignore: [{id: ignore-expired, ${good}}]`,
      "the check 'ignore-expired' cannot be ignored",
      '',
    ],
    ['an alias', 'ignore: &a [*a]', 'Aliases are not supported', ''],
    [
      'a very long reason',
      `ignore: [{id: surge, owner: o, reason: ${'x'.repeat(1001)}, expires: 2027-01-31}]`,
      'longer than 1000',
      '',
    ],
    ['too much', `ignore:\n${'# x\n'.repeat(1_100_000)}`, 'larger than 4 MiB', ''],
    ['too many bytes', `# ${'ß'.repeat(2_400_000)}`, 'larger than 4 MiB', ''],
    ['too many entries', `ignore: [${'{},'.repeat(10_001)}]`, '10001 entries; the maximum is 10000', ''],
  ])('refuses %s', (_, text, message, hint) => {
    const error = errorOf(() => parseIgnoreFile(text, 'x.yaml'));
    expect(error).toBeInstanceOf(UsageError);
    const { message: said, hints } = error as UsageError;
    expect(said).toContain('x.yaml');
    expect(said).toContain(message);
    expect(hints.join('\n')).toContain(hint);
  });

  test('throws only usage errors, without control characters', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json(),
          fc
            .record({
              ignore: fc.array(
                fc.dictionary(fc.constantFrom('id', 'scope', 'owner', 'expires', 'reason', 'x'), fc.anything()),
              ),
            })
            .map((value) => JSON.stringify(value)),
        ),
        (text) => {
          const error = errorOf(() => parseIgnoreFile(text, 'x\u001b.yaml'));
          expect(error === undefined || error instanceof UsageError).toBe(true);
          expect(error instanceof UsageError ? [error.message, ...error.hints].join('') : '').not.toMatch(
            /[\u0000-\u001f\u007f-\u009f]/,
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the scope of an entry', () => {
  test.each([
    ['/subscriptions/*/resourceGroups/rg-legacy/**', true],
    ['/SUBSCRIPTIONS/1111/resourcegroups/RG-LEGACY/**', true],
    ['/subscriptions/1111/**', true],
    ['**', true],
    ['**/agentPools/pool?', true],
    ['**/agentPools/p*l1', true],
    ['**/managedClusters/aks-?/**', true],
    ['/subscriptions/**/agentPools/pool1', true],
    [pool, true],
    ['/subscriptions/*/resourceGroups/rg-legacy/*', false],
    ['/subscriptions/*/rg-legacy/**', false],
    ['/subscriptions/1112/**', false],
    ['**/agentPools/pool', false],
    ['**/agentPools/pool??', false],
    ['**/agentPools/pool1/x', false],
    ['/subscriptions/*', false],
  ])('%s: %s for a pool of a legacy group', (scope, expected) => {
    expect(covers(scope)).toBe(expected);
  });

  test('/** at the end covers the resource itself and everything below it', () => {
    expect(covers('/subscriptions/1111/**', '/subscriptions/1111')).toBe(true);
    expect(covers('/subscriptions/1111/**', '/subscriptions/11111')).toBe(false);
  });

  const letter = fc.constantFrom('a', 'b');
  const segment = fc.string({ unit: letter, maxLength: 4 });
  const pattern = fc.oneof(
    fc.constant('**'),
    fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 5 }).filter((text) => !text.includes('**')),
  );

  test('matches like a regular expression for the same pattern', () => {
    fc.assert(
      fc.property(
        fc.array(pattern, { minLength: 1, maxLength: 4 }),
        fc.array(segment, { minLength: 1, maxLength: 5 }),
        (patterns, segments) => {
          // Each part is preceded by its slash, so that ** can match none.
          const source = patterns
            .map((part) =>
              part === '**' ? '(?:/[^/]*)*' : `/${part.replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}`,
            )
            .join('');
          expect(compileScope(patterns.join('/'))(segmentsOf(segments.join('/')))).toBe(
            new RegExp(`^${source}$`).test(`/${segments.join('/')}`),
          );
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('finishes for patterns on which backtracking would not', () => {
    expect(covers(`/${'*a'.repeat(400)}b`, `/${'a'.repeat(5000)}`)).toBe(false);
    expect(covers(`${'/**/a'.repeat(200)}/b`, '/a'.repeat(2000))).toBe(false);
  });
});

describe('ignoring rows by entries', () => {
  const options = (...entries: readonly IgnoreEntry[]) =>
    ({ ruleset: 'preview', ignores: new IgnoreRules(entries, '2026-11-25') }) as const;
  const small = facts({ pool: poolWith({ vmSize: 'Standard_D2s_v5', count: 1 }) });

  test('marks only the rows that the entry covers, and records the entry', () => {
    const matching = entry({ scope: '/subscriptions/*/resourceGroups/RG-shop/**' });
    const rows = judge(small, options(entry({ number: 7, scope: '/subscriptions/other/**' }), matching));
    expect(rows.filter(({ ignored }) => ignored).map((row) => [row.id, row.status, row.ignoredBy])).toEqual([
      ['vm-vcpus', 'fail', matching],
    ]);
    const report = reportOf('cluster', [{ cluster: small, pools: [small] }], options(matching));
    expect(report.rows.find(({ id }) => id === 'vm-vcpus')?.ignored).toBe(true);
    expect(JSON.stringify(report.rows)).not.toContain('team-shop');
  });

  test('lasts through the expiry date', () => {
    const ignoredOn = (expires: string) => judge(small, options(entry({ expires }))).some(({ ignored }) => ignored);
    expect([ignoredOn('2026-11-24'), ignoredOn('2026-11-25'), ignoredOn('2026-11-26')]).toEqual([false, true, true]);
  });

  test('counts the first entry that covers a row; --ignore takes precedence', () => {
    const [first, second, unused, other] = [
      entry({ scope: '**/agentPools/*' }),
      entry({ number: 2 }),
      entry({ number: 3, id: 'spot', scope: '/x' }),
      entry({ number: 4, id: 'surge' }),
    ];
    const counts = new IgnoreCounts();
    for (const row of judge(small, { ...options(first, second, unused, other), ignore: ['single-node', 'surge'] }))
      counts.add(row);
    expect(counts.summaries(['single-node', 'surge'], [first, second, unused])).toEqual([
      { id: 'single-node', rows: 1 },
      // Rows that pass are not ignored.
      { id: 'surge', rows: 0 },
      { id: 'vm-vcpus', rows: 1, scope: '**/agentPools/*', owner: 'team-shop', reason: 'Moves', expires: '2027-01-31' },
      // The first is shadowed by another entry, the second matches no row.
      { id: 'vm-vcpus', rows: 0, owner: 'team-shop', reason: 'Moves', expires: '2027-01-31' },
      { id: 'spot', rows: 0, scope: '/x', owner: 'team-shop', reason: 'Moves', expires: '2027-01-31' },
    ]);
  });

  test('finishes for a large number of rows and hundreds of entries', () => {
    const entries = Array.from({ length: 300 }, (_, index) =>
      entry({ number: index + 1, scope: `/subscriptions/*/resourceGroups/rg-${String(index)}-*/**/agentPools/pool?` }),
    );
    const rules = new IgnoreRules(entries, '2026-11-25');
    let found = 0;
    for (let index = 0; index < 50_000; index += 1) {
      const resourceId = `/subscriptions/1111/resourceGroups/rg-${String(index % 1000)}-x/providers/Microsoft.ContainerService/managedClusters/aks/agentPools/pool1`;
      if (rules.entryFor({ id: 'vm-vcpus', resourceId }) !== undefined) found += 1;
    }
    expect(found).toBe(15_000);
  });
});

describe('an entry that has expired', () => {
  const entries = [
    entry({ expires: '2026-11-24', scope: '/subscriptions/*' }),
    entry({ number: 2, expires: '2026-11-25' }),
    entry({ number: 3, expires: '2025-01-01' }),
  ];

  test('has its own row, which names the owner and what counts again', () => {
    const rows = expiredRows(entries, '2026-11-25', 'dir/x.yaml', {});
    expect(rows.map(({ id, level, status, target, observed }) => [id, level, status, target, observed])).toEqual([
      ['ignore-expired', 'config', 'warn', 'dir/x.yaml#1', 'expired on 2026-11-24'],
      ['ignore-expired', 'config', 'warn', 'dir/x.yaml#3', 'expired on 2025-01-01'],
    ]);
    expect(rows[0]?.reason).toContain('that ignored vm-vcpus in /subscriptions/* has expired');
    expect(new Set(rows.map(({ resourceId }) => resourceId)).size).toBe(2);
  });

  test('is left out by --only, and ignored by --ignore', () => {
    expect(expiredRows(entries, '2026-11-25', 'x.yaml', { only: ['surge'] })).toEqual([]);
    expect(
      expiredRows(entries, '2026-11-25', 'x.yaml', { ignore: ['ignore-expired'] }).every(({ ignored }) => ignored),
    ).toBe(true);
  });
});
