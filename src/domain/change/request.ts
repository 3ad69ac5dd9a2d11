import { isJsonObject, without, type JsonObject } from '../../core/json.ts';
import { overrideMaps, type LocalDnsProfile } from '../../model/profile.ts';
import { documentedDefault, profileForRequest } from '../localdns/index.ts';
import { withSettings, type UpgradeSettings } from './upgrade-settings.ts';

/**
 * Properties that are Azure's to say. `nodeImageVersion` would be an order to roll back from API version 2026-04-01 on,
 * and a `provisioningState` that differs from the server's is refused. Source: AKS REST API, agent pools; ARM RPC, PUT
 * of a resource.
 */
export const readOnlyProperties = [
  'eTag',
  'provisioningState',
  'currentOrchestratorVersion',
  'nodeImageVersion',
  'status',
] as const;

/**
 * `localDNSProfile` to send: what is stored, unknown members and all, with the mode and the maps that are wanted. Both
 * maps always go along: Azure keeps an absent map, but what it makes of a pool that has none yet is not documented.
 * Source: Azure CLI recordings, partial puts.
 */
export function profileToSend(wanted: LocalDnsProfile, stored: JsonObject | undefined): JsonObject {
  const kept = without(stored ?? {}, ['state', 'mode', ...overrideMaps.filter((map) => wanted[map] !== undefined)]);
  const present = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== null && value !== undefined));
  return {
    ...without(profileForRequest(documentedDefault(wanted.mode)), Object.keys(present)),
    ...present,
    ...profileForRequest(wanted),
  };
}

/**
 * The body's `properties` for a change of an existing pool: what GET answered without the read-only members, the
 * profile and the settings asked for changed, everything else as it was, unknown members too. Azure replaces the pool
 * by it. `orchestratorVersion` and `powerState` stay: another value would upgrade the pool, a missing one could start
 * it.
 */
export function requestProperties(
  properties: JsonObject,
  wanted: LocalDnsProfile,
  settings: UpgradeSettings = {},
): JsonObject {
  const kept = without(properties, readOnlyProperties);
  const stored = properties['localDNSProfile'];
  return {
    ...withSettings(kept, settings),
    localDNSProfile: profileToSend(wanted, isJsonObject(stored) ? stored : undefined),
  };
}
