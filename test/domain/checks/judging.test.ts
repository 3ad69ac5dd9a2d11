import { describe, expect, test } from 'vitest';
import type { PoolJudgement } from '../../../src/model/judgement.ts';
import {
  refused,
  verdictOf,
  type JudgeOptions,
  type PoolFacts,
  type Purpose,
} from '../../../src/domain/checks/index.ts';
import { judge } from '../../../src/domain/checks/judge.ts';
import { configFacts } from '../../../src/domain/checks/config-facts.ts';
import { known, notKnown } from '../../../src/model/known.ts';
import { reportOf } from '../../support/report-of.ts';
import { clusterWith, facts, poolWith } from './facts.ts';

const on = { localDNSProfile: { mode: 'Required', state: 'Enabled' } };
const preview: JudgeOptions = { ruleset: 'preview' };
const statusOf = (given: PoolFacts, id: string, purpose: Purpose = 'report') =>
  judge(given, { ...preview, purpose }).find((row) => row.id === id)?.status;
const judgedReport = (members: readonly PoolFacts[], options: JudgeOptions = preview) =>
  reportOf('a test', [{ cluster: members[0] ?? facts(), pools: members }], options);
const eligibility = (given: PoolFacts, options: JudgeOptions = preview) => judgedReport([given], options).pools[0];

