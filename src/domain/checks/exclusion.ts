import type { NodePool } from '../../model/node-pool.ts';
import { parseNodeImage } from './node-image.ts';
import { shown } from './verdict-parts.ts';

/** Why a pool can never have LocalDNS, and the one check that reports it; the other pool checks do not apply. */
export interface Exclusion {
  readonly check: 'os-sku' | 'pool-mode';
  readonly observed: string;
  readonly reason: string;
  /** False if it is not documented: a named pool is then unknown, not failed. */
  readonly certain: boolean;
}

function isWindows(pool: NodePool): boolean {
  return (
    pool.osType?.toLowerCase() === 'windows' ||
    /^windows/i.test(pool.osSku ?? '') ||
    (pool.nodeImageVersion !== undefined && parseNodeImage(pool.nodeImageVersion).family === 'windows')
  );
}

/** Source: AKS docs, LocalDNS (Linux pools only); AKS API, AgentPoolMode (modes of pools without regular workloads). */
export function exclusionOf(pool: NodePool): Exclusion | undefined {
  if (isWindows(pool)) {
    return {
      check: 'os-sku',
      observed: pool.osSku === undefined ? 'Windows' : shown(pool.osSku),
      reason: 'LocalDNS runs only on Linux nodes, and this is a Windows pool.',
      certain: true,
    };
  }
  const mode = pool.mode?.toLowerCase();
  if (mode === 'gateway') {
    return {
      check: 'pool-mode',
      observed: 'Gateway',
      reason: 'A Gateway pool routes egress traffic and runs no workloads that would use LocalDNS.',
      certain: true,
    };
  }
  if (mode !== undefined && mode !== '' && mode !== 'system' && mode !== 'user') {
    const observed = shown(pool.mode);
    return {
      check: 'pool-mode',
      observed,
      reason: `It is not documented whether pools in mode ${observed} support LocalDNS.`,
      certain: false,
    };
  }
  return undefined;
}
