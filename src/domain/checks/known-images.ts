import type { PoolFacts } from './facts.ts';
import { ownDnsServers } from './network/pool-network.ts';
import type { NodeImage } from './node-image.ts';

/** A range of node images with a known LocalDNS issue. */
export interface KnownImage {
  readonly id: string;
  /** The first affected month, and the first month with the fix: `202510`. */
  readonly from: number;
  readonly before: number;
  readonly families: readonly NodeImage['family'][];
  /** Whether the pool is affected; undefined if unknown. Absent: every pool is affected. */
  readonly condition?: (facts: PoolFacts) => boolean | undefined;
  /** The condition as a clause. */
  readonly when?: string;
  /** What happens, as a clause. */
  readonly what: string;
  /** When this entry was last checked. */
  readonly asOf: string;
  readonly source: { readonly document: string; readonly link: string };
}

export const knownImages: readonly KnownImage[] = [
  {
    id: 'lost-dns-servers',
    from: 202_505,
    before: 202_510,
    families: ['ubuntu', 'azure-linux'],
    condition(facts) {
      const servers = ownDnsServers(facts);
      return servers?.known === true ? servers.value.length > 0 : undefined;
    },
    when: 'if the virtual network has custom DNS servers',
    what: 'nodes can lose these servers and query other servers or none',
    asOf: '2026-11-29',
    source: { document: 'AKS #5575, AgentBaker #7176', link: 'https://github.com/Azure/AKS/issues/5575' },
  },
  {
    id: 'dead-unit',
    from: 202_505,
    before: 202_609,
    families: ['ubuntu', 'azure-linux'],
    what: 'if the LocalDNS service crashes, its node has no DNS',
    asOf: '2026-11-29',
    source: { document: 'AKS #5930, AgentBaker #9360', link: 'https://github.com/Azure/AKS/issues/5930' },
  },
];

/** `2025-10` */
function written(month: number): string {
  return `${String(month).slice(0, 4)}-${String(month).slice(4)}`;
}

/** `before 2025-10, if …: nodes can … (AKS #5575)`; leaves the condition out if it is known to apply. */
export function knownImageText({ before, when, what, source }: KnownImage, holds = false): string {
  return `before ${written(before)}${when === undefined || holds ? '' : `, ${when}`}: ${what} (${source.document})`;
}

/** The known issues of an image that affect the pool, or may affect it. */
export function imageIssues(
  facts: PoolFacts,
  { family, month }: NodeImage,
): readonly { readonly known: KnownImage; readonly holds: boolean }[] {
  if (month === undefined) return [];
  return knownImages.flatMap((known) => {
    if (!known.families.includes(family) || month < known.from || month >= known.before) return [];
    const holds = known.condition === undefined ? true : known.condition(facts);
    return holds === false ? [] : [{ known, holds: holds === true }];
  });
}
