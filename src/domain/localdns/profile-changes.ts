import { sameJson, type JsonValue } from '../../core/json.ts';
import type { EffectiveProfile, NewerSetting, OverrideMap } from '../../model/profile.ts';
import { newerSettings, overrideMaps } from '../../model/profile.ts';
import type { FullOverride } from './defaults.ts';
import { endsInClusterLocal } from './defaults.ts';
import { settingNames, type SettingName } from './settings.ts';
import { zonePath } from './text.ts';

export interface ProfileChange {
  /**
   * `mode`, `kubeDNSOverrides["."].serveStale`, or `kubeDNSOverrides["example.com"]` for a whole zone that is added or
   * removed.
   */
  readonly path: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

/** A change of a setting or, without `setting`, of a whole zone. */
export interface ZoneChange extends ProfileChange {
  readonly map: OverrideMap;
  readonly zone: string;
  readonly setting?: SettingName | NewerSetting;
  /** The zone before and after the change. */
  readonly old: FullOverride | undefined;
  readonly now: FullOverride | undefined;
}

/** A zone name as DNS compares names: in lower case, without a trailing dot. */
export function normalZone(zone: string): string {
  const lower = zone.toLowerCase();
  return lower.length > 1 && lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/**
 * A zone name as CoreDNS stores it: the trailing dot does not matter, but the case does. Queries are matched in lower
 * case, so a zone with capital letters never matches. Source: CoreDNS, core/dnsserver/register.go and server.go;
 * measured with 1.14.3 and 1.12.1.
 */
export function filedZone(zone: string): string {
  return zone.length > 1 && zone.endsWith('.') ? zone.slice(0, -1) : zone;
}

/**
 * Equal for zones that are the same server block on the node: `example.com.` and `example.com` are the same, but the
 * node checks the exact end of the key for cluster zones, and `cluster.local.` is not one. Source: AgentBaker, localdns
 * Corefile template.
 */
function zoneIdentity(zone: string): string {
  return `${filedZone(zone)} ${endsInClusterLocal(zone) ? 'cluster' : ''}`;
}

/** Compares the meaning: the order of keys and equivalent spellings of a zone do not matter. */
export function sameProfile(left: EffectiveProfile, right: EffectiveProfile): boolean {
  return profileChanges(left, right).length === 0;
}

/**
 * All differences: the mode, then the maps, with zones in the order of the Corefile (by bytes) and settings in the
 * order of the documentation.
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

/** The same without the mode. */
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

/** `failfastAllUnhealthyUpstreams` is off if absent. */
function meaning(override: FullOverride, setting: SettingName | NewerSetting): JsonValue {
  return setting === 'failfastAllUnhealthyUpstreams' ? (override[setting] ?? false) : (override[setting] ?? null);
}
