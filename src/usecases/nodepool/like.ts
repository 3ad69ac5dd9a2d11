import { without, type JsonObject } from '../../core/json.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { readOnlyProperties } from './body.ts';

/**
 * What belongs to the one pool and not to a copy: its power, its machines, its profile (a new pool gets one of its
 * own).
 */
const ownProperties = [
  'powerState',
  'virtualMachineNodesStatus',
  'localDNSProfile',
  'isDefault',
  'recentlyUsedVersions',
] as const;

/** A pool's settings for another pool: as they are, the number of nodes and the Kubernetes version too. */
export function settingsLike(pool: NodePool): JsonObject {
  return without(pool.properties, [...readOnlyProperties, ...ownProperties]);
}
