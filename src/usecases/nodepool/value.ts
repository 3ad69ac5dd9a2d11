import type { JsonObject } from '../../core/json.ts';
import type { NodePool } from '../../model/node-pool.ts';

/** A pool as az prints one: `properties` beside id and name, with ARM's own names. */
export function poolValue(pool: NodePool): JsonObject {
  return {
    ...pool.properties,
    id: pool.id,
    name: pool.ref.pool,
    resourceGroup: pool.ref.resourceGroup,
    type: 'Microsoft.ContainerService/managedClusters/agentPools',
    // az has `typePropertiesType` for the property that the resource's own `type` hides.
    ...(pool.type === undefined ? {} : { typePropertiesType: pool.type }),
  };
}