describe('a pool where LocalDNS is already on', () => {
  const stopped = facts({
    pool: poolWith({ ...on, vmSize: 'Standard_D2s_v5', powerState: { code: 'Stopped' } }),
    cluster: known(clusterWith({ powerState: { code: 'Stopped' }, nodeProvisioningProfile: { mode: 'Auto' } })),
  });

  test('is enabled, and failures become warnings that explain why', () => {
    const rows = judge(stopped, preview);
    expect(rows.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(rows.find(({ id }) => id === 'vm-vcpus')).toMatchObject({
      status: 'warn',
      reason: expect.stringContaining('LocalDNS is already on'),
    });
    expect(eligibility(stopped)).toMatchObject({
      eligibility: 'enabled',
      blockedBy: [],
      localDnsMode: 'Required',
      localDnsState: 'Enabled',
    });
  });

  test('still fails what makes Azure reject every write', () => {
    expect(statusOf(stopped, 'vm-vcpus', 'enable')).toBe('warn');
    expect(statusOf(stopped, 'cluster-running', 'enable')).toBe('fail');
    expect(statusOf(stopped, 'pool-power', 'enable')).toBe('fail');
  });

  test('keeps the errors of a new configuration', () => {
    const given = facts({ pool: poolWith(on), config: { file: 'x.json', errors: ['bad'], warnings: [] } });
    expect(statusOf(given, 'config-valid')).toBe('fail');
  });

  test('does not affect the result of other pools in its cluster', () => {
    const cluster = known(clusterWith({ nodeProvisioningProfile: { mode: 'Auto' } }));
    const enabled = facts({ cluster, pool: poolWith(on, 'one') });
    const other = facts({ cluster, pool: poolWith({}, 'two') });
    const shared = (members: readonly PoolFacts[]) =>
      judgedReport(members).rows.find(({ id }) => id === 'node-autoprovisioning')?.status;
    expect(shared([enabled])).toBe('warn');
    expect(shared([enabled, other])).toBe('fail');
  });
});

describe('turning LocalDNS off', () => {
  const bad = facts({
    pool: poolWith({ ...on, vmSize: 'Standard_D2s_v5', currentOrchestratorVersion: '1.29.0' }),
    cluster: notKnown('no right.'),
  });

  test('is not blocked by anything that only turning LocalDNS on needs, known or not', () => {
    const found = judgedReport([bad], { ...preview, purpose: 'disable' });
    expect(found.counts.fail).toBe(0);
    expect(found.counts.unknown).toBeGreaterThan(0);
    expect(verdictOf(found, 'disable')).toBe('clear');
    expect(verdictOf(found, 'enable')).toBe('unknown');
  });

  test('is blocked by a stopped pool', () => {
    const stopped = facts({ pool: poolWith({ ...on, powerState: { code: 'Stopped' } }) });
    expect(verdictOf(judgedReport([stopped], { ...preview, purpose: 'disable' }), 'disable')).toBe('blocked');
  });
});

describe('rule sets', () => {
  test('a row that fails only under the older rules has a note with the flag', () => {
    const given = facts({ pool: poolWith({ type: 'VirtualMachines', vmSize: 'Standard_D2s_v5' }) });
    const note = (id: string) => judge(given, preview).find((row) => row.id === id)?.rulesetNote;
    expect(note('pool-type')).toContain('--ruleset ga');
    expect(note('vm-vcpus')).toBeUndefined();
    expect(judge(given, { ruleset: 'ga' }).filter(({ rulesetNote }) => rulesetNote !== undefined)).toEqual([]);
  });

  test('a feature that could not be read does not matter with the rule set ga', () => {
    const { subscription } = facts();
    const given = facts({ subscription: { ...subscription, feature: notKnown('no right.') } });
    expect(eligibility(given)).toMatchObject({ eligibility: 'unknown', blockedBy: ['feature-registered'] });
    expect(judge(given, preview)[0]?.rulesetNote).toContain('--ruleset ga');
    expect(eligibility(given, { ruleset: 'ga' })).toMatchObject({ eligibility: 'eligible' });
  });
});

describe('the report', () => {
  const members = [
    facts({
      named: false,
      pool: poolWith({ osType: 'Windows', osSKU: 'Windows2022', nodeImageVersion: undefined }, 'win'),
    }),
    facts({ named: false, pool: poolWith({ vmSize: 'Standard_D2s_v5', count: 1 }, 'small') }),
    facts({ named: false, pool: poolWith({ vmSize: 'Standard_X9' }, 'odd') }),
    facts({ named: false, pool: poolWith(on, 'done') }),
    facts({ named: false, pool: poolWith({}, 'fine') }),
  ];

  test('has a result for each pool from all its rows', () => {
    expect(
      judgedReport(members).pools.map(({ pool, eligibility, blockedBy }) => [pool, eligibility, ...blockedBy]),
    ).toEqual([
      ['done', 'enabled'],
      ['fine', 'eligible'],
      ['odd', 'unknown', 'vm-vcpus'],
      ['small', 'blocked', 'vm-vcpus'],
      ['win', 'skipped', 'os-sku'],
    ]);
  });

  test('has the rows of the subscription and the cluster once, and a single row for a skipped pool', () => {
    const { rows } = judgedReport(members);
    expect(rows.filter(({ level }) => level === 'subscription')).toHaveLength(2);
    expect(rows.filter(({ level }) => level === 'cluster')).toHaveLength(4);
    expect(rows.filter(({ target }) => target.endsWith('/win')).map(({ id, status }) => [id, status])).toEqual([
      ['os-sku', 'skip'],
    ]);
  });

  test('is sorted by target, then severity, then id, in any order of the pools', () => {
    const { rows, pools } = judgedReport(members);
    expect(judgedReport([...members].reverse())).toMatchObject({ rows, pools });
    expect([...new Set(rows.map(({ target }) => target))]).toEqual([
      '11111111-2222-3333-4444-555555555555',
      'rg-shop/aks-shop',
      'rg-shop/aks-shop/done',
      'rg-shop/aks-shop/fine',
      'rg-shop/aks-shop/odd',
      'rg-shop/aks-shop/small',
      'rg-shop/aks-shop/win',
    ]);
    const small = rows.filter(({ target }) => target.endsWith('/small'));
    expect(small.slice(0, 4).map(({ status, id }) => `${status} ${id}`)).toEqual([
      'fail vm-vcpus',
      'warn single-node',
      'pass current-localdns',
      'pass known-bad-image',
    ]);
  });

  test('keeps ignored rows, marks them, and does not count them', () => {
    const found = judgedReport(members, { ...preview, ignore: ['vm-vcpus', 'spot'] });
    expect(found.ignored).toEqual([
      { id: 'vm-vcpus', rows: 2 },
      { id: 'spot', rows: 0 },
    ]);
    expect(found.counts.fail + found.counts.unknown).toBe(0);
    expect(found.rows.filter(({ ignored }) => ignored).map(({ id, status }) => [id, status])).toEqual([
      ['vm-vcpus', 'unknown'],
      ['vm-vcpus', 'fail'],
    ]);
    expect(found.pools.map(({ eligibility }) => eligibility)).toEqual([
      'enabled',
      'eligible',
      'eligible',
      'eligible',
      'skipped',
    ]);
  });

  test('a network that cannot be read makes the row unknown, but does not change the eligibility', () => {
    const subnet =
      '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet/subnets/one';
    const why = notKnown('The right is missing.');
    const network = {
      subnets: new Map([[subnet.toLowerCase(), why]]),
      dns: {
        virtualNetworks: new Map([[subnet.toLowerCase().replace(/\/subnets.*/, ''), why]]),
        securityRules: new Map(),
      },
    };
    const found = judgedReport([facts({ network, pool: poolWith({ vnetSubnetID: subnet }, 'inside') })]);
    expect(found.counts.unknown).toBeGreaterThan(0);
    expect(found.pools).toMatchObject([{ pool: 'inside', eligibility: 'eligible', blockedBy: [] }]);
  });

  test('counts every row that is not ignored once', () => {
    const found = judgedReport(members, { ...preview, ignore: ['surge'] });
    const total = Object.values(found.counts).reduce((sum, amount) => sum + amount, 0);
    expect(total).toBe(found.rows.filter(({ ignored }) => !ignored).length);
  });

  test('a new pool is judged as if it existed, but its profile does not count as on', () => {
    const wanted = facts({
      isNew: true,
      pool: poolWith({
        ...on,
        localDNSProfile: { mode: 'Required' },
        vmSize: 'Standard_D2s_v5',
        nodeImageVersion: undefined,
        provisioningState: undefined,
        powerState: undefined,
      }),
    });
    expect(eligibility(wanted)).toMatchObject({ eligibility: 'blocked', blockedBy: ['vm-vcpus'], localDnsMode: '-' });
  });
});

describe('the refusal of a write', () => {
  const judgement = (given: PoolFacts): PoolJudgement => {
    const found = judgedReport([given]);
    return { report: found, cluster: undefined, pool: given.pool, verdict: verdictOf(found) };
  };

  test('has the reasons, the fixes, the rule set and how to continue anyway', () => {
    const error = refused(judgement(facts({ pool: poolWith({ type: 'VirtualMachines', vmSize: 'Standard_D2s_v5' }) })));
    expect(error).toMatchObject({
      code: 'prerequisites-failed',
      exit: 'findings',
      message: '2 prerequisites are not met (pool-type and vm-vcpus); nothing was changed.',
    });
    expect(error.hints.join('\n')).toMatch(/FAIL vm-vcpus .*\n {2}Fix: aks-localdns nodepool add .*/);
    expect(error.hints.join('\n')).toContain('--ruleset ga');
    expect(error.hints.at(-1)).toBe('To continue anyway, ignore them: --ignore pool-type --ignore vm-vcpus');
  });

  test('distinguishes what could not be evaluated from what fails', () => {
    const error = refused(judgement(facts({ vmSizes: notKnown('no right.') })));
    expect(error).toMatchObject({ code: 'prerequisites-unknown', exit: 'unknown' });
  });
});

test('the findings of a file become facts with their positions', () => {
  const finding = {
    rule: 'L001',
    severity: 'fail',
    message: 'Bad.',
    instead: 'Good',
    line: 3,
    column: 7,
    path: '$',
    source: 'x',
  } as const;
  expect(configFacts('a.json', [finding, { ...finding, severity: 'warn' }, { ...finding, severity: 'info' }])).toEqual({
    file: 'a.json',
    errors: ['line 3, column 7: Bad. (Good)'],
    warnings: ['line 3, column 7: Bad. (Good)'],
  });
});
