import type { JsonValue } from '../../core/json.ts';
import type { EffectiveProfile, OverrideMap } from '../../model/profile.ts';
import { overrideMaps } from '../../model/profile.ts';
import type { FullOverride } from './defaults.ts';
import { endsInClusterLocal } from './defaults.ts';
import { settingNames } from './settings.ts';
import { zonePath } from './text.ts';

export interface ProfileChange {
  /** `mode`, `kubeDNSOverrides["."].serveStale`, or a whole zone that comes or goes: `kubeDNSOverrides["example.com"]`. */
  readonly path: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

/** A zone's name as DNS compares names: in lower case, without a final dot. */
export function normalZone(zone: string): string {
  const lower = zone.toLowerCase();
  return lower.length > 1 && lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/**
 * Zones that are the same server block on the node. CoreDNS compares names in lower case and without the final dot, so that `Example.com.` and
 * `example.com` are one; but the node decides by the key's very end whether it is the cluster's, and `Cluster.Local` is not.
 * Source: CoreDNS, plugin/normalize.go; AgentBaker, localdns Corefile template.
 */
function zoneIdentity(zone: string): string {
  return `${normalZone(zone)} ${endsInClusterLocal(zone) ? 'cluster' : ''}`;
}

/** By meaning: neither the order of keys nor a spelling of a zone that the node takes as the same makes a difference. */
export function sameProfile(left: EffectiveProfile, right: EffectiveProfile): boolean {
  return profileChanges(left, right).length === 0;
}

/** Every difference: mode first, then the maps, zones in the order of the Corefile (by their bytes), settings as documented. */
export function profileChanges(before: EffectiveProfile | undefined, after: EffectiveProfile): readonly ProfileChange[] {
  const mode: readonly ProfileChange[] = before?.mode === after.mode ? [] : [{ path: 'mode', before: before?.mode, after: after.mode }];
  return [...mode, ...overrideMaps.flatMap((map) => mapChanges(map, before, after))];
}

interface Zone {
  readonly name: string;
  readonly override: FullOverride;
}

function zonesOf(profile: EffectiveProfile | undefined, map: OverrideMap): ReadonlyMap<string, Zone> {
  const entries = Object.entries(profile?.[map] ?? {});
  return new Map(entries.map(([name, override]) => [zoneIdentity(name), { name, override }]));
}

function mapChanges(map: OverrideMap, before: EffectiveProfile | undefined, after: EffectiveProfile): readonly ProfileChange[] {
  const old = zonesOf(before, map);
  const now = zonesOf(after, map);
  const identities = [...new Set([...old.keys(), ...now.keys()])].sort();
  return identities.flatMap((identity) => zoneChanges(map, old.get(identity), now.get(identity)));
}

function zoneChanges(map: OverrideMap, old: Zone | undefined, now: Zone | undefined): readonly ProfileChange[] {
  const path = zonePath(map, (now ?? old)?.name ?? '');
  if (old === undefined || now === undefined) {
    return [{ path, before: old === undefined ? undefined : { ...old.override }, after: now === undefined ? undefined : { ...now.override } }];
  }
  return settingNames
    .filter((name) => old.override[name] !== now.override[name])
    .map((name) => ({ path: `${path}.${name}`, before: old.override[name], after: now.override[name] }));
}
