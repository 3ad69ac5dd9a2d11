import { describe, expect, test } from 'vitest';
import type { PrerequisiteReport } from '../../src/model/report.ts';
import { fleetTruth } from '../support/fleet-truth.ts';
import { unwrapped, value, withAzure, type Rig } from '../support/e2e.ts';

interface Fault {
  readonly scenario: string;
  readonly source?: 'graph';
  /** How the report differs from one without faults. */
  readonly differs: 'not' | 'in-part' | 'sizes';
  /** Text of the `scope-readable` rows, regardless of line breaks. */
  readonly says?: string;
  /** The expected reading of each subscription. */
  readonly readings?: readonly string[];
  /** Text on standard error. */
  readonly told?: string;
}

/** Faults while two subscriptions with sixty clusters are read. */
const faults: readonly Fault[] = [
  { scenario: 'graph-throttled', differs: 'not', told: 'Azure is throttling requests' },
  { scenario: 'graph-denied', differs: 'not' },
  { scenario: 'graph-stale', differs: 'not' },
  { scenario: 'graph-old-api-version', differs: 'not' },
  { scenario: 'graph-no-profiles', differs: 'not' },
  // What Resource Graph could not return is read from ARM.
  { scenario: 'graph-page-fails', differs: 'not', told: 'Azure reported a server error' },
  { scenario: 'graph-truncated', differs: 'not' },
  { scenario: 'graph-subscription-limit', differs: 'not' },
  {
    scenario: 'graph-page-fails',
    source: 'graph',
    differs: 'in-part',
    says: 'could not be read',
    readings: ['partial', 'partial'],
  },
  {
    scenario: 'graph-truncated',
    source: 'graph',
    differs: 'in-part',
    says: 'truncated its response',
    readings: ['partial', 'partial'],
  },
  {
    scenario: 'graph-subscription-limit',
    source: 'graph',
    differs: 'in-part',
    says: 'truncated its response',
    readings: ['read', 'partial'],
  },
  {
    scenario: 'subscriptions-denied',
    differs: 'in-part',
    says: 'could not be read',
    readings: ['read', 'not-readable'],
  },
  { scenario: 'region-without-skus', differs: 'sizes' },
];

const fleet = { clusters: 60, seed: 7 } as const;
const args = ['check', '--all-subscriptions', '--ruleset', 'ga', '-o', 'json'] as const;

async function reportOf(
  azure: Rig,
  more: readonly string[] = [],
): Promise<{ readonly report: PrerequisiteReport; readonly code: number | null; readonly stderr: string }> {
  const ran = await azure.run([...args, ...more]);
  return { report: value(ran) as unknown as PrerequisiteReport, code: ran.code, stderr: ran.stderr };
}

const unreadable = ({ rows }: PrerequisiteReport): string =>
  unwrapped(
    rows
      .filter(({ id }) => id === 'scope-readable')
      .map(({ reason }) => reason)
      .join(' '),
  );

describe('a fleet with faults in Azure', () => {
  test.concurrent.each(faults)(
    '$scenario: difference in the report: $differs',
    async ({ scenario, source = 'auto', differs, says, readings, told }) => {
      await withAzure({ ...fleet, scenario, speed: 20 }, async (azure) => {
        const healthy = fleetTruth(azure.simulator);
        const { report, code, stderr } = await reportOf(azure, ['--source', source]);
        expect(code, stderr).toBe(10);
        if (told !== undefined) expect(stderr).toContain(told);
        const eligible = report.pools.filter(({ eligibility }) => eligibility === 'eligible').length;
        const expected = {
          not: [60, healthy.eligibility.ga.eligible],
          sizes: [60, expect.any(Number)],
          'in-part': [expect.any(Number), expect.any(Number)],
        }[differs];
        expect([report.clusters, eligible]).toEqual(expected);
        expect(unreadable(report)).toContain(says ?? '');
        expect(report.subscriptions?.map(({ reading }) => reading).sort()).toEqual(
          [...(readings ?? ['read', 'read'])].sort(),
        );
        // Everything that could not be read is reported.
        const left = readings?.filter((reading) => reading !== 'read').length ?? 0;
        expect(report.rows.filter(({ id, status }) => id === 'scope-readable' && status === 'unknown')).toHaveLength(
          left,
        );
      })();
    },
  );

  test.concurrent(
    'a subscription whose clusters cannot be listed is a row, and the others are judged',
    withAzure({ ...fleet, scenario: 'list-fails', speed: 20 }, async (azure) => {
      const { report, code } = await reportOf(azure, ['--source', 'arm']);
      expect(code).toBe(10);
      expect(report.clusters).toBe(30);
      expect(report.subscriptions?.map(({ reading }) => reading).sort()).toEqual(['partial', 'read']);
      expect(unreadable(report)).toContain('could not be read');
    }),
  );

  test.concurrent(
    'a cluster that is deleted while it is read is a row, and the others are judged',
    withAzure(
      { clusters: 9, seed: 7, scenario: ['graph-old-api-version', 'cluster-vanishes'], speed: 20 },
      async (azure) => {
        const { report, code } = await reportOf(azure);
        expect(code).toBe(10);
        expect(report.clusters).toBe(8);
        expect(
          report.rows.filter(({ id }) => id === 'scope-readable').map(({ status, level }) => [status, level]),
        ).toEqual([['unknown', 'cluster']]);
      },
    ),
  );

  const nothing = [
    ['graph-denied', 'graph'],
    ['pool-rights-only', 'graph'],
    ['pool-rights-only', 'auto'],
    ['pool-rights-only', 'arm'],
    ['no-access', 'auto'],
  ] as const;
  test.concurrent.each(nothing)(
    '%s, source %s: ends with 11 and every subscription unknown if no cluster can be read',
    async (scenario, source) =>
      withAzure({ ...fleet, scenario, speed: 20 }, async (azure) => {
        const { report, code } = await reportOf(azure, ['--source', source]);
        expect(code).toBe(11);
        expect(report.pools).toEqual([]);
        expect(report.subscriptions?.map(({ reading }) => reading)).toEqual(['not-readable', 'not-readable']);
      })(),
  );

  test.concurrent(
    'reports a full subnet, and custom DNS servers that are not reachable on TCP 53',
    withAzure({ scenario: 'own-network' }, async (azure) => {
      const ran = await azure.run([
        'check',
        '-g',
        'rg-demo',
        '--cluster-name',
        'aks-demo',
        '-n',
        'userpool',
        '--capacity',
        '--network',
        '-o',
        'json',
      ]);
      expect(ran.code, ran.stderr).toBe(0);
      const { rows } = value(ran) as unknown as PrerequisiteReport;
      const statuses = Object.fromEntries(rows.map(({ id, status }) => [id, status]));
      expect(statuses).toMatchObject({
        'subnet-addresses': 'warn',
        'dns-tcp-53': 'warn',
        'regional-vcpus': 'pass',
        'instance-limit': 'pass',
      });
    }),
  );
});
