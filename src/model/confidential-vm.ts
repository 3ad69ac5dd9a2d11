import type { NodePool } from './node-pool.ts';

/** Sizes for confidential VMs (not the older ones with SGX alone). Source: Azure docs, sizes DCas, ECas, DCes, ECes. */
const confidentialSize = /^standard_(?:dc|ec)\d+[ae]d?s_/i;

export function isConfidential(pool: NodePool): boolean {
  return /cvm/i.test(pool.nodeImageVersion ?? '') || pool.vmSizes.some((size) => confidentialSize.test(size));
}
