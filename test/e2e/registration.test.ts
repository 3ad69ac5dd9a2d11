import { describe, expect, test } from 'vitest';
import { sample } from '../../src/simulator/index.ts';
import { lineToContinue, value, withAzure, type Rig } from '../support/e2e.ts';

const ids = {
  one: '11111111-1111-4111-8111-111111111111',
  two: '22222222-2222-4222-8222-222222222222',
  off: '33333333-3333-4333-8333-333333333333',
  off2: '44444444-4444-4444-8444-444444444444',
} as const;

/** Two enabled subscriptions, and two that reject writes. */
const several = [
  { id: `/subscriptions/${ids.one}`, subscriptionId: ids.one, displayName: 'Production', state: 'Enabled' },
  { id: `/subscriptions/${ids.two}`, subscriptionId: ids.two, displayName: 'Staging', state: 'Enabled' },
  { id: `/subscriptions/${ids.off}`, subscriptionId: ids.off, displayName: 'Retired', state: 'Disabled' },
  { id: `/subscriptions/${ids.off2}`, subscriptionId: ids.off2, displayName: 'Closed', state: 'Disabled' },
];

function registrations(azure: Rig): readonly string[] {
  return azure.writes.map(({ method, path }) => `${method} ${path.replace(/^.*\/providers\//, '')}`);
}

