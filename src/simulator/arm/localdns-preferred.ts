import { asString, at, isJsonObject, isWord, type JsonObject } from '../../core/json.ts';
import type { Cluster } from '../world.ts';
import { parseVersion } from './kubernetes-releases.ts';
import { defaultProfile } from './localdns.ts';
import { meetsPrerequisites } from './prerequisites.ts';

/**
 * From this minor version on AKS resolves the mode Preferred, and gives it to pools without a profile. Source: AKS docs,
 * DNS resolution with LocalDNS, as of 2026-11.
 */
const firstMinor = 37;

/** What AKS looks at; clusters are of the kind Base. There are no workloads here, and so no network policies. */
function isEligible(cluster: Cluster, properties: JsonObject, skus: readonly JsonObject[]): boolean {
  const { resource } = cluster;
  if (isWord(at(resource, 'properties', 'networkProfile', 'networkPlugin'), 'none')) return false;
  return meetsPrerequisites(properties, skus);
}

/** Whether AKS resolves the mode on a pool of this version; clusters of another kind have rules of their own. */
export function resolvesPreferred(cluster: Cluster, properties: JsonObject): boolean {
  const version = asString(properties['currentOrchestratorVersion']) ?? '';
  const kind = at(cluster.resource, 'sku', 'name') ?? 'Base';
  return (parseVersion(version)?.minor ?? 0) >= firstMinor && isWord(kind, 'Base');
}

/** The pool with the state that its Preferred comes to; a pool of another mode is left alone. */
export function withPreferred(cluster: Cluster, properties: JsonObject, skus: readonly JsonObject[]): JsonObject {
  const profile = properties['localDNSProfile'];
  if (!isJsonObject(profile) || !isWord(profile['mode'], 'Preferred') || !resolvesPreferred(cluster, properties))
    return properties;
  const isOn = isWord(profile['state'], 'Enabled') || isEligible(cluster, properties, skus);
  return { ...properties, localDNSProfile: { ...profile, state: isOn ? 'Enabled' : 'Disabled' } };
}

/** What a pool gets that comes to such a version: without a profile of its own, Preferred. */
export function withDefaultMode(cluster: Cluster, properties: JsonObject, skus: readonly JsonObject[]): JsonObject {
  if (!resolvesPreferred(cluster, properties)) return properties;
  const stored = properties['localDNSProfile'];
  const localDNSProfile = isJsonObject(stored) ? stored : defaultProfile('Preferred');
  return withPreferred(cluster, { ...properties, localDNSProfile }, skus);
}
