import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { CheckStatus, ReportRow } from '../../src/model/check.ts';
import { poolId } from '../../src/model/ids.ts';
import type { Report } from '../../src/model/report.ts';
import { maskIds, reportFormats, type ReportFormat, type ReportView } from '../../src/report/index.ts';
import { viewOf } from '../../src/report/view.ts';
import { hostileTexts } from './support/hostile.ts';
import { csvRecords, nonZero, readers } from './support/read-back.ts';
import { descendants, readXml } from './support/xml.ts';

/** Kinds of report that no renderer knows. They represent future ones: proven nodes, pools of a rollout. */

const subscriptionId = 'c0ffee00-0000-4000-8000-000000000001';
const ref = { subscriptionId, resourceGroup: 'rg-shop', cluster: 'aks-shop' };
const junitSchema = readFileSync(new URL('support/junit.xsd', import.meta.url), 'utf8');
const formats = Object.keys(reportFormats) as ReportFormat[];

function node(name: string, status: CheckStatus, changes: Partial<ReportRow> = {}): ReportRow {
  return {
    id: 'listener',
    level: 'node',
    title: 'LocalDNS listens on the node',
    target: `rg-shop/aks-shop/blue/${name}`,
    resourceId: poolId({ ...ref, pool: 'blue' }),
    status,
    observed: status === 'pass' ? '169.254.10.10:53' : 'nothing on 169.254.10.10:53',
    required: 'a listener on 169.254.10.10:53',
    reason: status === 'pass' ? 'It answers.' : `Nothing listens on ${name}.`,
    ...(status === 'fail' ? { fix: 'kubectl get nodes' } : {}),
    ignored: false,
    ...changes,
  };
}

function reportOf(rows: readonly ReportRow[]): Report {
  const of = (status: CheckStatus): number => rows.filter((row) => row.status === status && !row.ignored).length;
  return {
    schemaVersion: '1.0',
    gatheredAt: '2026-11-25T09:31:07Z',
    generator: { name: 'aks-localdns', version: '0.3.0' },
    scope: 'node pool rg-shop/aks-shop/blue',
    rows,
    counts: { fail: of('fail'), unknown: of('unknown'), warn: of('warn'), skip: of('skip'), pass: of('pass') },
    ignored: [{ id: 'listener', rows: rows.filter(({ ignored }) => ignored).length }],
    partial: 'Interrupted after 5 of 6 nodes.',
  };
}

const proof = reportOf([
  node('aks-blue-000000', 'pass'),
  node('aks-blue-000001', 'fail'),
  node('aks-blue-000002', 'unknown', { reason: 'The node <b>did not answer</b>.' }),
  node('aks-blue-000003', 'warn', { id: 'stale', title: 'Stale answers are served' }),
  node('aks-blue-000004', 'fail', { ignored: true }),
]);
const nodes = (report: Report): ReportView =>
  viewOf(report, { title: 'Proof of LocalDNS', command: 'aks-localdns verify' });

