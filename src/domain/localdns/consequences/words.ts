import type { OverrideMap } from '../../../model/profile.ts';
import type { FullOverride } from '../defaults.ts';
import { destinationOf, type Destination } from '../render/upstreams.ts';
import { cachePlan, staleWindow } from '../resolve/caching.ts';
import { defaultCoreDnsVersion } from '../resolve/ttl.ts';
import { quoted } from '../text.ts';

const askers: Readonly<Record<OverrideMap, string>> = {
  vnetDNSOverrides: 'asked by the node and by pods with dnsPolicy Default',
  kubeDNSOverrides: 'asked by pods with dnsPolicy ClusterFirst',
};

/** `Names in 'example.com' (asked by …)`: how each sentence begins. */
export function scope(map: OverrideMap, zone: string): string {
  return `${zone === '.' ? 'Names of no other zone' : `Names in ${quoted(zone)}`} (${askers[map]})`;
}

export function seconds(amount: number): string {
  return `${String(amount)} s`;
}

export const destinations: Readonly<Record<Destination, string>> = {
  ClusterCoreDNS: "the cluster's CoreDNS",
  VnetDNS: "the VNet's DNS servers",
};

/** A zone of a map as the node will treat it. */
export interface Block {
  readonly map: OverrideMap;
  readonly zone: string;
  readonly override: FullOverride;
}

export function destination({ map, zone, override }: Block): Destination {
  return destinationOf(map, zone, override);
}

/** How long an answer lives, and how old the oldest one is that is given. */
export interface Ages {
  readonly ttl: number;
  readonly worst: number;
  /** For how long stale answers may be given; 0 if they are off. */
  readonly stale: number;
}

export function ages(block: Block): Ages {
  const { positiveTtl } = cachePlan(block.override, destination(block), defaultCoreDnsVersion);
  const stale = staleWindow(block.override);
  return { ttl: positiveTtl.most, worst: positiveTtl.most + stale, stale };
}

/** All that matters of a block in one sentence, after "they". */
export function inShort(block: Block): string {
  const { ttl, stale } = ages(block);
  const over = block.override.protocol === 'ForceTCP' ? 'over TCP only' : 'over UDP where it fits';
  const old =
    stale === 0
      ? 'are never served stale'
      : `may be served stale for ${seconds(stale)} more (${block.override.serveStale})`;
  return `go to ${destinations[destination(block)]} ${over}, live for at most ${seconds(ttl)} and ${old}`;
}
