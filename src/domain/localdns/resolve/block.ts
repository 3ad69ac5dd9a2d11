import type { EffectiveProfile, OverrideMap } from '../../../model/profile.ts';
import { filedZone, normalZone } from '../compare.ts';
import { healthCheckZone } from '../render/addresses.ts';

/** `zone` is the key as the profile has it, or the health check's zone, which is on both listeners. */
export type BlockChoice =
  | { readonly zone: string; readonly refused?: never }
  | { readonly refused: true; readonly zone?: never };

/**
 * The server block that takes a name: the longest zone that is the name or a parent of it, cut at whole labels; REFUSED
 * where there is none. The name's case does not matter, the zone's does: one with capitals takes nothing. A query of
 * type DS goes to the shortest such zone but the root. Source: CoreDNS, core/dnsserver/server.go, ServeDNS.
 */
export function blockFor(profile: EffectiveProfile, map: OverrideMap, name: string, type = 'A'): BlockChoice {
  const zones = new Map([healthCheckZone, ...Object.keys(profile[map])].map((zone) => [filedZone(zone), zone]));
  const found = suffixes(name).flatMap((suffix) => zones.get(suffix) ?? []);
  const zone = (type.toUpperCase() === 'DS' ? found.at(-1) : found[0]) ?? zones.get('.');
  return zone === undefined ? { refused: true } : { zone };
}

/** `a.b.c`, `b.c`, `c`: the root is no suffix here, it is what remains where nothing else fits. */
function suffixes(name: string): readonly string[] {
  const labels = normalZone(name).split('.');
  return labels.map((_, index) => labels.slice(index).join('.'));
}

/** Is `name` the zone or below it? Both in lower case, without a final dot. */
export function isAtOrBelow(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}
