import { describe, expect, test } from 'vitest';
import { csvCell, csvColumns } from '../../src/report/csv.ts';
import { prerequisites, reportFormats } from '../../src/report/index.ts';
import { fleet } from './support/fleet.ts';
import { csvRecords } from './support/read-back.ts';

describe('a cell of the CSV report', () => {
  test.each([
    ['plain text', 'plain text'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\r\nlines', 'two lines'],
    ['=cmd()', "'=cmd()"],
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM', "'@SUM"],
    ['\t=1', "'=1"],
    ['＝1', "'＝1"],
    ['" =1', `"'"" =1"`],
    ['a;=1', `"a;'=1"`],
    ['az aks upgrade -g rg -n aks', 'az aks upgrade -g rg -n aks'],
    ['', ''],
  ])('%j is %j', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  test('numbers and booleans are not changed', () => {
    expect([csvCell(-3), csvCell(false), csvCell(undefined)]).toEqual(['-3', 'false', '']);
  });
});

test('the CSV report has every fact of a pool and a row in a separate column', () => {
  const { report } = fleet({ clusters: 40, seed: 5 });
  const records = csvRecords(reportFormats.csv(prerequisites(report)));
  const pools = records.filter(({ Record }) => Record === 'pool');
  report.pools.forEach((pool, index) => {
    expect(pools[index]).toMatchObject({
      Status: pool.eligibility,
      SubscriptionId: pool.subscriptionId,
      ResourceGroup: pool.resourceGroup,
      Cluster: pool.cluster,
      NodePool: pool.pool,
      BlockedBy: pool.blockedBy.join(' '),
      Nodes: pool.nodes === undefined ? '' : String(pool.nodes),
      Group: pool.group ?? '',
      Forecast: pool.forecast?.outcome,
      Pin: pool.forecast?.pin ?? '',
      ResourceId: pool.resourceId,
    });
  });
  const rows = records.filter(({ Record }) => Record === 'check');
  report.rows.forEach((row, index) => {
    expect(rows[index]).toMatchObject({
      Status: row.status,
      Check: row.id,
      Level: row.level,
      Observed: row.observed,
      Required: row.required,
      Reason: row.reason,
      Fix: row.fix ?? '',
      Ignored: String(row.ignored),
      Link: row.link,
    });
  });
  expect(Object.keys(records[0] ?? {})).toEqual(csvColumns(prerequisites(report)));
});

test('lines end as in RFC 4180, the last one too', () => {
  const csv = reportFormats.csv(prerequisites(fleet({ clusters: 2 }).report));
  expect(csv.endsWith('\r\n')).toBe(true);
  expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});
