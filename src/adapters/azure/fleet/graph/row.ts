import { asArray, asString, isJsonObject, own, type JsonObject } from '../../../../core/json.ts';
import { oldestContainerService } from '../../../../model/api-versions.ts';

/**
 * Converts a row to ARM's form of a cluster: without the columns that only Resource Graph has, and without unset
 * values.
 */
export function asResource(row: JsonObject): JsonObject {
  const { apiVersion: _, properties, managedBy, ...rest } = row;
  const set = (value: unknown): JsonObject =>
    Object.fromEntries(Object.entries(isJsonObject(value) ? value : {}).filter(([, member]) => member !== null));
  return {
    ...set(rest),
    ...(managedBy === '' || managedBy === null ? {} : { managedBy }),
    properties: set(properties),
  };
}

/**
 * Whether the row was read from AKS with an api-version that has `localDNSProfile`. Source: Resource Graph docs, the
 * column apiVersion.
 */
export function isFresh(row: JsonObject): boolean {
  const version = asString(row['apiVersion']) ?? '';
  return (
    /^\d{4}-\d{2}-\d{2}/.test(version) && version.slice(0, oldestContainerService.length) >= oldestContainerService
  );
}

export function showsProfile(row: JsonObject): boolean {
  return asArray(own(row['properties'], 'agentPoolProfiles')).some((pool) =>
    isJsonObject(own(pool, 'localDNSProfile')),
  );
}
