import type { Verdict } from '../../../model/check.ts';
import { isConfidential } from '../../../model/confidential-vm.ts';
import { failsAlways, localDnsGuide, type PoolCheck } from '../check.ts';
import { exclusionOf } from '../exclusion.ts';
import { poolVersion, type PoolFacts } from '../facts.ts';
import { operatingSystem, type OperatingSystem } from '../operating-system.ts';
import { osSkuEnd } from '../../../model/aks-releases.ts';
import { parseVersion } from '../../../model/kubernetes-version.ts';
import { azPool, ownCommand, replacement, shown, unknown } from '../verdict-parts.ts';

const required = 'Ubuntu 22.04 or later, or Azure Linux 3';

/**
 * Ubuntu2204 ends with Kubernetes 1.36, and is not available for confidential VMs. Source: AKS docs, use-cvm,
 * upgrade-os-version.
 */
function newerUbuntu(facts: PoolFacts): string {
  const version = parseVersion(poolVersion(facts) ?? '');
  const ended = version !== undefined && osSkuEnd.of('Ubuntu2204', version) !== undefined;
  return ended || isConfidential(facts.pool) ? 'Ubuntu2404' : 'Ubuntu2204';
}

function fixFor(facts: PoolFacts, system: Exclude<OperatingSystem, { kind: 'unknown' }>): string {
  const { pool, isNew } = facts;
  if (isNew) return replacement(facts, ['--os-sku', 'Ubuntu']);
  if (system.kind === 'flatcar') return replacement(facts, ['--like', pool.ref.pool, '--os-sku', 'Ubuntu']);
  const target = system.kind === 'azure-linux' ? 'AzureLinux3' : newerUbuntu(facts);
  const general = pool.osSku === undefined || pool.osSku.toLowerCase() === 'ubuntu';
  const follows = system.kind === 'ubuntu' && general && !pool.fips && !isConfidential(facts.pool);
  // Setting the SKU that the pool already has does not change its image, and only the image is out of date.
  return follows || pool.osSku?.toLowerCase() === target.toLowerCase()
    ? ownCommand(['nodepool', 'upgrade'], pool.ref, ['--node-image-only'])
    : azPool(pool.ref, 'update', ['--os-sku', target]);
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
      ? fails(`The nodes run ${name}, but LocalDNS needs 22.04 or later.`)
      : passes(`The nodes run ${name}${system.orLater ? ' or later' : ''}.`);
  }
  const name = `Azure Linux ${String(system.release)}`;
  return system.release < 3
    ? fails(
        `The nodes run ${name}, which is out of support. Its images were removed on 2026-03-31, so a reimage would ` +
          'break the pool.',
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
  problem: 'OS without LocalDNS support',
  level: 'pool',
  severity: failsAlways,
  since: '2025-07',
  source: localDnsGuide,
  stops: 'turning-on',
  explanation:
    'LocalDNS runs on Linux nodes with Ubuntu 22.04 or later, or Azure Linux (documented since 2025-09-18; the ' +
    'images of version 2 have been removed). The node image (`nodeImageVersion`) takes precedence over the OS SKU, ' +
    'because `Ubuntu` and `AzureLinux` mean different releases depending on the Kubernetes version, and FIPS pools ' +
    'may run Ubuntu 20.04. Windows pools are skipped in a cluster report, and fail only if you name them. Systems ' +
    'without documented LocalDNS support (Azure Container Linux, OS Guard, new ones) are unknown.',
  howToFix:
    'Move the pool to a newer OS SKU (`az aks nodepool update --os-sku`) or node image (`aks-localdns nodepool ' +
    'upgrade --node-image-only`), or add a new pool.',
  judge(facts) {
    const exclusion = exclusionOf(facts.pool);
    if (exclusion?.check !== 'os-sku') return judgeSystem(facts);
    const { observed, reason } = exclusion;
    return facts.named
      ? { status: 'fail', observed: shown(observed), required, reason, fix: 'Choose a Linux pool.' }
      : { status: 'skip', observed: shown(observed), required, reason };
  },
};
