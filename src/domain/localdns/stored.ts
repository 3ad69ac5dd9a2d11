import type { JsonObject, JsonValue } from '../../core/json.ts';
import { asNumber, asString, isJsonObject, own } from '../../core/json.ts';
import type { LocalDnsMode, LocalDnsOverride, LocalDnsOverrides, LocalDnsProfile } from '../../model/profile.ts';
import { overrideMaps } from '../../model/profile.ts';
import { isEnumSetting, settingNames } from './settings.ts';

/**
 * A `localDNSProfile` as ARM returned it: `state` and what we do not know are left out. A word that a newer service has
 * and we do not is kept as it is, so that it never compares as equal to one that we know. Without a mode it is the
 * API's own default, Preferred. Source: Azure REST API, LocalDNSProfile.
 */
export function profileFromStored(stored: JsonObject): LocalDnsProfile {
  const maps = overrideMaps.flatMap((map) => {
    const value = own(stored, map);
    return isJsonObject(value) ? [[map, overridesFromStored(value)] as const] : [];
  });
  return { mode: (asString(own(stored, 'mode')) ?? 'Preferred') as LocalDnsMode, ...Object.fromEntries(maps) };
}

function overridesFromStored(value: JsonObject): LocalDnsOverrides {
  return Object.fromEntries(
    Object.entries(value).flatMap(([zone, override]) =>
      isJsonObject(override) ? [[zone, overrideFromStored(override)]] : [],
    ),
  );
}

function overrideFromStored(value: JsonObject): LocalDnsOverride {
  const settings = settingNames.flatMap((name): readonly (readonly [string, JsonValue])[] => {
    const setting = isEnumSetting(name) ? asString(own(value, name)) : asNumber(own(value, name));
    return setting === undefined ? [] : [[name, setting]];
  });
  return Object.fromEntries(settings);
}
