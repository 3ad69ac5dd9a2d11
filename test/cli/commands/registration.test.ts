import { describe, expect, test } from 'vitest';
import { commands, groups } from '../../../src/cli/commands/index.ts';
import { createRegistry } from '../../../src/cli/framework/registry.ts';
import { InterruptedError } from '../../../src/core/errors.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import type { ScopeProblem } from '../../../src/model/inventory.ts';
import type { Subscription } from '../../../src/model/registration.ts';
import { runCli, type FakeMachine } from '../../support/cli.ts';
import {
  aksId,
  clusterIn,
  fakeAzure,
  page,
  production,
  retired,
  sandbox,
  staging,
  subscription,
  type FakeAzure,
} from './support/azure.ts';
import { memoryFiles } from './support/files.ts';

const registry = createRegistry(commands, groups);
const all = [production, staging, retired, sandbox];

function problem(kind: ScopeProblem['kind'], of: Subscription): ScopeProblem {
  return { kind, subscriptionId: of.id, resourceId: `/subscriptions/${of.id}`, why: `It is ${kind}.` };
}

/** Clusters in Production and Sandbox, none in Staging; Retired is off. */
function fleetOf(more: Partial<Parameters<typeof fakeAzure>[0]> = {}): FakeAzure {
  return fakeAzure({
    all,
    pages: () => [
      page([], [problem('subscription-disabled', retired)]),
      page([clusterIn(production), clusterIn(production, 'aks-two')]),
      page([clusterIn(sandbox)]),
    ],
    ...more,
  });
}

async function run(
  words: readonly string[],
  { azure }: FakeAzure,
  more: Partial<FakeMachine> = {},
  files: Readonly<Record<string, string>> = {},
) {
  const ran = await runCli(words, {
    registry,
    context: () => ({ ...memoryFiles(files).context, azure: async () => Promise.resolve(azure) }),
    ...more,
  });
  const value = (): readonly JsonObject[] => JSON.parse(ran.stdout) as readonly JsonObject[];
  return { ...ran, value };
}

const writes = ({ asked }: FakeAzure): readonly string[] => asked.filter((line) => line.startsWith('POST')).sort();

