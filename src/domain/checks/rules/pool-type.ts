import { failsAlways, localDnsGuide, type PoolCheck } from '../check.ts';
import type { PoolFacts } from '../facts.ts';
import { azCluster, replacement, shown, unknown } from '../verdict-parts.ts';
import { largeEnough } from './vm-vcpus.ts';

const scaleSets = 'VirtualMachineScaleSets';

/**
 * The same number of nodes, of the first size that is large enough. Other settings of another pool type do not apply to
 * a scale set.
 */
function newPoolLike(facts: PoolFacts): readonly string[] {
  const { pool } = facts;
  const size = largeEnough(facts);
  return [
    ...(pool.count === undefined ? [] : ['--node-count', String(pool.count)]),
    ...(size === undefined ? [] : ['--node-vm-size', size]),
    ...(pool.mode === undefined ? [] : ['--mode', pool.mode]),
  ];
}

export const poolType: PoolCheck = {
  id: 'pool-type',
  title: 'The pool is a virtual machine scale set',
  problem: 'Pool is not a virtual machine scale set',
  level: 'pool',
  severity: failsAlways,
  since: '2025-07',
  until: '2026-01-20',
  source: localDnsGuide,
  stops: 'turning-on',
  explanation:
    'The preview guide allows only pools of type VirtualMachineScaleSets. The documentation dropped that requirement ' +
    'on 2026-01-20 without stating that pools of type VirtualMachines work. Availability sets were never supported ' +
    'and fail under every rule set; AKS migrates them to pools of type VirtualMachines (az aks update ' +
    '--migrate-vmas-to-vms), automatically since 2026-09-30. The type of other pools cannot be changed.',
  howToFix:
    'Add a scale-set pool, move the workloads, and delete the old pool. With --ruleset ga, pools of type ' +
    'VirtualMachines only get a warning. Availability sets are migrated first.',
  judge(facts, ruleset) {
    const type = facts.pool.type ?? (facts.isNew ? scaleSets : undefined);
    const observed = shown(type);
    if (type === undefined)
      return unknown(scaleSets, 'Azure does not report the type of the pool.', undefined, observed);
    const fix = replacement(facts, facts.isNew ? ['--set', `type=${scaleSets}`] : newPoolLike(facts));
    switch (type.toLowerCase()) {
      case scaleSets.toLowerCase():
        return { status: 'pass', observed, required: scaleSets, reason: 'The pool is a virtual machine scale set.' };
      case 'virtualmachines':
        return {
          status: ruleset === 'ga' ? 'warn' : 'fail',
          observed,
          required: scaleSets,
          reason: 'The pool consists of individual virtual machines; LocalDNS is documented for scale sets.',
          fix,
        };
      case 'availabilityset':
        return {
          status: 'fail',
          observed,
          required: scaleSets,
          reason: 'LocalDNS is not supported on availability sets, and a cluster with one cannot have other pools.',
          // A new pool has no type to migrate.
          fix: facts.isNew ? fix : azCluster(facts.clusterRef, ['update'], ['--migrate-vmas-to-vms']),
        };
      default:
        return unknown(scaleSets, `The pool has the unrecognized type ${observed}.`, undefined, observed);
    }
  },
};
