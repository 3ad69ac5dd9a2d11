import { describe, expect, test } from 'vitest';
import { fieldFacts, missing } from './field/verdicts.ts';

describe.skipIf(missing !== undefined)(`verdicts on what the field brought${missing ?? ''}`, () => {
  test('f01: clusters of every price tier are foreseen alike', () => {
    const facts = fieldFacts('f01-forecast-tier.json');
    for (const cluster of ['aks-free', 'aks-standard', 'aks-premium']) {
      const { outcome, pin } = facts.forecast(cluster, 'p1');
      expect(outcome).toBe('will-enable');
      expect(pin).toMatch(/^aks-localdns nodepool disable [^#]+$/);
    }
  });

  test('f02: an availability set is blocked by every rule set', () => {
    const facts = fieldFacts('f02-availability-set-ga.json');
    expect(facts.eligibility('ga')).toEqual({ 'aks-avset/sys': 'blocked' });
    expect(facts.eligibility('preview')).toEqual({ 'aks-avset/sys': 'blocked' });
    expect(facts.forecast('aks-avset', 'sys').outcome).toBe('will-not');
  });

  test('f05: the nodes of pools of virtual machines are counted', () => {
    const facts = fieldFacts('f05-vm-pool-count.json');
    expect(facts.pool('aks-vms', 'vmsd4').pool.count).toBe(3);
    expect(facts.nodes()).toBe(6);
  });

  test('f15: a stored Preferred is turned on like no profile', () => {
    const facts = fieldFacts('f15-forecast-preferred.json');
    expect(facts.forecast('aks-pref', 'pref').outcome).toBe('will-enable');
    expect(facts.forecast('aks-pref', 'sys').outcome).toBe('will-enable');
  });

  test('f16: a pool past the threshold and off is not turned on by the next upgrade', () => {
    const { outcome, reason, pin } = fieldFacts('f16-forecast-already-there.json').forecast('aks-137', 'sys');
    expect(outcome).toBe('will-not');
    expect(reason).toContain('1.37');
    expect(pin).toBeUndefined();
  });
});
