import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/domain/checks/judge.ts';
import type { PoolFacts } from '../../../src/domain/checks/index.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { known, notKnown } from '../../../src/model/known.ts';
import { azProblem, azVerbs, shellWords } from '../../support/az-lines.ts';
import { clusterWith, facts, poolWith } from './facts.ts';
import { inNetwork, outbound, servers } from './network-facts.ts';

const pool = (properties: JsonObject): Partial<PoolFacts> => ({ pool: poolWith(properties) });
const cluster = (properties: JsonObject): Partial<PoolFacts> => ({ cluster: known(clusterWith(properties)) });
const old = { kubernetesVersion: '1.30.9', currentKubernetesVersion: '1.30.9' };
const oldPool = { currentOrchestratorVersion: '1.30.9' };

/** Facts that lead to each fix with az, by verb. */
const cases: readonly { readonly verb: string; readonly facts: Partial<PoolFacts> }[] = [
  { verb: 'az aks start', facts: cluster({ powerState: { code: 'Stopped' } }) },
  { verb: 'az aks update', facts: cluster({ provisioningState: 'Failed' }) },
  { verb: 'az aks update', facts: pool({ type: 'AvailabilitySet' }) },
  { verb: 'az aks wait', facts: cluster({ provisioningState: 'Upgrading' }) },
  { verb: 'az aks get-upgrades', facts: { ...pool(oldPool), cluster: notKnown('No right.') } },
  { verb: 'az aks upgrade', facts: { ...pool(oldPool), ...cluster(old) } },
  { verb: 'az aks upgrade', facts: { ...pool(oldPool), ...cluster({ ...old, supportPlan: 'AKSLongTermSupport' }) } },
  { verb: 'az aks nodepool upgrade', facts: pool(oldPool) },
  { verb: 'az aks nodepool start', facts: pool({ powerState: { code: 'Stopped' } }) },
  { verb: 'az aks nodepool scale', facts: pool({ count: 1 }) },
  { verb: 'az aks nodepool update', facts: pool({ count: 1, enableAutoScaling: true, minCount: 1, maxCount: 1 }) },
  { verb: 'az aks nodepool update', facts: pool({ upgradeSettings: { maxSurge: '0', maxUnavailable: '1' } }) },
  {
    verb: 'az aks nodepool update',
    facts: pool({ enableFIPS: true, nodeImageVersion: 'AKSUbuntu-2004gen2fipscontainerd-202507.02.0' }),
  },
  {
    verb: 'az aks nodepool manual-scale update',
    facts: pool({
      type: 'VirtualMachines',
      count: null,
      vmSize: '',
      virtualMachinesProfile: { scale: { manual: [{ size: 'Standard_D2s_v5', count: 2 }] } },
    }),
  },
  { verb: 'az network nsg rule create', facts: inNetwork(servers, [outbound]) },
];

function fixesOf(changes: Partial<PoolFacts>): readonly string[] {
  return judge(facts(changes), { ruleset: 'ga' })
    .flatMap(({ fix }) => fix?.split(' && ') ?? [])
    .filter((fix) => /^(?:az|aks-localdns) /.test(fix));
}

describe('the fixes', () => {
  test.each(cases)('use $verb with valid options', ({ verb, facts: changes }) => {
    const fixes = fixesOf(changes);
    expect(fixes.some((fix) => fix.startsWith(`${verb} -`))).toBe(true);
    expect(fixes.filter((fix) => fix.startsWith('az ')).map((fix) => [fix, azProblem(fix)])).toEqual(
      fixes.filter((fix) => fix.startsWith('az ')).map((fix) => [fix, undefined]),
    );
    expect(fixes.join(' ')).not.toContain('#');
  });

  test('have a case for every verb, except those of rows about unreadable parts and of errors', () => {
    const verbs = Object.keys(azVerbs).filter((verb) => !/ (?:list|operation-abort)$/.test(verb));
    expect([...new Set(cases.map(({ verb }) => verb))].sort()).toEqual(verbs.sort());
  });
});

test('the command line is parsed like in a shell', () => {
  expect(shellWords("a 'b c' d\\ e 'f'g")).toEqual(['a', 'b c', 'd e', 'fg']);
  expect(azProblem('az aks nodepool update -n a --os-sku Ubuntu --os-sku Ubuntu')).toBe('an option is given twice');
  expect(azProblem('az aks explode -n a')).toContain('no verb');
  expect(azProblem('az aks start -n a --hard')).toContain('--hard');
});
