import { isJsonObject, without, type JsonObject } from '../../core/json.ts';
import { overrideMaps, type LocalDnsProfile } from '../../model/profile.ts';
import { documentedDefault, profileForRequest } from '../localdns/index.ts';
import { withSettings, type UpgradeSettings } from './upgrade-settings.ts';

/**
 * Read-only properties. From API version 2026-04-01 on, `nodeImageVersion` would request a rollback, and Azure rejects
 * a `provisioningState` that differs from its own. Source: AKS REST API, agent pools; ARM RPC, PUT of a resource.
 */
export const readOnlyProperties = [
  'eTag',
  'provisioningState',
  'currentOrchestratorVersion',
  'nodeImageVersion',
  'status',
] as const;

/**
 * The `localDNSProfile` to send: the stored one, including unknown members, with the requested mode and maps. Always
 * contains both maps: Azure keeps an absent map, but the result for a pool without a stored one is not documented.
 * Source: Azure CLI recordings, partial puts.
 */
export function profileToSend(requested: LocalDnsProfile, stored: JsonObject | undefined): JsonObject {
  const kept = without(stored ?? {}, ['state', 'mode', ...overrideMaps.filter((map) => requested[map] !== undefined)]);
  const present = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== null && value !== undefined));
  return {
    ...without(profileForRequest(documentedDefault(requested.mode)), Object.keys(present)),
    ...present,
    ...profileForRequest(requested),
  };
}

/**
 * The `properties` of the request body for an existing pool: the answer of GET without the read-only members, with the
 * requested profile and settings, and everything else unchanged, including unknown members. Azure replaces the pool
 * with it. `orchestratorVersion` and `powerState` are kept: another value would upgrade the pool, and a missing one
 * could start it.
 */
export function requestProperties(
  properties: JsonObject,
  requested: LocalDnsProfile,
  settings: UpgradeSettings = {},
): JsonObject {
  const kept = without(properties, readOnlyProperties);
  const stored = properties['localDNSProfile'];
  return {
    ...withSettings(kept, settings),
    localDNSProfile: profileToSend(requested, isJsonObject(stored) ? stored : undefined),
  };
}
