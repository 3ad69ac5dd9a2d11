import type { OverrideMap } from '../../../model/profile.ts';
import type { FullOverride } from '../defaults.ts';
import { destinationOf, type Destination } from '../render/upstreams.ts';
import { cachePlan, staleWindow } from '../resolve/caching.ts';
import { defaultCoreDnsVersion } from '../resolve/ttl.ts';
import { quoted } from '../text.ts';

const clients: Readonly<Record<OverrideMap, string>> = {
  vnetDNSOverrides: 'queried by the node and by pods with dnsPolicy Default',
  kubeDNSOverrides: 'queried by pods with dnsPolicy ClusterFirst',
};

/** The subject of each sentence: `Names in 'example.com' (queried by …)`. */
export function scope(map: OverrideMap, zone: string): string {
  return `${zone === '.' ? 'Names outside all other zones' : `Names in ${quoted(zone)}`} (${clients[map]})`;
}

export function seconds(amount: number): string {
  return `${String(amount)} s`;
}

export const destinations: Readonly<Record<Destination, string>> = {
  ClusterCoreDNS: "the cluster's CoreDNS",
  VnetDNS: "the VNet's DNS servers",
};

/** A zone of a map with its effective settings. */
export interface EffectiveZone {
  readonly map: OverrideMap;
  readonly zone: string;
  readonly override: FullOverride;
}

export function destination({ map, zone, override }: EffectiveZone): Destination {
  return destinationOf(map, zone, override);
}

/** How long answers are cached, and how old they can be. */
export interface Ages {
  readonly ttl: number;
  readonly worst: number;
  /** How long stale answers can be served; 0 if they are off. */
  readonly stale: number;
}

export function ages(block: EffectiveZone): Ages {
  const { positiveTtl } = cachePlan(block.override, destination(block), defaultCoreDnsVersion);
  const stale = staleWindow(block.override);
  return { ttl: positiveTtl.most, worst: positiveTtl.most + stale, stale };
}

/** The behavior of a zone in one sentence, after "they". */
export function zoneSummary(block: EffectiveZone): string {
  const { ttl, stale } = ages(block);
  const over = block.override.protocol === 'ForceTCP' ? 'over TCP only' : 'over UDP if the answer fits';
  const old =
    stale === 0
      ? 'are never served stale'
      : `can be served stale for another ${seconds(stale)} (${block.override.serveStale})`;
  return `are resolved by ${destinations[destination(block)]} ${over}, are cached for at most ${seconds(ttl)} and ${old}`;
}
