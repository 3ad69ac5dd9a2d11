import { asNumber, asString, isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { NodePool } from '../../model/node-pool.ts';

/**
 * How nodes are replaced, where the caller asked to change it with the same request. It stays on the pool afterwards.
 */
export interface UpgradeSettings {
  /** `33%` or `1`. */
  readonly maxSurge?: string | undefined;
  readonly maxUnavailable?: string | undefined;
  readonly drainTimeoutMinutes?: number | undefined;
}

export interface SettingChange {
  /** Below `properties`. */
  readonly path: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

function asked(settings: UpgradeSettings): readonly (readonly [string, string | number])[] {
  const all = [
    ['maxSurge', settings.maxSurge],
    ['maxUnavailable', settings.maxUnavailable],
    ['drainTimeoutInMinutes', settings.drainTimeoutMinutes],
  ] as const;
  return all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

function stored(properties: JsonObject): JsonObject {
  const settings = properties['upgradeSettings'];
  return isJsonObject(settings) ? settings : {};
}

/**
 * `10%` is itself; `3` and 3 are the same: Azure answers with a string what it was sent as a number, and the other way.
 */
function sameSetting(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  const text = (value: JsonValue | undefined): string => asString(value) ?? String(asNumber(value) ?? '');
  return text(left) === text(right);
}

/** What of the settings asked for is not so yet. */
export function settingChanges(pool: NodePool, settings: UpgradeSettings): readonly SettingChange[] {
  const current = stored(pool.properties);
  return asked(settings)
    .filter(([name, value]) => !sameSetting(current[name], value))
    .map(([name, value]) => ({ path: `upgradeSettings.${name}`, before: current[name], after: value }));
}

/** `properties` with the settings asked for; without any, as they were. */
export function withSettings(properties: JsonObject, settings: UpgradeSettings): JsonObject {
  const wanted = asked(settings);
  if (wanted.length === 0) return properties;
  return { ...properties, upgradeSettings: { ...stored(properties), ...Object.fromEntries(wanted) } };
}
