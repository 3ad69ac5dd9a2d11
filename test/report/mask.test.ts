import { describe, expect, test } from 'vitest';
import { maskIds, parseReport, prerequisites, reportFormats } from '../../src/report/index.ts';
import { fleet, sum } from './support/fleet.ts';

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const { report, pools } = fleet({ clusters: 60 });
const masked = maskIds(report);

describe('masking the ids of subscriptions', () => {
  test.each(Object.keys(reportFormats) as (keyof typeof reportFormats)[])(
    'leaves none of them in the report as %s',
    (format) => {
      expect(reportFormats[format](prerequisites(report))).toMatch(guid);
      expect(reportFormats[format](prerequisites(masked))).not.toMatch(guid);
    },
  );

  test('keeps them distinct, the same in every report, and changes nothing else', () => {
    const id = report.pools[0]?.subscriptionId ?? '';
    expect(masked.pools[0]?.subscriptionId).toBe(`${id.slice(0, 8)}-****`);
    expect(masked.pools[0]?.resourceId).toContain(`/subscriptions/${id.slice(0, 8)}-****/resourceGroups/`);
    expect(new Set(masked.pools.map(({ subscriptionId }) => subscriptionId)).size).toBe(
      new Set(report.pools.map(({ subscriptionId }) => subscriptionId)).size,
    );
    expect(sum(pools)).toBe(masked.pools.length);
    expect(masked.counts).toEqual(report.counts);
    expect(parseReport(new TextEncoder().encode(reportFormats.json(prerequisites(masked))), 'masked')).toEqual(
      JSON.parse(JSON.stringify(masked)),
    );
  });

  test('reaches ids in sentences, fixes and encoded links, in any case, and does not change other ids', () => {
    const [first] = report.pools;
    const id = first?.subscriptionId ?? '';
    const other = '99999999-8888-7777-6666-555555555555';
    const hidden = '12345678-8888-7777-6666-555555555555';
    const rows = report.rows.slice(0, 1).map((row) => ({
      ...row,
      reason: `Subscription ${id.toUpperCase()} of tenant ${other}: /subscriptions/${hidden}/x and %2Fsubscriptions%2F${hidden}`,
      fix: `az aks show --subscription "${hidden}"`,
    }));
    const [row] = maskIds({ ...report, rows }).rows;
    expect(row?.reason).toBe(
      `Subscription ${id.slice(0, 8)}-**** of tenant ${other}: /subscriptions/12345678-****/x and %2Fsubscriptions%2F12345678-****`,
    );
    expect(row?.fix).toBe('az aks show --subscription "12345678-****"');
  });

  test('reaches the subscription of a region or a subnet, and leaves a name there that looks like an id', () => {
    const name = '12345678-8888-7777-6666-555555555555';
    const [id, ours] = ['aaaaaaaa-0000-4000-8000-000000000001', `aaaaaaaa-****/${name}/vnet/snet`];
    const rows = report.rows.slice(0, 1).map((row) => ({
      ...row,
      level: 'subscription' as const,
      target: `${id}/${name}/vnet/snet`,
      resourceId: `/x/${name}`,
    }));
    expect(maskIds({ ...report, pools: [], rows }).rows[0]).toMatchObject({ target: ours, resourceId: `/x/${name}` });
  });

  test('two ids with the same beginning remain distinct', () => {
    const [one, two] = ['aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000002'];
    const subscriptions = [two, one].map(
      (subscriptionId) => ({ subscriptionId, name: 'x', reading: 'read', clusters: 0, pools: 0 }) as const,
    );
    expect(
      maskIds({ ...report, pools: [], rows: [], subscriptions }).subscriptions?.map(
        ({ subscriptionId }) => subscriptionId,
      ),
    ).toEqual(['aaaaaaaa-****-2', 'aaaaaaaa-****']);
  });

  test('a second time changes nothing', () => {
    expect(maskIds(masked)).toEqual(masked);
  });
});
