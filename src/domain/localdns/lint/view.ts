import { shortList } from '../../../core/text.ts';
import type { LocalDnsMode, OverrideMap } from '../../../model/profile.ts';
import { overrideMaps } from '../../../model/profile.ts';
import { normalZone } from '../compare.ts';
import { defaultOverride, endsInClusterLocal, type FullOverride } from '../defaults.ts';
import type { MapDraft, NewerDraft, Place, ProfileDraft, ZoneDraft } from '../draft.ts';
import type { SettingName } from '../settings.ts';
import { settingNames } from '../settings.ts';
import { quoted } from '../text.ts';
import { longestName, nameProblem } from '../zone-names.ts';

/**
 * A zone with what it will have: a setting that is left out counts with its default, one that is wrong anyway is
 * undefined.
 */
export interface LintZone {
  readonly map: OverrideMap;
  readonly name: string;
  /** As DNS compares names. */
  readonly normal: string;
  readonly place: Place;
  readonly settings: { readonly [Name in SettingName]: FullOverride[Name] | undefined };
  readonly newer: NewerDraft;
  /** What the file leaves out. */
  readonly missing: readonly SettingName[];
  /** Where a setting stands; the zone's own place where it is left out. */
  readonly at: (name: SettingName) => Place;
}

export interface LintView {
  readonly place: Place;
  readonly mode: LocalDnsMode | undefined;
  readonly modePlace: Place;
  readonly zones: readonly LintZone[];
  /** The maps that the file has. */
  readonly maps: readonly OverrideMap[];
}

/** The service takes no more, and no longer names (L011), so that no more are judged, however large the file. */
const mostZones = 100;

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
      // What a name does that cannot be is nothing to warn of.
      .filter(({ name }) => name.length <= longestName && nameProblem(name) === undefined)
      .slice(0, mostZones)
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
    // The reader has checked each value against its setting, or left it undefined.
    settings: Object.fromEntries(values) as LintZone['settings'],
    newer,
    missing: settingNames.filter((setting) => !settings.has(setting)),
    at: (setting) => settings.get(setting)?.place ?? place,
  };
}

/** The zone's queries go to the cluster's CoreDNS, by its setting or by the end of its name. */
export function toCoreDns(zone: LintZone): boolean {
  return zone.settings.forwardDestination === 'ClusterCoreDNS' || endsInClusterLocal(zone.name);
}

export function servesStale({ settings }: LintZone): boolean {
  return settings.serveStale === 'Immediate' || settings.serveStale === 'Verify';
}

/** Whether `name` is `zone` or lies below it. Both are normal names. */
export function isWithin(name: string, zone: string): boolean {
  return zone === '.' || name === zone || name.endsWith(`.${zone}`);
}

const mostNamed = 3;

/** Several zones in one finding: `'.' of kubeDNSOverrides and 2 more zones`. */
export function namesOf(zones: readonly LintZone[]): string {
  return shortList(
    zones.map(({ name, map }) => `${quoted(name)} of ${map}`),
    mostNamed,
  );
}