describe.each([
  {
    words: ['feature', 'register'],
    posts: ['POST feature 1111', 'POST feature 4444'],
    state: { state: 'Registered' },
    action: 'Register LocalDNSPreview',
  },
  {
    words: ['feature', 'unregister'],
    posts: [],
    state: { state: 'NotRegistered' },
    action: 'Unregister LocalDNSPreview',
  },
  {
    words: ['provider', 'register'],
    posts: ['POST provider 1111', 'POST provider 4444'],
    state: { registrationState: 'Registered' },
    action: 'Register Microsoft.ContainerService',
  },
  {
    words: ['setup'],
    posts: ['POST feature 1111', 'POST feature 4444', 'POST provider 1111', 'POST provider 4444'],
    state: { outcome: 'done', error: null },
    action: 'Register LocalDNSPreview and refresh Microsoft.ContainerService',
  },
])('$words of a wide scope', ({ words, posts, state, action }) => {
  test('works on the subscriptions that hold clusters, and has a row for a disabled one, which does not affect the exit code', async () => {
    const azure = fleetOf();
    const ran = await run([...words, '--all-subscriptions', '--yes'], azure);
    expect(ran.exit, ran.stderr).toBe(0);
    expect(ran.value()).toMatchObject([
      { subscription: 'Production', ...state },
      { subscription: 'Sandbox', ...state },
      { subscription: 'Retired', subscriptionId: retired.id, changed: false, error: 'It is subscription-disabled.' },
    ]);
    expect(writes(azure)).toEqual(posts);
    expect(ran.stderr).toContain('2 of 4 subscriptions contain matching clusters');
  });

  test('asks once for all of them, each by name; without a terminal that needs --yes, and nothing is sent', async () => {
    const azure = fleetOf();
    const refused = await run([...words, '--all-subscriptions'], azure);
    expect(refused).toMatchObject({ exit: 2, stdout: '' });
    expect(refused.stderr).toContain(`${action} on:\n  Production (${production.id})\n  Sandbox (${sandbox.id})\n`);
    expect(refused.stderr).toContain('--yes');
    const terminals = { stdin: true, stdout: true, stderr: true };
    const no = await run([...words, '--all-subscriptions'], azure, { terminals, typed: 'n\n', columns: 160 });
    expect(no.exit).toBe(1);
    expect(no.stderr).toContain(`${action} in 2 subscriptions?`);
    expect(writes(azure)).toEqual([]);
    expect((await run([...words, '--all-subscriptions', '-o', 'json'], azure, { terminals, typed: 'y\n' })).exit).toBe(
      0,
    );
  });

  test('asks for a single subscription too if it was found instead of named', async () => {
    const azure = fleetOf({ pages: () => [page([clusterIn(sandbox)])] });
    expect(await run([...words, '--all-subscriptions'], azure)).toMatchObject({ exit: 2, stdout: '' });
    expect((await run([...words, '--all-subscriptions', '--yes'], azure)).value()).toHaveLength(1);
  });

  test('asks nothing and does nothing if no cluster matches', async () => {
    const azure = fleetOf({ pages: () => [page([])] });
    const ran = await run([...words, '--all-subscriptions', '--location', 'westeurope'], azure);
    expect(ran).toMatchObject({ exit: 0, stdout: '[]\n' });
    expect(ran.stderr).toContain('No matching clusters found in 4 subscriptions');
    expect(azure.scopes[0]).toMatchObject({ locations: ['westeurope'] });
  });

  test('includes subscriptions without clusters on request, except disabled ones', async () => {
    const azure = fleetOf();
    const ran = await run([...words, '--all-subscriptions', '--include-empty', '--yes'], azure);
    expect(ran.exit, ran.stderr).toBe(0);
    expect(ran.value().map((row) => row['subscription'])).toEqual(['Production', 'Staging', 'Sandbox', 'Retired']);
    expect(azure.scopes).toEqual([]);
    expect(await run([...words, '--all-subscriptions', '--include-empty', '--tag', 'team'], azure)).toMatchObject({
      exit: 2,
    });
  });

  test('takes the subscriptions of a file of ids; a cluster that is gone counts, since it was named', async () => {
    const azure = fleetOf({
      pages: ({ clusterIds = [] }) => [
        page(
          [clusterIn(production)],
          clusterIds.length < 2 ? [] : [{ ...problem('cluster-gone', staging), resourceId: aksId(staging) }],
        ),
      ],
    });
    const ran = await run(
      [...words, '--from', 'ids.txt', '--yes'],
      azure,
      {},
      { 'ids.txt': `${aksId(production)}\n${aksId(staging)}\n` },
    );
    expect(ran.exit, ran.stderr).toBe(15);
    expect(ran.value()).toMatchObject([
      { subscription: 'Production' },
      { subscription: 'Staging', error: 'It is cluster-gone.' },
    ]);
  });
});

describe.each([
  ['feature', 'show'],
  ['provider', 'show'],
])('%s %s of a wide scope', (...words) => {
  test('asks nothing, and has a row for each subscription', async () => {
    const azure = fleetOf();
    const ran = await run([...words, '--all-subscriptions', '-o', 'table'], azure);
    expect(ran.exit, ran.stderr).toBe(0);
    expect(ran.stdout).toMatch(/Subscription +\w+ +State +Changed +Error\n/);
    expect(ran.stdout).toMatch(/Retired .*It is subscription-disabled\./);
    expect(writes(azure)).toEqual([]);
  });

  test('has a row for the failure of a single subscription that was found', async () => {
    const azure = fleetOf({ pages: () => [page([clusterIn(sandbox)])], refusing: [sandbox] });
    const ran = await run([...words, '--all-subscriptions'], azure);
    expect(ran).toMatchObject({ exit: 4 });
    expect(ran.value()).toEqual([
      { subscription: 'Sandbox', subscriptionId: sandbox.id, changed: false, error: 'You may not do that.' },
    ]);
  });
});