describe('feature', () => {
  test.concurrent(
    'show prints the state and only reads',
    withAzure({ registered: false }, async (azure) => {
      const ran = await azure.run(['feature', 'show']);
      expect(ran.code).toBe(0);
      expect(value(ran)).toEqual([
        expect.objectContaining({
          subscription: sample.subscriptionName,
          subscriptionId: sample.subscriptionId,
          state: 'NotRegistered',
          changed: false,
        }),
      ]);
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'register waits for the registration, and warns that it may take long; running it again sends nothing',
    withAzure({ registered: false }, async (azure) => {
      const ran = await azure.run(['feature', 'register']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject([{ state: 'Registered', changed: true, pending: false }]);
      expect(ran.stderr).toMatch(/20 minutes/);
      expect(azure.writes).toHaveLength(1);
      const again = await azure.run(['feature', 'register']);
      expect(value(again)).toMatchObject([{ state: 'Registered', changed: false }]);
      expect(azure.writes).toHaveLength(1);
    }),
  );

  test.concurrent(
    'register --no-wait returns immediately',
    withAzure({ registered: false, scenario: 'long-registration', slow: true }, async (azure) => {
      const ran = await azure.run(['feature', 'register', '--no-wait']);
      expect(ran.code).toBe(0);
      expect(value(ran)).toMatchObject([{ state: 'Registering', changed: true, pending: true }]);
      expect(azure.writes).toHaveLength(1);
    }),
  );

  test.concurrent(
    'ends with 13 after the timeout, with a command that finishes it without registering twice',
    withAzure({ registered: false, scenario: 'long-registration', slow: true }, async (azure) => {
      const ran = await azure.run(['feature', 'register', '--timeout', '8s']);
      expect(ran).toMatchObject({ code: 13, stdout: '' });
      expect(ran.stderr).toMatch(/still Registering/);
      const line = lineToContinue(ran.stderr);
      expect(line).toBe(`aks-localdns feature register --subscription ${sample.subscriptionId}`);
      azure.pass(2 * 3600);
      const on = await azure.shell(line);
      expect(on.code, on.stderr).toBe(0);
      expect(value(on)).toMatchObject([{ state: 'Registered' }]);
      expect(azure.writes).toHaveLength(1);
    }),
  );

  test.concurrent(
    'unregister needs --yes without a terminal',
    withAzure({}, async (azure) => {
      const refused = await azure.run(['feature', 'unregister']);
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toContain('--yes');
      expect(azure.writes).toEqual([]);
      const ran = await azure.run(['feature', 'unregister', '--yes']);
      expect(ran.code).toBe(0);
      expect(value(ran)).toMatchObject([{ changed: true }]);
      expect(azure.writes).toHaveLength(1);
    }),
  );

  test.concurrent(
    'a feature that Azure does not know is a warning, without waiting',
    withAzure({ registered: false, scenario: 'feature-unknown' }, async (azure) => {
      const ran = await azure.run(['feature', 'register']);
      expect(ran.code).toBe(0);
      expect(ran.stderr).toContain('WARNING');
      expect(ran.stderr).toContain('--ruleset ga');
      expect(value(ran)).toMatchObject([{ known: false, changed: false }]);
      expect(azure.writes).toEqual([]);
    }),
  );
});

describe('provider', () => {
  test.concurrent(
    'show only reads; register always sends the request, as a refresh',
    withAzure({}, async (azure) => {
      const shown = await azure.run(['provider', 'show']);
      expect(value(shown)).toMatchObject([
        { namespace: 'Microsoft.ContainerService', registrationState: 'Registered' },
      ]);
      expect(azure.writes).toEqual([]);
      const ran = await azure.run(['provider', 'register']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject([{ registrationState: 'Registered', changed: true }]);
      expect(registrations(azure)).toEqual(['POST Microsoft.ContainerService/register']);
    }),
  );
});

describe('setup', () => {
  test.concurrent(
    'registers, waits, refreshes, and prints a table; a second run skips all steps',
    withAzure({ registered: false }, async (azure) => {
      const ran = await azure.run(['setup', '-o', 'table']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(ran.stdout.trimEnd().split('\n')).toHaveLength(3);
      expect(ran.stdout).toMatch(/Contoso Demo +Registered +Registered +done +True/);
      expect(registrations(azure)).toEqual([
        'POST Microsoft.ContainerService/features/LocalDNSPreview/register',
        'POST Microsoft.ContainerService/register',
      ]);
      const again = await azure.run(['setup']);
      expect(value(again)).toMatchObject([{ outcome: 'nothing-to-do', changed: false }]);
      expect(azure.writes).toHaveLength(2);
    }),
  );

  test.concurrent(
    'asks if there are several subscriptions: without a terminal it needs --yes, and sends nothing',
    withAzure({ registered: false, load: several }, async (azure) => {
      const ran = await azure.run(['setup', '--subscription', 'Production', 'Staging']);
      expect(ran).toMatchObject({ code: 2, stdout: '' });
      expect(ran.stderr).toContain('--yes');
      expect(ran.stderr).toContain(ids.two);
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'prepares several subscriptions in parallel, with a row for each',
    withAzure({ registered: false, load: several }, async (azure) => {
      const ran = await azure.run(['setup', '--subscription', 'Production', ids.two, 'production', '--yes']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject([
        {
          subscription: 'Production',
          subscriptionId: ids.one,
          feature: 'Registered',
          provider: 'Registered',
          outcome: 'done',
        },
        { subscription: 'Staging', subscriptionId: ids.two, outcome: 'done' },
      ]);
      expect(azure.writes).toHaveLength(4);
    }),
  );

  test.concurrent(
    'ends with 15 if one fails, without stopping the others',
    withAzure({ registered: false, load: several }, async (azure) => {
      const ran = await azure.run(['setup', '--subscription', 'Retired', 'Production', '--yes']);
      expect(ran.code, ran.stderr).toBe(15);
      expect(value(ran)).toMatchObject([
        { subscription: 'Retired', outcome: 'failed', error: expect.stringContaining('disabled') },
        { subscription: 'Production', outcome: 'done', error: null },
      ]);
    }),
  );

  test.concurrent(
    'ends with 1 if all fail',
    withAzure({ registered: false, load: several }, async (azure) => {
      const ran = await azure.run(['setup', '--subscription', 'Retired', 'Closed', '--yes']);
      expect(ran.code, ran.stderr).toBe(1);
      expect(value(ran)).toMatchObject([{ outcome: 'failed' }, { outcome: 'failed' }]);
    }),
  );

  test.concurrent(
    'ends with 13 after the timeout, with a table and a command that finishes it',
    withAzure({ registered: false, scenario: 'long-registration', slow: true }, async (azure) => {
      const ran = await azure.run(['setup', '--timeout', '8s']);
      expect(ran.code, ran.stderr).toBe(13);
      expect(value(ran)).toMatchObject([{ feature: 'Registering', outcome: 'waiting', changed: true }]);
      azure.pass(2 * 3600);
      const on = await azure.shell(lineToContinue(ran.stderr));
      expect(on.code, on.stderr).toBe(0);
      expect(value(on)).toMatchObject([{ feature: 'Registered', provider: 'Registered', outcome: 'done' }]);
      expect(registrations(azure)).toEqual([
        'POST Microsoft.ContainerService/features/LocalDNSPreview/register',
        'POST Microsoft.ContainerService/register',
      ]);
    }),
  );

  test.concurrent(
    'Ctrl-C ends it with 130 and the command that continues',
    withAzure({ registered: false, scenario: 'long-registration', slow: true }, async (azure) => {
      const child = azure.start(['setup']);
      await child.says('Registering LocalDNSPreview');
      child.kill('SIGINT');
      const ran = await child.ended;
      expect(ran).toMatchObject({ code: 130, stdout: '' });
      expect(lineToContinue(ran.stderr)).toBe(`aks-localdns setup --subscription ${sample.subscriptionId}`);
    }),
  );

  test.concurrent(
    'does not need a feature that Azure does not know',
    withAzure({ registered: false, scenario: 'feature-unknown' }, async (azure) => {
      const ran = await azure.run(['setup']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject([{ feature: 'no longer needed', outcome: 'not-needed', changed: false }]);
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'a missing subscription ends with 3',
    withAzure({ registered: false }, async (azure) => {
      const ran = await azure.run(['setup', '--subscription', 'Nowhere']);
      expect(ran).toMatchObject({ code: 3, stdout: '' });
      expect(ran.stderr).toContain('Nowhere');
    }),
  );
});

test.concurrent(
  'after setup, a service that requires the feature accepts a profile',
  withAzure({ registered: false, scenario: 'feature-required' }, async (azure) => {
    expect((await azure.run(['setup'])).code).toBe(0);
    const ran = await azure.run([
      'nodepool',
      'enable',
      '-g',
      'rg-demo',
      '--cluster-name',
      'aks-edge',
      '-n',
      'emptypool',
      '--yes',
    ]);
    expect(ran.code, ran.stderr).toBe(0);
  }),
);
