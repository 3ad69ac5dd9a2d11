import type { EffectiveProfile } from '../../../model/profile.ts';
import { filedZone, normalZone, type ZoneChange } from '../profile-changes.ts';
import { quoted } from '../text.ts';
import { zoneSummary, scope, type EffectiveZone } from './effective-zone.ts';

/**
 * The effect of an added or removed zone: its names move from one server block to another, and blocks inherit nothing.
 */
export function zoneConsequence(
  { map, zone, old, now }: ZoneChange,
  before: EffectiveProfile,
  after: EffectiveProfile,
): string {
  if (now !== undefined) {
    const other = blockAbove(before, { map, zone });
    const instead =
      other === undefined ? '' : ` instead of the one of ${quoted(other.zone)}, and inherit nothing from it`;
    return `${scope(map, zone)} get their own server block${instead}: they ${zoneSummary({ map, zone, override: now })}.`;
  }
  const other = blockAbove(after, { map, zone });
  if (other === undefined || old === undefined)
    return `${scope(map, zone)} are no longer resolved: no zone of the map covers them, so LocalDNS answers with REFUSED.`;
  return `${scope(map, zone)} lose their server block and are served by the one of ${quoted(other.zone)}: they ${zoneSummary(other)}.`;
}

/**
 * The block that serves the names of a zone without its own block: the longest matching parent. Source: CoreDNS,
 * core/dnsserver.
 */
function blockAbove(
  profile: EffectiveProfile,
  { map, zone }: Pick<EffectiveZone, 'map' | 'zone'>,
): EffectiveZone | undefined {
  const blocks = new Map(
    Object.entries(profile[map]).map(([name, override]) => [filedZone(name), { map, zone: name, override }]),
  );
  const labels = normalZone(zone).split('.');
  // Starts with the zone itself, which may be there in a spelling that the node treats differently.
  for (let skipped = 0; skipped < labels.length; skipped += 1) {
    const found = blocks.get(labels.slice(skipped).join('.'));
    if (found !== undefined && found.zone !== zone) return found;
  }
  return zone === '.' ? undefined : blocks.get('.');
}
