import { asNumber, asString, isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { NodePool } from '../../model/node-pool.ts';

/** How nodes are replaced, if the request also changes it. The settings stay on the pool. */
export interface UpgradeSettings {
  /** `33%` or `1`. */
  readonly maxSurge?: string | undefined;
  readonly maxUnavailable?: string | undefined;
  readonly drainTimeoutMinutes?: number | undefined;
}

export interface SettingChange {
  /** The path below `properties`. */
  readonly path: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

function requestedSettings(settings: UpgradeSettings): readonly (readonly [string, string | number])[] {
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

/** `3` and 3 are the same, because Azure may return a number as a string and vice versa. */
function sameSetting(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  const text = (value: JsonValue | undefined): string => asString(value) ?? String(asNumber(value) ?? '');
  return text(left) === text(right);
}

/** The requested settings that differ from the current ones. */
export function settingChanges(pool: NodePool, settings: UpgradeSettings): readonly SettingChange[] {
  const current = stored(pool.properties);
  return requestedSettings(settings)
    .filter(([name, value]) => !sameSetting(current[name], value))
    .map(([name, value]) => ({ path: `upgradeSettings.${name}`, before: current[name], after: value }));
}

/** `properties` with the requested settings; unchanged if there are none. */
export function withSettings(properties: JsonObject, settings: UpgradeSettings): JsonObject {
  const requested = requestedSettings(settings);
  if (requested.length === 0) return properties;
  return { ...properties, upgradeSettings: { ...stored(properties), ...Object.fromEntries(requested) } };
}