describe('the search', () => {
  test('stops reading once each subscription is known to have a cluster or to be unreadable', async () => {
    const pages = [
      page(
        [clusterIn(production)],
        [problem('subscription-not-readable', staging), problem('subscription-disabled', retired)],
      ),
      page([clusterIn(sandbox)]),
      page([clusterIn(sandbox, 'aks-nine')]),
    ];
    const azure = fleetOf({ pages: () => pages });
    await run(['feature', 'show', '--all-subscriptions'], azure);
    expect(azure.asked.filter((line) => line === 'clusters')).toHaveLength(2);
  });

  test('counts what could not be read, in whatever scope: 15, and 11 of a command that only shows', async () => {
    const azure = fleetOf({
      pages: () => [
        page([clusterIn(production)], [problem('page-failed', staging), problem('page-failed', production)]),
      ],
    });
    for (const [words, exit] of [
      [['feature', 'show'], 11],
      [['provider', 'show'], 11],
      [['setup', '--yes'], 15],
      [['feature', 'register', '--yes'], 15],
    ] as const) {
      const ran = await run([...words, '--all-subscriptions'], azure);
      expect(ran.exit, ran.stderr).toBe(exit);
      expect(ran.stderr).toContain('1 subscription could not be read and is skipped.');
      expect(ran.value()).toMatchObject([
        { subscription: 'Production' },
        { subscription: 'Staging', error: 'It is page-failed.' },
      ]);
    }
  });

  test('shows the most important problem of a subscription', async () => {
    const azure = fleetOf({
      pages: () => [
        page([clusterIn(production)], [problem('subscription-not-readable', staging), problem('page-failed', staging)]),
      ],
    });
    const ran = await run(['feature', 'show', '--all-subscriptions'], azure);
    expect(ran.exit, ran.stderr).toBe(11);
    expect(ran.value()).toMatchObject([
      { subscription: 'Production' },
      { subscription: 'Staging', error: 'It is page-failed.' },
    ]);
  });

  test('reports the number of unreadable subscriptions before the confirmation, and counts them', async () => {
    const denied = (of: Subscription): ScopeProblem => ({
      ...problem('subscription-not-readable', of),
      exit: 'not-permitted',
    });
    const azure = fleetOf({
      pages: () => [
        page([clusterIn(production)], [denied(staging), denied(sandbox), problem('subscription-disabled', retired)]),
      ],
    });
    for (const words of [['setup'], ['feature', 'register'], ['feature', 'unregister'], ['provider', 'register']]) {
      const asked = await run([...words, '--all-subscriptions', '--only-show-errors'], azure);
      expect(asked.exit).toBe(2);
      expect(asked.stderr).toMatch(/Production \([-0-9a-f]+\)\n2 subscriptions could not be read and are skipped\.\n/);
      expect((await run([...words, '--all-subscriptions', '--yes'], azure)).exit).toBe(15);
    }
    const none = fleetOf({
      pages: () => [
        page([], [denied(production), denied(staging), denied(sandbox), problem('subscription-disabled', retired)]),
      ],
    });
    for (const words of [
      ['setup', '--yes'],
      ['feature', 'register', '--yes'],
      ['feature', 'show'],
      ['provider', 'show'],
    ]) {
      const ran = await run([...words, '--all-subscriptions'], none);
      expect(ran.exit, ran.stderr).toBe(4);
      expect(ran.stderr).toContain('3 subscriptions could not be read and are skipped.');
      expect(ran.value()).toHaveLength(4);
    }
    expect(writes(none)).toEqual([]);
  });

  test('shortens a long reason in a table only', async () => {
    const why = `Some clusters of the subscription Staging (${staging.id}) could not be read: The client '${staging.id}' with object id '${staging.id}' does not have authorization to perform action 'Microsoft.ContainerService/managedClusters/read' over scope '/subscriptions/${staging.id}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
    const azure = fleetOf({
      pages: () => [page([clusterIn(production)], [{ ...problem('subscription-not-readable', staging), why }])],
    });
    for (const words of [
      ['setup', '--yes'],
      ['feature', 'show'],
      ['provider', 'show'],
    ]) {
      const table = await run([...words, '--all-subscriptions', '-o', 'table'], azure);
      expect(table.stdout).toContain('Some clusters of the subscription Staging could not be read: The client');
      for (const line of table.stdout.split('\n')) expect(line.length).toBeLessThan(220);
      expect((await run([...words, '--all-subscriptions'], azure)).value().at(-1)?.['error']).toContain(
        'please refresh your credentials.',
      );
    }
  });

  test('treats an unreadable cluster as an existing one', async () => {
    const azure = fleetOf({ pages: () => [page([], [problem('cluster-not-readable', staging)])] });
    expect((await run(['feature', 'show', '--all-subscriptions'], azure)).value()).toMatchObject([
      { subscription: 'Staging', state: 'NotRegistered' },
    ]);
  });

  test('of named subscriptions, which begins with a condition, counts those that cannot be read', async () => {
    const missing = subscription('9', 'x').id;
    const azure = fleetOf({
      pages: () => [
        page([clusterIn(production)], [{ ...problem('subscription-not-readable', staging), subscriptionId: missing }]),
      ],
    });
    const ran = await run(
      ['setup', '--subscription', 'Production', missing, 'Staging', '--location', 'westeurope', '--yes'],
      azure,
    );
    expect(ran.exit, ran.stderr).toBe(15);
    expect(ran.value()).toMatchObject([
      { subscription: 'Production', outcome: 'done' },
      { subscriptionId: missing, outcome: 'failed', error: 'It is subscription-not-readable.' },
    ]);
    const none = await run(
      ['setup', '--subscription', missing, '--location', 'westeurope', '--yes'],
      fleetOf({
        pages: () => [page([], [{ ...problem('subscription-not-readable', staging), subscriptionId: missing }])],
      }),
    );
    expect(none.exit).toBe(1);
  });

  test('is skipped for named subscriptions and the active one', async () => {
    const azure = fleetOf();
    const one = await run(['feature', 'register'], azure);
    expect(one.value()).toMatchObject([{ subscription: 'Production', state: 'Registered' }]);
    const two = await run(['feature', 'register', '--subscription', 'Staging', 'Sandbox'], azure);
    expect(two).toMatchObject({ exit: 0, stderr: expect.not.stringContaining('clusters') as unknown });
    expect(azure.scopes).toEqual([]);
    expect(writes(azure)).toEqual(['POST feature 1111', 'POST feature 2222', 'POST feature 4444']);
  });

  test('uses a subscription that is named twice once', async () => {
    const azure = fleetOf();
    const ran = await run(['setup', '--subscription', 'Production', production.id, 'production', '--yes'], azure);
    expect(ran.value()).toHaveLength(1);
    expect(writes(azure)).toEqual(['POST feature 1111', 'POST provider 1111']);
  });

  test('sends no request if an argument is invalid', async () => {
    const azure = fleetOf();
    for (const words of [['setup'], ['feature', 'show'], ['provider', 'register'], ['check']])
      expect(await run([...words, '--all-subscriptions', '--tag', '='], azure)).toMatchObject({ exit: 2 });
    expect(azure.asked).toEqual([]);
  });

  test('of a management group without subscriptions asks for no cluster', async () => {
    const azure = fleetOf({ under: { 'mg-empty': [] } });
    expect(await run(['feature', 'show', '--management-group', 'mg-empty'], azure)).toMatchObject({
      exit: 0,
      stdout: '[]\n',
    });
    expect(azure.scopes).toEqual([]);
  });

  test('ends with 130 at Ctrl-C, and nothing was sent', async () => {
    const azure = fleetOf({
      pages: () => {
        throw new InterruptedError();
      },
    });
    expect(await run(['setup', '--all-subscriptions', '--yes'], azure)).toMatchObject({ exit: 130, stdout: '' });
    expect(writes(azure)).toEqual([]);
  });

  test('ends with the exit code of the refusal if all subscriptions refuse, and with 15 if some do', async () => {
    for (const words of [['provider', 'register'], ['setup']]) {
      expect(
        (await run([...words, '--all-subscriptions', '--yes'], fleetOf({ refusing: [production, sandbox] }))).exit,
      ).toBe(4);
      expect((await run([...words, '--all-subscriptions', '--yes'], fleetOf({ refusing: [production] }))).exit).toBe(
        15,
      );
    }
    const otherwise = [page([clusterIn(production)], [problem('page-failed', staging)])];
    expect(
      (
        await run(
          ['provider', 'register', '--all-subscriptions', '--yes'],
          fleetOf({ refusing: [production], pages: () => otherwise }),
        )
      ).exit,
    ).toBe(1);
  });
});
