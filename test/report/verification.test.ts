import { describe, expect, test } from 'vitest';
import { reportBeginning } from '../../src/report/format.ts';
import { reportFormats, type ReportFormat } from '../../src/report/index.ts';
import { verification } from '../../src/report/verification.ts';
import { nodesOf, verified } from '../usecases/verify/rig.ts';
import { hostileTexts } from './support/hostile.ts';
import { csvRecords, readers } from './support/read-back.ts';

const report = await verified({ blue: {}, green: {}, empty: { count: 0 } }, [
  ...nodesOf('blue', 3),
  ...nodesOf('green', 2),
  { name: 'aks-green-000009', pool: 'green', state: 'disabled' },
]);
const view = verification(report);

describe.each(Object.keys(reportFormats) as ReportFormat[])('a verification as %s', (format) => {
  const text = reportFormats[format](view).replaceAll(/<(style|script)>[\s\S]*?<\/\1>/g, '');

  test('names the node with a finding, and the reason', () => {
    expect(text).toContain('aks-green-000009');
    expect(text.replaceAll('&apos;', "'").replaceAll('&#39;', "'").replaceAll('\\', '')).toContain(
      "LocalDNS should be on, but the node label says 'off'.",
    );
    expect(text).not.toMatch(/undefined|\[object|NaN|prerequisite/i);
  });

  test('begins like a report, so that another may replace it', () => {
    expect(text.slice(0, 2048)).toMatch(reportBeginning);
  });

  test('counts pools by their proof', () => {
    if (format !== 'json') expect(readers[format](text).pools).toMatchObject({ proven: 1, failed: 1, applied: 1 });
  });
});

test('shows how many nodes are proven of how many, by which evidence, and that only settings were checked', () => {
  const text = reportFormats.table(view);
  expect(text).toMatch(/^LocalDNS verification of cluster rg-demo\/aks-demo\n/);
  expect(text).toContain('No pod has asked LocalDNS.');
  expect(text).toMatch(/^ {2}rg-demo\/aks-demo\/blue {3}proven \(3 of 3 nodes proven on\)$/m);
  expect(text).toMatch(/^ {2}rg-demo\/aks-demo\/empty {2}applied \(0 of 0 nodes proven on\)$/m);
  expect(text).toContain('proven 5 of 6 nodes, level 1, via kubectl');
  const records = csvRecords(reportFormats.csv(view)).filter(({ Record }) => Record === 'pool');
  expect(records).toContainEqual(expect.objectContaining({ NodePool: 'green', Nodes: '3', ProvenNodes: '2' }));
});

test.each(Object.keys(reportFormats) as ReportFormat[])(
  'contains no control character of a cluster, as %s',
  async (format) => {
    const nodes = hostileTexts.map((hostile) => ({
      name: hostile,
      state: hostile,
      clusterDns: [hostile],
      labels: { 'karpenter.sh/nodepool': hostile, a: 'b' },
    }));
    const hostile = await verified({}, nodes, { selector: 'a=b' });
    expect(hostile.nodes.length).toBeGreaterThan(0);
    expect(reportFormats[format](verification(hostile), { width: 80 })).not.toMatch(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
    );
  },
);

test('the JSON of a verification has these members, and no other', () => {
  const json = JSON.parse(reportFormats.json(view)) as Record<string, unknown>;
  const keys = (value: unknown): readonly string[] => Object.keys(value as object);
  const first = (list: unknown): unknown => (list as readonly unknown[])[0];
  expect(keys(json)).toEqual(
    'schemaVersion generator gatheredAt scope via level pools nodes rows counts ignored'.split(' '),
  );
  expect(keys(first(json['pools']))).toEqual(
    'resourceId subscriptionId resourceGroup cluster pool expected proof nodes provenNodes causes localDnsMode localDnsState'.split(
      ' ',
    ),
  );
  expect(keys(first(json['nodes']))).toEqual('name pool expected verdict proven evidence'.split(' '));
  expect(keys(first((first(json['nodes']) as { readonly evidence: unknown }).evidence))).toEqual(
    'level source says sure seen'.split(' '),
  );
});