describe.each(formats)('a kind of report without subjects, as %s', (format) => {
  const text = reportFormats[format](nodes(proof)).replace(/<style>[\s\S]*<\/style>/, '');

  test('shows its kind, its subject, when it was read, and that it is partial', () => {
    if (format !== 'json' && format !== 'csv') expect(text).toContain('Proof of LocalDNS');
    if (format !== 'csv') expect(text).toMatch(/2026-11-25[ T]09:31/);
    expect(text).toContain('node pool rg-shop/aks-shop/blue');
    expect(text).toContain('Interrupted after 5 of 6 nodes');
    expect(text).not.toMatch(/undefined|\[object|NaN|eligib|prerequisite|blocked by/i);
  });

  test('shows each finding with its node, reason and fix', () => {
    for (const name of ['000001', '000002', '000003']) expect(text).toContain(`aks-blue-${name}`);
    expect(text).toContain('Nothing listens on aks-blue-000001.');
    expect(text).toContain('kubectl get nodes');
    expect(text.includes('<b>did not answer</b>')).toBe(['json', 'table', 'csv'].includes(format));
  });

  test('has the counts of the model', () => {
    if (format === 'json') expect(JSON.parse(text)).toEqual(proof);
    else if (format === 'table') expect(text).toContain('Summary: 1 fail, 1 unknown, 1 warn, 0 skip, 1 pass.\n');
    else expect(nonZero(readers[format](text).rows)).toEqual({ fail: 1, unknown: 1, warn: 1, pass: 1 });
  });

  test('contains no control character, whatever its texts are', () => {
    if (format === 'json') return;
    const rows = hostileTexts.map((hostile) =>
      node(hostile, 'fail', { id: hostile, level: hostile, title: hostile, reason: hostile, resourceId: hostile }),
    );
    expect(reportFormats[format](nodes(reportOf(rows)), { width: 80 })).not.toMatch(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
    );
  });

  test('masks subscription ids on request', () => {
    expect(reportFormats[format](nodes(maskIds(proof)))).not.toContain(subscriptionId);
  });
});

describe('a kind of report without subjects', () => {
  test('is read by a CI system: a suite for its cluster, a test for each node', async () => {
    const xml = reportFormats.junit(nodes(proof));
    const { errors } = await validateXML({ xml: [{ fileName: 'a.xml', contents: xml }], schema: [junitSchema] });
    expect(errors).toEqual([]);
    const suites = descendants(readXml(xml), 'testsuite').map(({ attributes }) => attributes['name']);
    expect(suites).toEqual(['Report', 'rg-shop/aks-shop']);
  });

  test('is a page without script, with the node of each finding', () => {
    const page = reportFormats.html(nodes(proof));
    const { document } = parseHTML(page);
    expect(document.querySelectorAll('script, #results, .pager, svg')).toHaveLength(0);
    expect(page).not.toContain('script-src');
    const named = [...document.querySelectorAll('.cluster li b:not(.b)')].map(({ textContent }) => textContent);
    expect(named).toContain('blue/aks-blue-000001');
    for (const link of document.querySelectorAll('a[href^="#"]'))
      expect(document.querySelector(link.getAttribute('href') ?? '')).not.toBeNull();
  });

  test('has the node of each row in a spreadsheet', () => {
    const records = csvRecords(reportFormats.csv(nodes(proof))).filter(({ Record }) => Record === 'check');
    expect(records[1]).toMatchObject({ NodePool: 'blue', Target: 'rg-shop/aks-shop/blue/aks-blue-000001' });
  });

  test('of very many rows is summed up on a terminal', () => {
    const many = Array.from({ length: 500 }, (_, index) => node(`aks-blue-${String(index)}`, 'fail'));
    const text = reportFormats.table(nodes(reportOf(many)));
    expect(text).toMatch(/^Failures \(rows\)\n {2}LocalDNS listens on the node {2}500 {2}listener\n/m);
    expect(text.split('\n').length).toBeLessThan(15);
  });
});

/** Pools of a rollout: items with custom states and columns. */
function rollout(pools: readonly (readonly [pool: string, state: string, wave: number])[]): ReportView {
  const report = reportOf([node('aks-p1-000000', 'fail', { resourceId: poolId({ ...ref, pool: 'p1' }) })]);
  return viewOf(report, {
    title: 'Rollout r1',
    command: 'aks-localdns rollout status',
    extent: [{ amount: pools.length, noun: 'node pool' }],
    columns: 'Wave',
    subjects: {
      noun: 'node pool',
      short: 'pool',
      state: 'State',
      cause: 'Stopped by',
      states: [
        { name: 'done', tone: 'enabled', meaning: 'has LocalDNS, and it is proven' },
        { name: 'not-begun', tone: 'eligible', meaning: 'waits for its wave' },
        { name: 'failed', tone: 'blocked', meaning: 'stopped' },
      ],
      columns: { page: [{ header: 'Wave', kind: 'number' }], file: [{ header: 'Wave', kind: 'number' }] },
      items: pools.map(([pool, state, wave]) => ({
        at: { ...ref, pool, resourceId: poolId({ ...ref, pool }) },
        state,
        causes: state === 'failed' ? ['listener'] : [],
        remark: `wave ${String(wave)}`,
        cells: () => [wave],
        fields: () => ({ Wave: wave }),
      })),
    },
  });
}

describe('a kind of report with custom states', () => {
  const view = rollout([
    ['p1', 'failed', 1],
    ['p2', 'done', 1],
    ['p3', 'not-begun', 2],
    ['p4', 'not-begun', 2],
  ]);

  test.each(formats.filter((format) => format !== 'json'))('counts them as %s', (format) => {
    expect(readers[format](reportFormats[format](view)).pools).toEqual({ failed: 1, done: 1, 'not-begun': 2 });
  });

  test('shows their columns, and what stopped them', () => {
    expect(reportFormats.table(view)).toMatch(/^ {2}rg-shop\/aks-shop\/p1 {2}failed: listener \(wave 1\)$/m);
    expect(reportFormats.md(view)).toContain('| Node pool | State | By | Wave |');
    expect(reportFormats.md(view)).toContain('| `rg-shop/aks-shop/p1` | failed | listener | 1 |');
    const record = csvRecords(reportFormats.csv(view)).find(({ Record }) => Record === 'pool');
    expect(record).toMatchObject({ Status: 'failed', NodePool: 'p1', Wave: '1' });
    expect(reportFormats.junit(view)).toContain('<property name="pool.p1" value="failed: listener"/>');
  });

  test('is a page with the filter, with the labels of the kind', () => {
    const page = reportFormats.html(view);
    const { document } = parseHTML(page);
    const labels = [...document.querySelectorAll('#result-table th')].map(({ textContent }) => textContent);
    expect(labels).toEqual(['Node pool', 'Cluster', 'Subscription', 'State', 'Stopped by', 'Wave']);
    const states = [...document.querySelectorAll('select[name=eligibility] option')].map(
      ({ textContent }) => textContent,
    );
    expect(states).toEqual(['all', 'failed', 'not-begun', 'done']);
    const code = /<script>([\s\S]*)<\/script>/.exec(page)?.[1] ?? '';
    expect(code).toContain('const rank = { failed: 0, "not-begun": 1, done: 2 };');
    expect(() => new Script(code)).not.toThrow();
  });

  test('of very many is summed up on a terminal', () => {
    const text = reportFormats.table(
      rollout(Array.from({ length: 60 }, (_, index) => [`p${String(index)}`, 'failed', 3])),
    );
    expect(text).toMatch(/^Node pools\n {2}failed {2}60 {2}stopped\n/m);
    expect(text).toMatch(/^Stopped by \(node pools\)\n {2}LocalDNS listens on the node {2}60 {2}listener\n/m);
    expect(text).toContain('… and 35 more node pools');
  });
});

test('no format depends on a specific kind of report', () => {
  const root = new URL('../../src/report/', import.meta.url).pathname;
  const knowing = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => /\b(?:PrerequisiteReport|PoolSummary)\b/.test(readFileSync(path.join(root, file), 'utf8')));
  expect(knowing.sort()).toEqual(['diff-reach.ts', 'diff.ts', 'mask.ts', 'prerequisites.ts', 'saved-report.ts']);
});
