import type { PoolFacts } from './facts.ts';
import { ownDnsServers } from './network/pool-network.ts';
import type { NodeImage } from './node-image.ts';

/** Images that are known to do harm with LocalDNS. To add one is to add a record. */
export interface KnownImage {
  readonly id: string;
  /** Of images from the first month on, and before the second, as `202510`. */
  readonly from: number;
  readonly before: number;
  readonly families: readonly NodeImage['family'][];
  /** Undefined: not known. Absent: under every condition. */
  readonly condition?: (facts: PoolFacts) => boolean | undefined;
  /** A clause that says when, if there is a condition. */
  readonly when?: string;
  /** A clause that says what happens. */
  readonly what: string;
  /** When this was written down. */
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
    when: 'where the virtual network has DNS servers of its own',
    what: 'nodes can lose these servers, and ask others or nobody',
    asOf: '2026-11-29',
    source: { document: 'AKS #5575, AgentBaker #7176', link: 'https://github.com/Azure/AKS/issues/5575' },
  },
  {
    id: 'dead-unit',
    from: 202_505,
    before: 202_609,
    families: ['ubuntu', 'azure-linux'],
    what: 'a LocalDNS unit that dies leaves its node without DNS',
    asOf: '2026-11-29',
    source: { document: 'AKS #5930, AgentBaker #9360', link: 'https://github.com/Azure/AKS/issues/5930' },
  },
];

/** `2025-10` */
function written(month: number): string {
  return `${String(month).slice(0, 4)}-${String(month).slice(4)}`;
}

/** `before 2025-10, where …: nodes can … (AKS #5575)`; the condition only where it is not known to hold. */
export function knownImageText({ before, when, what, source }: KnownImage, holds = false): string {
  return `before ${written(before)}${when === undefined || holds ? '' : `, ${when}`}: ${what} (${source.document})`;
}

/** What is known against an image, as it may concern the pool. */
export function knownAgainst(
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
