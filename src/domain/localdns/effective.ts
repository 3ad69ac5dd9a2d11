import type { JsonObject } from '../../core/json.ts';
import type { EffectiveProfile, LocalDnsMode, LocalDnsProfile, OverrideMap } from '../../model/profile.ts';
import { newerSettings, overrideMaps } from '../../model/profile.ts';
import type { FullOverrides } from './defaults.ts';
import { documentedDefault, filledOverrides } from './defaults.ts';

/**
 * What Azure will have after `wanted` is put over `stored`: a map that is given replaces the stored one whole, an
 * absent one keeps it; with nothing stored it is the documented default. Source: Azure CLI recordings, partial puts and
 * Required to Disabled.
 */
export function effectiveProfile(wanted: LocalDnsProfile, stored: LocalDnsProfile | undefined): EffectiveProfile {
  const fallback = documentedDefault();
  const overrides = (map: OverrideMap): FullOverrides => {
    const given = wanted[map] ?? stored?.[map];
    return given === undefined ? fallback[map] : filledOverrides(map, given);
  };
  return {
    mode: wanted.mode,
    vnetDNSOverrides: overrides('vnetDNSOverrides'),
    kubeDNSOverrides: overrides('kubeDNSOverrides'),
  };
}

/**
 * What is sent: the mode and the maps that were given, every setting of every zone filled. A mode alone stays alone.
 */
export function profileForRequest(profile: LocalDnsProfile): JsonObject {
  const body: Record<string, JsonObject | string> = { mode: profile.mode };
  for (const map of overrideMaps) {
    const given = profile[map];
    if (given !== undefined)
      body[map] = Object.fromEntries(
        Object.entries(filledOverrides(map, given)).map(([zone, full]) => [zone, { ...full }]),
      );
  }
  return body;
}

/** Whether the profile has settings that only newer api-versions know. */
export function hasNewerSettings(profile: LocalDnsProfile): boolean {
  return overrideMaps.some((map) =>
    Object.values(profile[map] ?? {}).some((override) => newerSettings.some((name) => override[name] !== undefined)),
  );
}

export function withMode(profile: LocalDnsProfile, mode: LocalDnsMode): LocalDnsProfile {
  return { ...profile, mode };
}
