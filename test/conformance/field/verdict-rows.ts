import { expect } from 'vitest';
import type { FieldRow } from './row.ts';
import { fieldFacts } from './verdicts.ts';

/** Verdicts, fixes and forecasts on clusters from the field. */
export const verdictRows: readonly FieldRow[] = [
  {
    id: 'f01',
    files: ['f01-forecast-tier.json'],
    shows: 'clusters of all price tiers have the same forecast',
    prove: () => {
      const facts = fieldFacts('f01-forecast-tier.json');
      for (const cluster of ['aks-free', 'aks-standard', 'aks-premium']) {
        const { outcome, pin } = facts.forecast(cluster, 'p1');
        expect(outcome).toBe('will-enable');
        expect(pin).toMatch(/^aks-localdns nodepool disable [^#]+$/);
      }
    },
  },
  {
    id: 'f02',
    files: ['f02-availability-set-ga.json'],
    shows: 'an availability set is blocked under every rule set',
    prove: () => {
      const facts = fieldFacts('f02-availability-set-ga.json');
      expect(facts.eligibility('ga')).toEqual({ 'aks-avset/sys': 'blocked' });
      expect(facts.eligibility('preview')).toEqual({ 'aks-avset/sys': 'blocked' });
      expect(facts.forecast('aks-avset', 'sys').outcome).toBe('will-not');
    },
  },
  {
    id: 'f03',
    files: ['f03-fix-unsupported-nonlts.json'],
    shows: 'a cluster out of support is upgraded as a whole to an offered version',
    prove: () => {
      const fix = fieldFacts('f03-fix-unsupported-nonlts.json').row('aks-130', 'sys', 'kubernetes-version', 'ga')?.fix;
      expect(fix).toMatch(/^az aks upgrade -g rg-a -n aks-130 --subscription \S+ --kubernetes-version 1\.\d\d$/);
    },
  },
  {
    id: 'f07',
    files: ['f07-vm-pool-resize.json'],
    shows: 'the sizes of a pool of virtual machines are changed, and a scale set is replaced',
    prove: () => {
      const facts = fieldFacts('f07-vm-pool-resize.json');
      const row = facts.row('aks-vmsr', 'vmsd2', 'vm-vcpus', 'ga');
      expect(row?.status).toBe('fail');
      expect(row?.fix).toMatch(
        /^az aks nodepool manual-scale update .+ --current-vm-sizes Standard_D2s_v5 --vm-sizes Standard_D4s_v5 --node-count 2$/,
      );
      expect(facts.row('aks-vmsr', 'ss2', 'vm-vcpus', 'ga')).toMatchObject({
        reason: expect.stringContaining('preview') as string,
        fix: expect.stringContaining('nodepool add') as string,
      });
    },
  },
  {
    id: 'f12',
    files: ['f12-nap-key.json'],
    shows: 'node autoprovisioning is allowed by the current rules, and is never turned off',
    prove: () => {
      const facts = fieldFacts('f12-nap-key.json');
      expect(facts.row('aks-nap', 'sys', 'node-autoprovisioning', 'preview')?.fix).toMatch(
        /^aks-localdns check .+ --ruleset ga$/,
      );
      expect(facts.row('aks-nap', 'sys', 'node-autoprovisioning', 'ga')?.fix).toContain('spec.localDNS');
    },
  },
  {
    id: 'f23',
    files: ['f23-known-bad-images.json'],
    shows: 'node images with known issues get a warning with a fix',
    prove: () => {
      const facts = fieldFacts('f23-known-bad-images.json');
      const may = facts.row('aks-img', 'may25', 'known-bad-image', 'ga');
      expect(may).toMatchObject({ status: 'warn', fix: expect.stringContaining('--node-image-only') as string });
      expect(may?.reason).toContain('#5575');
      expect(may?.reason).toContain('#5930');
      const august = facts.row('aks-img', 'aug26', 'known-bad-image', 'ga');
      expect(august?.status).toBe('warn');
      expect(august?.reason).not.toContain('#5575');
    },
  },
  {
    id: 'f05',
    files: ['f05-vm-pool-count.json'],
    shows: 'the nodes of pools of virtual machines are counted',
    prove: () => {
      const facts = fieldFacts('f05-vm-pool-count.json');
      expect(facts.pool('aks-vms', 'vmsd4').pool.count).toBe(3);
      expect(facts.nodes()).toBe(6);
    },
  },
  {
    id: 'f15',
    files: ['f15-forecast-preferred.json'],
    shows: 'a pool with mode Preferred is turned on like one without a profile',
    prove: () => {
      const facts = fieldFacts('f15-forecast-preferred.json');
      expect(facts.forecast('aks-pref', 'pref').outcome).toBe('will-enable');
      expect(facts.forecast('aks-pref', 'sys').outcome).toBe('will-enable');
    },
  },
  {
    id: 'f16',
    files: ['f16-forecast-already-there.json'],
    shows: 'a pool past the threshold with LocalDNS off is not turned on by the next upgrade',
    prove: () => {
      const { outcome, reason, pin } = fieldFacts('f16-forecast-already-there.json').forecast('aks-137', 'sys');
      expect(outcome).toBe('will-not');
      expect(reason).toContain('1.37');
      expect(pin).toBeUndefined();
    },
  },
];
