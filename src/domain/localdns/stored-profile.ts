import type { JsonObject, JsonValue } from '../../core/json.ts';
import { asNumber, asString, isJsonObject, isWord, own } from '../../core/json.ts';
import type {
  LocalDnsHealthCheck,
  LocalDnsMode,
  LocalDnsOverride,
  LocalDnsOverrides,
  LocalDnsProfile,
  NewerSetting,
  OverrideMap,
} from '../../model/profile.ts';
import { localDnsModes, overrideEnums, overrideMaps } from '../../model/profile.ts';
import { healthCheckSpellings, isEnumSetting, settingNames } from './settings.ts';
import { memberPath, zonePath } from './text.ts';

/**
 * Reads a `localDNSProfile` as returned by ARM; `state` and unknown members are left out. An unknown value from a newer
 * service is kept, so that it never equals a known one; a value that differs only in case is the known one. Without a
 * mode, it is the default of the API, Preferred. Source: Azure REST API, LocalDNSProfile.
 */
export function profileFromStored(stored: JsonObject): LocalDnsProfile {
  const maps = overrideMaps.flatMap((map) => {
    const value = own(stored, map);
    return isJsonObject(value) ? [[map, overridesFromStored(value)] as const] : [];
  });
  return {
    mode: (wordOf(own(stored, 'mode'), localDnsModes) ?? 'Preferred') as LocalDnsMode,
    ...Object.fromEntries(maps),
  };
}

function wordOf(value: JsonValue | undefined, words: readonly string[]): string | undefined {
  return words.find((word) => isWord(value, word)) ?? asString(value);
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
    const setting = isEnumSetting(name) ? wordOf(own(value, name), overrideEnums[name]) : asNumber(own(value, name));
    return setting === undefined ? [] : [[name, setting]];
  });
  return { ...Object.fromEntries(settings), ...newerFromStored(value) };
}

function newerFromStored(value: JsonObject): Pick<LocalDnsOverride, NewerSetting> {
  const failfast = own(value, 'failfastAllUnhealthyUpstreams');
  const check = own(value, 'healthCheck');
  const members = Object.entries(isJsonObject(check) ? check : {}).flatMap(([key, member]) => {
    const name = healthCheckSpellings.get(key);
    const fits = typeof member === (name === 'noRecursion' ? 'boolean' : 'string');
    return name === undefined || !fits ? [] : [[name, member] as const];
  });
  return {
    ...(typeof failfast === 'boolean' ? { failfastAllUnhealthyUpstreams: failfast } : {}),
    ...(members.length === 0 ? {} : { healthCheck: Object.fromEntries(members) as LocalDnsHealthCheck }),
  };
}

/** A member of a stored profile that `profileFromStored` leaves out. */
export interface UnknownSetting {
  /** Undefined outside the maps. */
  readonly map: OverrideMap | undefined;
  readonly path: string;
  readonly value: JsonValue;
}

function unread(stored: JsonObject, read: JsonObject, path: string, map: OverrideMap): readonly UnknownSetting[] {
  return Object.entries(stored).flatMap(([key, value]): readonly UnknownSetting[] => {
    if (value === null || value === undefined) return [];
    const at = path === map ? zonePath(map, key) : memberPath(path, key);
    const inner = own(read, path.endsWith('.healthCheck') ? (healthCheckSpellings.get(key) ?? key) : key);
    if (isJsonObject(value) && isJsonObject(inner)) return unread(value, inner, at, map);
    return inner === undefined ? [{ map, path: at, value }] : [];
  });
}

/** The members of a stored profile that this program does not know, from a newer service or API version. */
export function unknownSettings(stored: JsonObject): readonly UnknownSetting[] {
  const read = profileFromStored(stored);
  return Object.entries(stored).flatMap(([key, value]): readonly UnknownSetting[] => {
    if (key === 'mode' || key === 'state' || value === null || value === undefined) return [];
    const map = overrideMaps.find((name) => name === key);
    if (map === undefined) return [{ map, path: memberPath('$', key), value }];
    const zones = read[map];
    return isJsonObject(value) && zones !== undefined ? unread(value, zones as JsonObject, map, map) : [];
  });
}
