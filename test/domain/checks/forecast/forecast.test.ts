import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../../src/core/errors.ts';
import type { Forecast } from '../../../../src/model/report.ts';
import type { PoolFacts } from '../../../../src/domain/checks/index.ts';
import { known, notKnown } from '../../../../src/model/known.ts';
import {
  forecast,
  forecastRules,
  requireForecastVersion,
  thresholds,
} from '../../../../src/domain/checks/forecast/index.ts';
import { thresholdOn } from '../../../../src/domain/checks/forecast/thresholds.ts';
import { clusterRef, clusterWith, facts, poolWith } from '../facts.ts';

interface Case {
  readonly rule: string;
  readonly when: string;
  readonly facts: Partial<PoolFacts>;
  readonly version?: string;
  readonly outcome: Forecast['outcome'];
  readonly says: string;
  readonly pin?: 'disable' | 'enable';
}

const profile = (mode: string, state?: string) => ({ pool: poolWith({ localDNSProfile: { mode, state } }) });
const cluster = (...parameters: Parameters<typeof clusterWith>) => ({ cluster: known(clusterWith(...parameters)) });

const cases: readonly Case[] = [
  {
    rule: 'already-on',
    when: 'it is on and pinned with mode Required',
    facts: profile('Required', 'Enabled'),
    outcome: 'already-on',
    says: 'stays on',
  },
  {
    rule: 'already-on',
    when: 'it is on with mode Preferred',
    facts: profile('Preferred', 'Enabled'),
    outcome: 'already-on',
    says: 'stays on',
    pin: 'enable',
  },
  {
    rule: 'excluded',
    when: 'the pool runs Windows',
    facts: { pool: poolWith({ osType: 'Windows' }) },
    outcome: 'will-not',
    says: 'Linux',
  },
  {
    rule: 'excluded',
    when: 'support for the mode is not documented',
    facts: { pool: poolWith({ mode: 'ManagedSystem' }) },
    outcome: 'unknown',
    says: 'not documented',
    pin: 'disable',
  },
  {
    rule: 'explicit-profile',
    when: 'the mode is Disabled',
    facts: profile('Disabled', 'Disabled'),
    outcome: 'pinned',
    says: 'Disabled',
  },
  {
    rule: 'explicit-profile',
    when: 'the mode is Required and it is not on',
    facts: profile('Required', 'Disabled'),
    outcome: 'pinned',
    says: 'Required',
  },
  {
    rule: 'threshold',
    when: 'the version is older',
    facts: {},
    version: '1.36',
    outcome: 'will-not',
    says: 'from Kubernetes 1.37 on',
  },
  {
    rule: 'own-network-plugin',
    when: 'the cluster uses its own',
    facts: cluster({ networkProfile: { networkPlugin: 'none' } }),
    outcome: 'will-not',
    says: 'own network plugin',
  },
  {
    rule: 'cluster-kind',
    when: 'the kind of the cluster is not documented',
    facts: cluster({}, { sku: { name: 'Hosted' } }),
    outcome: 'unknown',
    says: 'SKU Hosted',
    pin: 'disable',
  },
  {
    rule: 'cluster-kind',
    when: 'the cluster is Automatic',
    facts: cluster({}, { sku: { name: 'Automatic', tier: 'Standard' } }),
    outcome: 'will-not',
    says: 'existing pools are not changed',
  },
  {
    rule: 'prerequisites',
    when: 'the size is too small',
    facts: { pool: poolWith({ vmSize: 'Standard_D2s_v5' }) },
    outcome: 'will-not',
    says: 'vCPUs',
  },
  {
    rule: 'prerequisites',
    when: 'the operating system is too old, regardless of policies',
    facts: {
      pool: poolWith({ nodeImageVersion: 'AKSUbuntu-2004gen2containerd-202507.02.0' }),
      ...cluster({ networkProfile: { networkPlugin: 'azure', networkPolicy: 'calico' } }),
    },
    outcome: 'will-not',
    says: '20.04',
  },
  {
    rule: 'cluster-not-known',
    when: 'the cluster may not be read',
    facts: { cluster: notKnown('the right is missing.') },
    outcome: 'unknown',
    says: 'the right is missing',
    pin: 'disable',
  },
  {
    rule: 'network-policies',
    when: 'Cilium enforces policies',
    facts: cluster({ networkProfile: { networkPlugin: 'azure', networkDataplane: 'cilium' } }),
    outcome: 'unknown',
    says: 'Cilium network policies',
    pin: 'disable',
  },
  {
    rule: 'turns-on',
    when: 'the mode is Preferred, which follows AKS',
    facts: profile('Preferred', 'Disabled'),
    outcome: 'will-enable',
    says: 'mode Preferred leaves the choice to AKS',
    pin: 'disable',
  },
  ...['Free', 'Premium', 'Standard'].map((tier): Case => ({
    rule: 'turns-on',
    when: `the price tier is ${tier}`,
    facts: cluster({}, { sku: { name: 'Base', tier } }),
    outcome: 'will-enable',
    says: 'nothing visible in Azure blocks LocalDNS',
    pin: 'disable',
  })),
  ...['AvailabilitySet', 'availabilityset'].map((type): Case => ({
    rule: 'availability-set',
    when: `the type is ${type}`,
    facts: { pool: poolWith({ type }) },
    outcome: 'will-not',
    says: 'availability set',
  })),
  {
    rule: 'past-threshold',
    when: 'the mode is Preferred',
    facts: {
      pool: poolWith({
        currentOrchestratorVersion: '1.37.1',
        localDNSProfile: { mode: 'Preferred', state: 'Disabled' },
      }),
    },
    outcome: 'will-not',
    says: 'compatibility check',
  },
  ...[
    ['Ubuntu2204', '1.37', 'Ubuntu2404'],
    ['azurelinux3', '1.37', 'AzureLinux'],
  ].map(([osSKU = '', version = '', next = '']): Case => ({
    rule: 'os-sku-ends',
    when: `the OS SKU is ${osSKU}`,
    facts: { pool: poolWith({ osSKU }) },
    version,
    outcome: 'unknown',
    says: `move to ${next}`,
    pin: 'disable',
  })),
  {
    rule: 'version-not-offered',
    when: 'the version is newer than any known one',
    facts: {},
    version: '1.99',
    outcome: 'unknown',
    says: 'does not offer',
    pin: 'disable',
  },
  {
    rule: 'prerequisites-not-known',
    when: 'the region does not list the size',
    facts: { pool: poolWith({ vmSize: 'Standard_DS3' }) },
    outcome: 'unknown',
    says: 'does not list',
    pin: 'disable',
  },
  {
    rule: 'turns-on',
    when: 'nothing blocks it',
    facts: {},
    outcome: 'will-enable',
    says: 'NodeLocal DNSCache',
    pin: 'disable',
  },
  {
    rule: 'past-threshold',
    when: 'the pool is newer than the requested version',
    facts: { pool: poolWith({ currentOrchestratorVersion: '1.38.0' }) },
    version: '1.36',
    outcome: 'will-not',
    says: 'runs Kubernetes 1.38',
  },
];

