import type { EffectiveProfile, OverrideMap } from '../../../model/profile.ts';
import { filedZone, normalZone } from '../profile-changes.ts';
import { healthCheckZone } from '../render/addresses.ts';

/** `zone` is the key in the profile, or the zone of the health check, which is on both listeners. */
export type BlockChoice =
  | { readonly zone: string; readonly refused?: never }
  | { readonly refused: true; readonly zone?: never };

/**
 * The server block for a name: the longest zone that is the name or a parent of it, by whole labels; REFUSED if there
 * is none. The case of the name does not matter, but that of the zone does: a zone with capital letters never matches.
 * A query of type DS goes to the shortest matching zone other than the root. Source: CoreDNS, core/dnsserver/server.go,
 * ServeDNS.
 */
export function blockFor(profile: EffectiveProfile, map: OverrideMap, name: string, type = 'A'): BlockChoice {
  const zones = new Map([healthCheckZone, ...Object.keys(profile[map])].map((zone) => [filedZone(zone), zone]));
  const found = suffixes(name).flatMap((suffix) => zones.get(suffix) ?? []);
  const zone = (type.toUpperCase() === 'DS' ? found.at(-1) : found[0]) ?? zones.get('.');
  return zone === undefined ? { refused: true } : { zone };
}

/** `a.b.c`, `b.c`, `c`; without the root, which is the fallback. */
function suffixes(name: string): readonly string[] {
  const labels = normalZone(name).split('.');
  return labels.map((_, index) => labels.slice(index).join('.'));
}

/** Whether `name` is the zone or a subdomain of it. Both in lower case, without a trailing dot. */
export function isAtOrBelow(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}
