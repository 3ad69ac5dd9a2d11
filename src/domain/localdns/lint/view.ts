import { shortList } from '../../../core/text.ts';
import type { LocalDnsMode, OverrideMap } from '../../../model/profile.ts';
import { overrideMaps } from '../../../model/profile.ts';
import { normalZone } from '../profile-changes.ts';
import { defaultOverride, endsInClusterLocal, type FullOverride } from '../defaults.ts';
import type { MapDraft, NewerDraft, Place, ProfileDraft, ZoneDraft } from '../draft.ts';
import type { SettingName } from '../settings.ts';
import { settingNames } from '../settings.ts';
import { quoted } from '../text.ts';
import { maxNameLength, nameProblem } from '../zone-names.ts';

/** A zone with its effective settings: a missing setting has its default, an invalid one is undefined. */
export interface LintZone {
  readonly map: OverrideMap;
  readonly name: string;
  /** The name as DNS compares it. */
  readonly normal: string;
  readonly place: Place;
  readonly settings: { readonly [Name in SettingName]: FullOverride[Name] | undefined };
  readonly newer: NewerDraft;
  /** The settings that are not in the file. */
  readonly missing: readonly SettingName[];
  /** The position of a setting, or of the zone if the setting is not in the file. */
  readonly at: (name: SettingName) => Place;
}

export interface LintView {
  readonly place: Place;
  readonly mode: LocalDnsMode | undefined;
  readonly modePlace: Place;
  readonly zones: readonly LintZone[];
  /** The maps in the file. */
  readonly maps: readonly OverrideMap[];
}

/** The service accepts no more zones and no longer names (L011), so no more are judged, however large the file. */
const maxZones = 100;

export function lintView(draft: ProfileDraft): LintView {
  const given = draft.maps.filter((map) => map.zones !== undefined);
  return {
    place: draft.place,
    mode: draft.mode,
    modePlace: draft.modePlace,
    zones: given.flatMap((map) => zonesOf(map)),
    maps: overrideMaps.filter((name) => given.some(({ map }) => map === name)),
  };
}

function zonesOf({ map, zones }: MapDraft): readonly LintZone[] {
  return (
    (zones ?? [])
      // An invalid name is reported by another rule.
      .filter(({ name }) => name.length <= maxNameLength && nameProblem(name) === undefined)
      .slice(0, maxZones)
      .map((zone) => zoneOf(map, zone))
  );
}

function zoneOf(map: OverrideMap, { name, place, settings, newer }: ZoneDraft): LintZone {
  const defaults = defaultOverride(map, name);
  const values = settingNames.map((setting) => [
    setting,
    settings.has(setting) ? settings.get(setting)?.value : defaults[setting],
  ]);
  return {
    map,
    name,
    normal: normalZone(name),
    place,
    // The reader has validated each value or left it undefined.
    settings: Object.fromEntries(values) as LintZone['settings'],
    newer,
    missing: settingNames.filter((setting) => !settings.has(setting)),
    at: (setting) => settings.get(setting)?.place ?? place,
  };
}

/** Whether the zone's queries go to the cluster's CoreDNS, because of its setting or the end of its name. */
export function toCoreDns(zone: LintZone): boolean {
  return zone.settings.forwardDestination === 'ClusterCoreDNS' || endsInClusterLocal(zone.name);
}

export function servesStale({ settings }: LintZone): boolean {
  return settings.serveStale === 'Immediate' || settings.serveStale === 'Verify';
}

/** Whether `name` is `zone` or a subdomain of it. Both are normalized. */
export function isWithin(name: string, zone: string): boolean {
  return zone === '.' || name === zone || name.endsWith(`.${zone}`);
}

const maxNamed = 3;

/** Several zones in one finding: `'.' of kubeDNSOverrides and 2 more zones`. */
export function namesOf(zones: readonly LintZone[]): string {
  return shortList(
    zones.map(({ name, map }) => `${quoted(name)} of ${map}`),
    maxNamed,
  );
}
