import { failsAlways, localDnsGuide, type PoolCheck } from '../check.ts';
import type { PoolFacts } from '../facts.ts';
import { replacement, shown, unknown } from '../verdict-parts.ts';

const scaleSets = 'VirtualMachineScaleSets';

/** As many nodes of the first size: other settings of another type of pool do not fit a scale set. */
function newPoolLike({ pool }: PoolFacts): readonly string[] {
  const [size] = pool.vmSizes;
  return [
    ...(pool.count === undefined ? [] : ['--node-count', String(pool.count)]),
    ...(size === undefined ? [] : ['--node-vm-size', size]),
    ...(pool.mode === undefined ? [] : ['--mode', pool.mode]),
  ];
}

export const poolType: PoolCheck = {
  id: 'pool-type',
  title: 'The pool is a virtual machine scale set',
  problem: 'Pool without a virtual machine scale set',
  level: 'pool',
  severity: failsAlways,
  since: '2025-07',
  until: '2026-01-20',
  source: localDnsGuide,
  stops: 'turning-on',
  explanation:
    'The guide of the preview allows pools of type VirtualMachineScaleSets only. The documentation dropped the line on 2026-01-20 without saying ' +
    'that pools of type VirtualMachines work. Availability sets were never supported, and fail by every rule set. The type of a pool cannot be changed.',
  howToFix:
    'Add a scale-set pool beside it, move the workloads, delete the old pool. Under --ruleset ga pools of virtual machines are only advised about.',
  judge(facts, ruleset) {
    const type = facts.pool.type ?? (facts.isNew ? scaleSets : undefined);
    const observed = shown(type);
    if (type === undefined)
      return unknown(scaleSets, 'Azure does not say of which type the pool is.', undefined, observed);
    const fix = replacement(facts, facts.isNew ? ['--set', `type=${scaleSets}`] : newPoolLike(facts));
    switch (type.toLowerCase()) {
      case scaleSets.toLowerCase():
        return { status: 'pass', observed, required: scaleSets, reason: 'The pool is a virtual machine scale set.' };
      case 'virtualmachines':
        return {
          status: ruleset === 'ga' ? 'warn' : 'fail',
          observed,
          required: scaleSets,
          reason: 'The pool is made of single virtual machines; LocalDNS is documented for scale sets.',
          fix,
        };
      case 'availabilityset':
        return {
          status: 'fail',
          observed,
          required: scaleSets,
          reason: 'LocalDNS is not supported on availability sets.',
          fix,
        };
      default:
        return unknown(
          scaleSets,
          `Azure names a pool type that this program does not know: ${observed}.`,
          undefined,
          observed,
        );
    }
  },
};