describe('the forecast', () => {
  test.each(cases)('$outcome by $rule if $when', ({ facts: changes, version = '1.37', outcome, says, pin }) => {
    const found = forecast(facts(changes), requireForecastVersion(version, '--forecast'));
    expect(found).toMatchObject({ version, outcome });
    expect(found.reason).toContain(says);
    expect(found.pin).toEqual(
      pin === undefined
        ? undefined
        : `aks-localdns nodepool ${pin} -g rg-shop --cluster-name aks-shop -n userpool --subscription ${clusterRef.subscriptionId}`,
    );
    expect(found.reason.endsWith('. Pinning it reimages 3 nodes.')).toBe(pin !== undefined);
  });

  test('has a case for every rule, and every rule has a date and a source', () => {
    expect(new Set(cases.map(({ rule }) => rule))).toEqual(new Set(forecastRules.map(({ id }) => id)));
    expect(new Set(forecastRules.map(({ id }) => id)).size).toBe(forecastRules.length);
    for (const { since, source } of forecastRules) {
      expect(since).toMatch(/^20\d{2}-\d{2}(?:-\d{2})?$/);
      expect(source.link).toMatch(/^https:\/\//);
    }
  });

  test('says that pinning disrupts nothing if there are no nodes', () => {
    expect(forecast(facts({ pool: poolWith({ count: 0 }) }), { major: 1, minor: 37 }).reason).toMatch(
      /Pinning it disrupts nothing because it has no nodes\.$/,
    );
  });

  test('knows all announced thresholds and uses the newest', () => {
    expect(thresholds.map(({ since }) => since)).toEqual(thresholds.map(({ since }) => since).sort());
    expect(thresholdOn('2026-01-01')).toBeUndefined();
    expect(thresholdOn('2026-06-01')?.version).toEqual({ major: 1, minor: 36 });
    expect(thresholdOn('2026-08-01')?.version).toBeUndefined();
    const newest = thresholdOn()?.version;
    expect(newest).toMatchObject({ major: 1, minor: 37 });
  });

  test('rejects an invalid version', () => {
    expect(() => requireForecastVersion('soon', '--forecast')).toThrow(UsageError);
  });
});
