import type { JsonObject } from '../../core/json.ts';
import type { EffectiveProfile, LocalDnsMode, LocalDnsProfile, OverrideMap } from '../../model/profile.ts';
import { newerSettings, overrideMaps } from '../../model/profile.ts';
import type { FullOverrides } from './defaults.ts';
import { documentedDefault, filledOverrides } from './defaults.ts';

/**
 * The profile in Azure after a PUT of `requested` over `stored`: a map in the request replaces the stored one
 * completely, an absent map keeps it, and without a stored one it gets the documented default. Source: Azure CLI
 * recordings, partial puts and Required to Disabled.
 */
export function effectiveProfile(requested: LocalDnsProfile, stored: LocalDnsProfile | undefined): EffectiveProfile {
  const fallback = documentedDefault();
  const overrides = (map: OverrideMap): FullOverrides => {
    const given = requested[map] ?? stored?.[map];
    return given === undefined ? fallback[map] : filledOverrides(map, given);
  };
  return {
    mode: requested.mode,
    vnetDNSOverrides: overrides('vnetDNSOverrides'),
    kubeDNSOverrides: overrides('kubeDNSOverrides'),
  };
}

/**
 * The profile for a request: the mode and the given maps, with all settings of all zones. Without maps, only the mode.
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

/** Whether the profile has settings that only newer API versions support. */
export function hasNewerSettings(profile: LocalDnsProfile): boolean {
  return overrideMaps.some((map) =>
    Object.values(profile[map] ?? {}).some((override) => newerSettings.some((name) => override[name] !== undefined)),
  );
}

export function withMode(profile: LocalDnsProfile, mode: LocalDnsMode): LocalDnsProfile {
  return { ...profile, mode };
}
