const provider = 'Microsoft.ContainerService';

export const readPermissions: readonly string[] = [
  `${provider}/managedClusters/read`,
  `${provider}/managedClusters/agentPools/read`,
];

export const operationPermission = `${provider}/locations/operations/read`;

/** Judging, writing and waiting; the reads of the judging may be denied, and are then unknown. */
export const writePermissions: readonly string[] = [
  ...readPermissions,
  `${provider}/managedClusters/agentPools/write`,
  operationPermission,
  'Microsoft.Features/providers/features/read',
  'Microsoft.Resources/subscriptions/providers/read',
  'Microsoft.Compute/skus/read',
];
