import * as fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import type { PrerequisiteReport } from '../../src/model/report.ts';
import { prerequisites, reportFormats, type ReportFormat } from '../../src/report/index.ts';
import { fleet } from './support/fleet.ts';
import { csvRecords, nonZero, readers } from './support/read-back.ts';

const formats = Object.keys(reportFormats) as ReportFormat[];

describe.each(formats)('the report as %s, read back by another parser', (format) => {
  test.each([
    ['one cluster with every row', { clusters: 1, detail: 'all' }],
    ['a few clusters with findings alone', { clusters: 12, detail: 'findings' }],
    ['many clusters with every row', { clusters: 60, detail: 'all', seed: 3 }],
    ['a fleet', { clusters: 700, detail: 'findings', seed: 11 }],
  ] as const)('gives the numbers of the generated fleet: %s', (_, options) => {
    const { report, pools, rows } = fleet(options);
    const read = readers[format](reportFormats[format](prerequisites(report)));
    expect(nonZero(read.pools)).toEqual(nonZero(pools));
    expect(nonZero(read.rows)).toEqual(nonZero(rows));
    if (read.listed === undefined) return;
    const { pass, skip, ...findings } = nonZero(rows);
    expect(nonZero(read.listed)).toEqual(options.detail === 'all' ? nonZero(rows) : findings);
    expect([pass, skip]).toBeDefined();
  });

  test('contains the same numbers for any fleet', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom('all' as const, 'findings' as const),
        (seed, clusters, detail) => {
          const { report, pools, rows } = fleet({ clusters, seed, detail });
          const read = readers[format](reportFormats[format](prerequisites(report)));
          expect(nonZero(read.pools)).toEqual(nonZero(pools));
          expect(nonZero(read.rows)).toEqual(nonZero(rows));
        },
      ),
      { numRuns: 15 },
    );
  });

  test.each([3, 60])(
    'of %i clusters shows that it is partial, ignored rows with reasons, unreadable parts, and the forecast',
    (clusters) => {
      const text = reportFormats[format](
        prerequisites(fleet({ clusters, partial: 'Interrupted after 3 of 60 clusters.' }).report),
      );
      expect(text).toContain('Interrupted after 3 of 60 clusters');
      expect(text).toMatch(/not-checked|not checked: the report ended early/);
      for (const word of [
        'team-platform',
        '2027-01-31',
        'The pipeline of the platform team sets it',
        'Contoso Retired',
        'disabled',
        'not-readable',
        '1.37',
        'will-enable',
        'payments',
      ]) {
        const shown = word === 'not-readable' ? /not[ -]readable/ : new RegExp(word.replace('-', String.raw`\\?-`));
        expect(text).toMatch(shown);
      }
    },
  );

  test.each([13, 60])('names what blocks the pools of %i clusters by the condition, with their number', (clusters) => {
    const { report } = fleet({ clusters, seed: 2 });
    const [id, problem] =
      clusters > 40
        ? ['kubernetes-version', 'Kubernetes older than 1.31']
        : ['vm-vcpus', 'VM size with fewer than 4 vCPUs'];
    const blocked = report.pools.filter((pool) => pool.eligibility === 'blocked' && pool.blockedBy.includes(id)).length;
    expect(blocked).toBeGreaterThan(0);
    const text = reportFormats[format](prerequisites(report));
    const line = `${problem}: ${String(blocked)}`;
    const asked = report.rows.find((row) => row.id === id)?.title ?? '';
    switch (format) {
      case 'json':
        expect(JSON.parse(text)).toMatchObject({
          rows: expect.arrayContaining([expect.objectContaining({ id, problem })]),
        });
        break;
      case 'csv':
        expect(csvRecords(text).filter(({ Record, Check }) => Record === 'blocked' && Check === id)).toEqual([
          expect.objectContaining({ Problem: problem, Count: String(blocked) }),
        ]);
        break;
      case 'junit':
        expect(text).toContain(`<property name="blocked.${id}" value="${line}"/>`);
        break;
      case 'html': {
        const { document } = parseHTML(text);
        const bars = [...document.querySelectorAll('.bars li')].map((bar) =>
          [bar.querySelector('.id'), bar.querySelector('.n')].map((part) => part?.textContent).join(': '),
        );
        expect(bars).toContain(line);
        expect(document.querySelector('main')?.textContent).not.toContain(asked);
        break;
      }
      case 'table':
        expect(text).toMatch(
          new RegExp(`^Blocked by \\(node pools\\)\n(?: .*\n)*? {2}${problem} +${String(blocked)} {2}${id}\n`, 'm'),
        );
        expect(text).not.toContain(asked);
        break;
      case 'md':
      case 'github-summary':
        expect(text).toContain(`\nBlocked by (node pools):\n\n`);
        expect(text).toContain(`\n- ${line} (\`${id}\`)\n`);
        expect(text).not.toContain(asked);
    }
  });

  test.each([13, 60])('never cuts a fix: %i clusters', (clusters) => {
    const { report } = fleet({ clusters, seed: 4 });
    const fix = `az aks nodepool update ${Array.from({ length: 900 }, (_, index) => `--tag-${String(index)}`).join(' ')} --end`;
    const rows = report.rows.map((row) => (row.status === 'fail' ? { ...row, fix } : row));
    const text = reportFormats[format](prerequisites({ ...report, rows }));
    expect(rows.some((row) => row.fix === fix)).toBe(true);
    expect(text.replaceAll('\\-', '-')).toContain(fix);
  });

  test.each([3, 60])('of %i clusters shows the time, the source and the version', (clusters) => {
    // The lines of a spreadsheet do not change.
    if (format === 'csv') return;
    const { report } = fleet({ clusters });
    const origin = {
      gatheredAt: '2026-11-25T09:31:07Z',
      source: 'graph',
      generator: { name: 'aks-localdns', version: '0.3.0' },
    } as const;
    const text = reportFormats[format](prerequisites({ ...origin, ...report })).replaceAll('\\-', '-');
    if (format === 'json') expect(JSON.parse(text)).toMatchObject(origin);
    else if (format === 'junit')
      expect(text).toMatch(
        /name="generator" value="aks-localdns 0\.3\.0"[\s\S]*name="gatheredAt" value="2026-11-25T09:31:07Z"[\s\S]*name="source" value="graph"/,
      );
    else
      expect(text).toContain(
        'Read on 2026-11-25 09:31 UTC from Resource Graph, which may be out of date; aks-localdns 0.3.0',
      );
    expect(reportFormats[format](prerequisites(report))).not.toMatch(/Read on|gatheredAt/);
  });

  test.each([3, 60])('of %i clusters shows that only some checks were judged', (clusters) => {
    const { report } = fleet({ clusters });
    const text = reportFormats[format](
      prerequisites({
        ...report,
        only: ['vm-vcpus', 'spot'],
        checks: ['vm-vcpus', 'spot', 'scope-readable'],
      }),
    );
    if (format === 'json') expect(JSON.parse(text)).toMatchObject({ only: ['vm-vcpus', 'spot'] });
    else
      expect(text.replaceAll('\\-', '-').replaceAll('\n', ' ')).toContain(
        'Only these checks were judged: vm-vcpus, spot; eligibility depends on these only.',
      );
    if (format !== 'json')
      expect(
        reportFormats[format](prerequisites({ ...report, only: ['regional-vcpus'], checks: ['scope-readable'] })),
      ).toContain('judged: none');
    expect(reportFormats[format](prerequisites(report))).not.toContain('Only these');
  });

  test('shows entries of an ignore file that matched nothing', () => {
    const { report } = fleet({ clusters: 3 });
    const unused = {
      id: 'spot',
      rows: 0,
      scope: '**/managedClusters/aks-data-x',
      owner: 'team-data',
      reason: 'Cheap',
      expires: '2027-03-31',
    };
    const text = reportFormats[format](prerequisites({ ...report, ignored: [unused, ...report.ignored] }));
    expect(text).toContain('2027-03-31');
    if (format !== 'json' && format !== 'csv') expect(text).toMatch(/matched nothing/);
  });

  test('omits fleets, groups, forecasts and parts if there are none', () => {
    const { report } = fleet({ clusters: 1, detail: 'all' });
    const { subscriptions: _, clusters: __, groupBy: ___, detail: ____, ...rest } = report;
    const plain: PrerequisiteReport = {
      ...rest,
      ignored: [],
      pools: rest.pools.map(({ group: _g, forecast: _f, ...pool }) => pool),
    };
    const text = reportFormats[format](prerequisites(plain)).replace(
      /<style>[\s\S]*<\/style>|<script>[\s\S]*<\/script>/g,
      '',
    );
    expect(text).not.toMatch(/undefined|\[object|NaN/);
    // A spreadsheet's columns are always the same.
    if (format !== 'csv') expect(text).not.toMatch(/This report is partial|Forecast for|Subscriptions that|not listed/);
  });
});
