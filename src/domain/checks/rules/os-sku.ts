import type { Verdict } from '../../../model/check.ts';
import { failsAlways, localDnsGuide, type PoolCheck } from '../check.ts';
import { exclusionOf } from '../exclusion.ts';
import type { PoolFacts } from '../facts.ts';
import { operatingSystem, type OperatingSystem } from '../operating-system.ts';
import { azPool, ours, replacement, shown, unknown } from '../verdict-parts.ts';

const required = 'Ubuntu 22.04 or later, or Azure Linux 3';

function fixFor(facts: PoolFacts, system: Exclude<OperatingSystem, { kind: 'unknown' }>): string {
  const { pool, isNew } = facts;
  if (isNew || system.kind === 'flatcar') return replacement(facts, ['--os-sku', 'Ubuntu']);
  if (system.kind === 'azure-linux') return azPool(pool.ref, 'update', ['--os-sku', 'AzureLinux3']);
  const pinned = pool.osSku !== undefined && pool.osSku.toLowerCase() !== 'ubuntu';
  return pinned || pool.fips
    ? azPool(pool.ref, 'update', ['--os-sku', 'Ubuntu2204'])
    : ours(['nodepool', 'upgrade'], pool.ref, ['--node-image-only']);
}

function judgeSystem(facts: PoolFacts): Verdict {
  const system = operatingSystem(facts);
  const observed = system.observed;
  if (system.kind === 'unknown') return unknown(required, system.why, undefined, observed);
  const fails = (reason: string): Verdict => ({
    status: 'fail',
    observed,
    required,
    reason,
    fix: fixFor(facts, system),
  });
  const passes = (reason: string): Verdict => ({ status: 'pass', observed, required, reason });
  if (system.kind === 'flatcar') return fails('LocalDNS is not available on Flatcar, which AKS has retired.');
  if (system.kind === 'ubuntu') {
    const name = `Ubuntu ${dotted(system.release)}`;
    return system.release < 2204
      ? fails(`The nodes run ${name}, and LocalDNS needs 22.04.`)
      : passes(`The nodes run ${name}${system.orLater ? ' or later' : ''}.`);
  }
  const name = `Azure Linux ${String(system.release)}`;
  return system.release < 3
    ? fails(
        `The nodes run ${name}, which is out of support; its images were removed on 2026-03-31, so a reimage would break the pool.`,
      )
    : passes(`The nodes run ${name}.`);
}

function dotted(release: number): string {
  const digits = String(release).padStart(4, '0');
  return `${digits.slice(0, 2)}.${digits.slice(2)}`;
}

export const osSku: PoolCheck = {
  id: 'os-sku',
  title: 'The nodes run Ubuntu 22.04 or later, or Azure Linux 3',
  level: 'pool',
  severity: failsAlways,
  since: '2025-07',
  source: localDnsGuide,
  stops: 'turning-on',
  explanation:
    'LocalDNS runs on Linux nodes with Ubuntu 22.04 or later, or Azure Linux (documented since 2025-09-18; version 2 has lost its images). What ' +
    'the node image says (`nodeImageVersion`) comes before the OS SKU, because `Ubuntu` and `AzureLinux` mean different releases by Kubernetes ' +
    'version, and FIPS pools may be on Ubuntu 20.04. Windows pools are passed over in the report of a cluster, and fail only when named. ' +
    'Systems of which no source says whether they take LocalDNS (Azure Container Linux, OS Guard, new ones) are unknown.',
  howToFix:
    'Move the pool to a newer OS SKU (`az aks nodepool update --os-sku`) or node image (`aks-localdns nodepool upgrade --node-image-only`), or add a new pool.',
  judge(facts) {
    const exclusion = exclusionOf(facts.pool);
    if (exclusion?.check !== 'os-sku') return judgeSystem(facts);
    const { observed, reason } = exclusion;
    return facts.named
      ? { status: 'fail', observed: shown(observed), required, reason, fix: 'Name a Linux pool.' }
      : { status: 'skip', observed: shown(observed), required, reason };
  },
};
