import type { EffectiveProfile } from '../../../model/profile.ts';
import { filedZone, normalZone, type ZoneChange } from '../compare.ts';
import { quoted } from '../text.ts';
import { inShort, scope, type Block } from './words.ts';

/**
 * What a zone that comes or goes does to its names: they move from one block to another, and blocks inherit nothing.
 */
export function zoneConsequence(
  { map, zone, old, now }: ZoneChange,
  before: EffectiveProfile,
  after: EffectiveProfile,
): string {
  if (now !== undefined) {
    const other = blockAbove(before, { map, zone });
    const instead =
      other === undefined ? '' : ` instead of that of ${quoted(other.zone)}, which they inherit nothing from`;
    return `${scope(map, zone)} get a block of their own${instead}: they ${inShort({ map, zone, override: now })}.`;
  }
  const other = blockAbove(after, { map, zone });
  if (other === undefined || old === undefined)
    return `${scope(map, zone)} are no longer answered: no zone of the map is for them, and LocalDNS refuses such names.`;
  return `${scope(map, zone)} lose their block and are served by that of ${quoted(other.zone)}: they ${inShort(other)}.`;
}

/**
 * The block that serves a zone's names where the zone itself has none: the longest name above it. Source: CoreDNS,
 * core/dnsserver.
 */
function blockAbove(profile: EffectiveProfile, { map, zone }: Pick<Block, 'map' | 'zone'>): Block | undefined {
  const blocks = new Map(
    Object.entries(profile[map]).map(([name, override]) => [filedZone(name), { map, zone: name, override }]),
  );
  const labels = normalZone(zone).split('.');
  // From the zone itself: the same name may stand there in a spelling that the node treats otherwise.
  for (let skipped = 0; skipped < labels.length; skipped += 1) {
    const found = blocks.get(labels.slice(skipped).join('.'));
    if (found !== undefined && found.zone !== zone) return found;
  }
  return zone === '.' ? undefined : blocks.get('.');
}
