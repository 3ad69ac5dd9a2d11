import { describe, expect, test } from 'vitest';
import { fleetTruth, type FleetTruth } from '../support/fleet-truth.ts';
import { value, withAzure, type Rig } from '../support/e2e.ts';

/** Generated subscriptions with matching clusters. */
function holders(azure: Rig, fits: (pool: FleetTruth['details'][number]) => boolean = () => true): readonly string[] {
  return [
    ...new Set(
      fleetTruth(azure.simulator)
        .details.filter(fits)
        .map(({ subscriptionId }) => subscriptionId),
    ),
  ].sort();
}

interface Row {
  readonly subscriptionId: string;
  readonly error?: string | null;
}

const worked = (rows: readonly Row[]): readonly string[] =>
  rows
    .filter(({ error }) => error === undefined || error === null)
    .map(({ subscriptionId }) => subscriptionId)
    .sort();

function registered(azure: Rig): readonly string[] {
  return azure.writes.filter(({ path }) => path.endsWith('/register')).map(({ path }) => path.split('/')[2] ?? '');
}

const size = { clusters: 60, seed: 7 } as const;

describe('a fleet', () => {
  test.concurrent(
    'feature show prints the state of every subscription with clusters, and the reason for the others',
    withAzure(size, async (azure) => {
      const ran = await azure.run(['feature', 'show', '--all-subscriptions']);
      expect(ran.code, ran.stderr).toBe(0);
      const rows = value(ran) as unknown as readonly Row[];
      expect(worked(rows)).toEqual(holders(azure));
      expect(rows.filter(({ error }) => typeof error === 'string')).toHaveLength(
        fleetTruth(azure.simulator).disabled.subscriptions,
      );
      expect(azure.writes.filter(({ path }) => !path.startsWith('/providers/Microsoft.ResourceGraph/'))).toEqual([]);
    }),
  );

  test.concurrent(
    'setup asks first, with the names, and sends nothing; with --yes it prepares only those of a region',
    withAzure({ ...size, registered: false }, async (azure) => {
      const location = fleetTruth(azure.simulator).details[0]?.location ?? '';
      const wanted = holders(azure, (pool) => pool.location === location);
      const refused = await azure.run(['setup', '--all-subscriptions', '--location', location]);
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      for (const id of wanted) expect(refused.stderr).toContain(id);
      expect(registered(azure)).toEqual([]);
      const ran = await azure.run(['setup', '--all-subscriptions', '--location', location, '--yes']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(worked(value(ran) as unknown as readonly Row[])).toEqual(wanted);
      expect([...new Set(registered(azure))].sort()).toEqual(wanted);
    }),
  );

  test.concurrent(
    'can be a management group',
    withAzure(size, async (azure) => {
      const ran = await azure.run(['provider', 'show', '--management-group', 'contoso-dev']);
      expect(ran.code, ran.stderr).toBe(0);
      const rows = value(ran) as unknown as readonly Row[];
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.length).toBeLessThan(holders(azure).length);
      const none = await azure.run(['provider', 'show', '--management-group', 'nowhere']);
      expect(none).toMatchObject({ code: 3, stdout: '' });
    }),
  );

  test.concurrent(
    'can be a list of IDs on standard input',
    withAzure(size, async (azure) => {
      const [chosen] = fleetTruth(azure.simulator).details;
      if (chosen === undefined) throw new Error('The fleet is empty.');
      const id = `/subscriptions/${chosen.subscriptionId}/resourceGroups/${chosen.resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${chosen.cluster}/agentPools/${chosen.pool}`;
      const ran = await azure.run(['provider', 'register', '--from', '-', '--yes'], { input: `# one pool\n${id}\n` });
      expect(ran.code, ran.stderr).toBe(0);
      expect(worked(value(ran) as unknown as readonly Row[])).toEqual([chosen.subscriptionId]);
      expect(registered(azure)).toEqual([chosen.subscriptionId]);
      const wrong = await azure.run(['provider', 'register', '--from', '-', '--yes'], { input: `${id}\nnonsense\n` });
      expect(wrong).toMatchObject({ code: 2, stdout: '' });
      expect(wrong.stderr).toContain('standard input, line 2');
    }),
  );
});

describe('subscriptions that could not be read', () => {
  test.concurrent(
    'count: if some are, setup ends with 15 and warns before it asks, and feature show ends with 11',
    withAzure({ ...size, scenario: 'subscriptions-denied' }, async (azure) => {
      const asked = await azure.run(['setup', '--all-subscriptions']);
      expect(asked.code).toBe(2);
      expect(asked.stderr).toContain('1 subscription could not be read and is skipped.');
      expect((await azure.run(['setup', '--all-subscriptions', '--yes'])).code).toBe(15);
      const shown = await azure.run(['feature', 'show', '--all-subscriptions']);
      expect(shown.code).toBe(11);
      expect(shown.stderr).toContain('1 subscription could not be read and is skipped.');
    }),
  );

  test.concurrent.each(['no-access', 'pool-rights-only'])(
    'count: if all are, the exit code is that of the refusal, and nothing is sent (%s)',
    async (scenario) =>
      withAzure({ ...size, scenario }, async (azure) => {
        for (const words of [
          ['setup', '--yes'],
          ['feature', 'show'],
        ]) {
          const ran = await azure.run([...words, '--all-subscriptions']);
          expect(ran.code, ran.stderr).toBe(4);
          expect(ran.stderr).toContain('2 subscriptions could not be read and are skipped.');
        }
        expect(registered(azure)).toEqual([]);
      })(),
  );
});
