import type { NodePool } from '../../model/node-pool.ts';
import { parseNodeImage } from './node-image.ts';
import { shown } from './verdict-parts.ts';

/** Why a pool is none for LocalDNS at all, and the one check that says so; its other checks have nothing to judge. */
export interface Exclusion {
  readonly check: 'os-sku' | 'pool-mode';
  readonly observed: string;
  readonly reason: string;
  /** False if no source says it: then a named pool is unknown, not failed. */
  readonly certain: boolean;
}

function isWindows(pool: NodePool): boolean {
  return (
    pool.osType?.toLowerCase() === 'windows' ||
    /^windows/i.test(pool.osSku ?? '') ||
    (pool.nodeImageVersion !== undefined && parseNodeImage(pool.nodeImageVersion).family === 'windows')
  );
}

/**
 * Source: AKS docs, LocalDNS (Linux pools only); AKS API, AgentPoolMode (modes of pools that carry no ordinary
 * workloads).
 */
export function exclusionOf(pool: NodePool): Exclusion | undefined {
  if (isWindows(pool)) {
    return {
      check: 'os-sku',
      observed: pool.osSku === undefined ? 'Windows' : shown(pool.osSku),
      reason: 'LocalDNS runs on Linux nodes only, and this is a Windows pool.',
      certain: true,
    };
  }
  const mode = pool.mode?.toLowerCase();
  if (mode === 'gateway') {
    return {
      check: 'pool-mode',
      observed: 'Gateway',
      reason: 'A Gateway pool routes egress traffic and runs no workloads that LocalDNS would serve.',
      certain: true,
    };
  }
  if (mode !== undefined && mode !== '' && mode !== 'system' && mode !== 'user') {
    const observed = shown(pool.mode);
    return {
      check: 'pool-mode',
      observed,
      reason: `Whether a pool of mode ${observed} takes LocalDNS is not documented.`,
      certain: false,
    };
  }
  return undefined;
}
