import { sameJson, type JsonValue } from '../../core/json.ts';
import type { EffectiveProfile, NewerSetting, OverrideMap } from '../../model/profile.ts';
import { newerSettings, overrideMaps } from '../../model/profile.ts';
import type { FullOverride } from './defaults.ts';
import { endsInClusterLocal } from './defaults.ts';
import { settingNames, type SettingName } from './settings.ts';
import { zonePath } from './text.ts';

export interface ProfileChange {
  /**
   * `mode`, `kubeDNSOverrides["."].serveStale`, or a whole zone that comes or goes: `kubeDNSOverrides["example.com"]`.
   */
  readonly path: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

/** A change with its parts: of a setting, or of a whole zone where there is no `setting`. */
export interface ZoneChange extends ProfileChange {
  readonly map: OverrideMap;
  readonly zone: string;
  readonly setting?: SettingName | NewerSetting;
  /** The zone as it was and as it will be. */
  readonly old: FullOverride | undefined;
  readonly now: FullOverride | undefined;
}

/** A zone's name as DNS compares names: in lower case, without a final dot. */
export function normalZone(zone: string): string {
  const lower = zone.toLowerCase();
  return lower.length > 1 && lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/**
 * A zone as CoreDNS files it: the final dot does not matter, its case does. Queries are looked up in lower case, so
 * that a zone with capitals never takes one. Source: CoreDNS, core/dnsserver/register.go and server.go; measured with
 * 1.14.3 and 1.12.1.
 */
export function filedZone(zone: string): string {
  return zone.length > 1 && zone.endsWith('.') ? zone.slice(0, -1) : zone;
}

/**
 * Zones that are the same server block on the node: `example.com.` and `example.com` are one, but the node decides by
 * the key's very end whether it is the cluster's, and `cluster.local.` is not. Source: AgentBaker, localdns Corefile
 * template.
 */
function zoneIdentity(zone: string): string {
  return `${filedZone(zone)} ${endsInClusterLocal(zone) ? 'cluster' : ''}`;
}

/**
 * By meaning: neither the order of keys nor a spelling of a zone that the node takes as the same makes a difference.
 */
export function sameProfile(left: EffectiveProfile, right: EffectiveProfile): boolean {
  return profileChanges(left, right).length === 0;
}

/**
 * Every difference: mode first, then the maps, zones in the order of the Corefile (by their bytes), settings as
 * documented.
 */
export function profileChanges(
  before: EffectiveProfile | undefined,
  after: EffectiveProfile,
): readonly ProfileChange[] {
  const mode: readonly ProfileChange[] =
    before?.mode === after.mode ? [] : [{ path: 'mode', before: before?.mode, after: after.mode }];
  return [
    ...mode,
    ...zoneChanges(before, after).map(({ path, before: old, after: now }) => ({ path, before: old, after: now })),
  ];
}

/** The same without the mode, for whoever tells what each change means. */
export function zoneChanges(before: EffectiveProfile | undefined, after: EffectiveProfile): readonly ZoneChange[] {
  return overrideMaps.flatMap((map) => mapChanges(map, before, after));
}

interface Zone {
  readonly name: string;
  readonly override: FullOverride;
}

function zonesOf(profile: EffectiveProfile | undefined, map: OverrideMap): ReadonlyMap<string, Zone> {
  const entries = Object.entries(profile?.[map] ?? {});
  return new Map(entries.map(([name, override]) => [zoneIdentity(name), { name, override }]));
}

function mapChanges(
  map: OverrideMap,
  before: EffectiveProfile | undefined,
  after: EffectiveProfile,
): readonly ZoneChange[] {
  const old = zonesOf(before, map);
  const now = zonesOf(after, map);
  const identities = [...new Set([...old.keys(), ...now.keys()])].sort();
  return identities.flatMap((identity) => changesOf(map, old.get(identity), now.get(identity)));
}

function changesOf(map: OverrideMap, old: Zone | undefined, now: Zone | undefined): readonly ZoneChange[] {
  const zone = (now ?? old)?.name ?? '';
  const path = zonePath(map, zone);
  const common = { map, zone, old: old?.override, now: now?.override };
  if (old === undefined || now === undefined) {
    return [
      {
        ...common,
        path,
        before: old === undefined ? undefined : { ...old.override },
        after: now === undefined ? undefined : { ...now.override },
      },
    ];
  }
  return [...settingNames, ...newerSettings]
    .filter((setting) => !sameJson(meaning(old.override, setting), meaning(now.override, setting)))
    .map((setting) => ({
      ...common,
      setting,
      path: `${path}.${setting}`,
      before: old.override[setting],
      after: now.override[setting],
    }));
}

/** `failfastAllUnhealthyUpstreams` is off where it is absent. */
function meaning(override: FullOverride, setting: SettingName | NewerSetting): JsonValue {
  return setting === 'failfastAllUnhealthyUpstreams' ? (override[setting] ?? false) : (override[setting] ?? null);
}
