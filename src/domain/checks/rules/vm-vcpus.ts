import { asNumber, asString, at, listOf, own } from '../../../core/json.ts';
import { list } from '../../../core/text.ts';
import type { VmSize } from '../../../model/ports.ts';
import { failsAlways, localDnsGuide, type PoolCheck } from '../check.ts';
import type { PoolFacts } from '../facts.ts';
import { azPool, replacement, shown, unknown } from '../verdict-parts.ts';

const minVcpus = 4;
const required = `at least ${String(minVcpus)} vCPUs`;

/** The smallest size of the same family that is large enough, or a common size if there is none. */
function largerSize(small: VmSize, sizes: ReadonlyMap<string, VmSize>): string {
  const candidates = [...sizes.values()]
    .filter((size) => size.family !== undefined && size.family === small.family && size.vCpus >= minVcpus)
    .sort(
      (left, right) =>
        left.vCpus - right.vCpus || left.name.length - right.name.length || (left.name < right.name ? -1 : 1),
    );
  return candidates[0]?.name ?? 'Standard_D4s_v5';
}

/**
 * The VM sizes of a pool of type VirtualMachines can be changed, one at a time. Source: AKS docs, virtual machines node
 * pools.
 */
function largerMachines(facts: PoolFacts, sizes: ReadonlyMap<string, VmSize>): string | undefined {
  if (facts.isNew || facts.pool.type?.toLowerCase() !== 'virtualmachines') return undefined;
  const lines = listOf(at(facts.pool.properties, 'virtualMachinesProfile', 'scale', 'manual')).flatMap((entry) => {
    const name = asString(own(entry, 'size'));
    const size = name === undefined ? undefined : sizes.get(name.toLowerCase());
    if (name === undefined || size === undefined || size.vCpus >= minVcpus) return [];
    const nodes = ['--node-count', String(asNumber(own(entry, 'count')) ?? 1)];
    const words = ['--current-vm-sizes', name, '--vm-sizes', largerSize(size, sizes), ...nodes];
    return [azPool(facts.pool.ref, ['manual-scale', 'update'], words)];
  });
  return lines.length === 0 ? undefined : lines.join(' && ');
}

/** A size for a pool that replaces this one: its own, or a larger one of its family; undefined if it has none. */
export function largeEnough({ pool, vmSizes }: PoolFacts): string | undefined {
  const [name] = pool.vmSizes;
  if (name === undefined || !vmSizes.known) return name;
  const size = vmSizes.value.get(name.toLowerCase());
  return size === undefined || size.vCpus >= minVcpus ? name : largerSize(size, vmSizes.value);
}

/** Copies the settings of the old pool if only its size has to change. */
function largerPool(facts: PoolFacts, size: string): string {
  const like = !facts.isNew && facts.pool.type?.toLowerCase() === 'virtualmachinescalesets';
  return replacement(facts, [...(like ? ['--like', facts.pool.ref.pool] : []), '--node-vm-size', size]);
}

function judgeSizes(facts: PoolFacts, sizes: ReadonlyMap<string, VmSize>) {
  const named = facts.pool.vmSizes.map((name) => ({ name: shown(name), size: sizes.get(name.toLowerCase()) }));
  const observed = named
    .map(({ name, size }) => (size === undefined ? `${name} (not listed)` : `${name} (${String(size.vCpus)} vCPUs)`))
    .join(', ');
  const small = named.flatMap(({ name, size }) =>
    size !== undefined && size.vCpus < minVcpus ? [{ name, size }] : [],
  );
  const [first] = small;
  if (first !== undefined) {
    const changed = largerMachines(facts, sizes);
    const remedy = facts.isNew
      ? 'a larger size is needed'
      : changed === undefined
        ? 'the pool must be replaced (changing the size of a scale set in place, `az aks nodepool update --node-vm-size`, is in preview)'
        : 'a pool of type VirtualMachines can change its sizes';
    return {
      status: 'fail' as const,
      observed,
      required,
      reason: `${list(small.map(({ name, size }) => `${name} has ${String(size.vCpus)} usable vCPUs`))}; ${remedy}.`,
      fix: changed ?? largerPool(facts, largerSize(first.size, sizes)),
    };
  }
  const missing = named.filter(({ size }) => size === undefined).map(({ name }) => name);
  if (missing.length > 0) {
    return unknown(
      required,
      `The region does not list ${list(missing)}, so the number of vCPUs is unknown; it cannot be derived reliably ` +
        'from the name.',
      undefined,
      observed,
    );
  }
  return { status: 'pass' as const, observed, required, reason: 'Every node has enough vCPUs.' };
}

/**
 * A new pool without a size: no node is at risk, and the service rejects a pool that cannot have its profile. Source:
 * recorded traffic of the Azure CLI; every size that Azure chose had at least 4 vCPUs.
 */
function chosenByAzure(facts: PoolFacts) {
  return {
    status: 'warn' as const,
    observed: 'no VM size',
    required,
    reason: 'No VM size is given, so Azure chooses one; the sizes it is known to choose are large enough.',
    fix: replacement(facts, ['--node-vm-size', 'Standard_D4s_v5']),
  };
}

export const vmVcpus: PoolCheck = {
  id: 'vm-vcpus',
  title: 'Every VM size of the pool has at least 4 vCPUs',
  problem: 'VM size with fewer than 4 vCPUs',
  level: 'pool',
  severity: failsAlways,
  since: '2025-07',
  source: localDnsGuide,
  stops: 'turning-on',
  explanation:
    'LocalDNS needs nodes with 4 vCPUs or more. The number comes from the VM sizes that Azure Compute lists for the ' +
    'region, because the name of a size can mislead (DS3_v2 has 4, D13_v2 has 8, M8-2ms has 2). For sizes with ' +
    'constrained vCPUs, the usable vCPUs count. If a pool has several sizes, each must be large enough. A size that ' +
    'the region does not list, or no longer lists, is unknown.',
  howToFix:
    'Add a pool with a larger size, move the workloads, and delete the old pool; changing the size of a scale set in ' +
    'place is in preview. For a pool of type VirtualMachines, use `az aks nodepool manual-scale update`.',
  judge(facts) {
    if (facts.pool.vmSizes.length === 0) {
      return facts.isNew ? chosenByAzure(facts) : unknown(required, 'Azure does not report the VM size of the pool.');
    }
    if (!facts.vmSizes.known) {
      return unknown(required, facts.vmSizes.why, undefined, facts.pool.vmSizes.map((name) => shown(name)).join(', '));
    }
    return judgeSizes(facts, facts.vmSizes.value);
  },
};
