import { clip, oneLine } from '../../../core/text.ts';
import { AzureError } from '../../../model/azure-error.ts';
import { namePatterns, parseResourceId } from '../../../model/ids.ts';
import { armPath, subscriptionPath } from '../arm/urls.ts';

/** Source: Azure naming rules, Microsoft.Network. */
const name = /^[A-Za-z0-9_][-\w.]{0,79}$/;

const shapes = {
  subnet: ['virtualNetworks', 'subnets'],
  'virtual network': ['virtualNetworks'],
  'network security group': ['networkSecurityGroups'],
} as const;
export type NetworkKind = keyof typeof shapes;

export interface NetworkTarget {
  readonly subscriptionId: string;
  /** Encoded. */
  readonly path: string;
}

function notOne(kind: NetworkKind, id: string): AzureError {
  return new AzureError({
    class: 'not-found',
    azureCode: 'InvalidResourceId',
    message: `'${clip(oneLine(id), 300)}' is not a ${kind} ID.`,
    hints: ['The ID comes from the node pool: az aks nodepool show'],
  });
}

/**
 * Where a Microsoft.Network resource is read. The ID comes from a cluster and is not trusted.
 * @throws AzureError `not-found` if it is not such an ID.
 */
export function networkTarget(kind: NetworkKind, id: string): NetworkTarget {
  const types = shapes[kind];
  const { subscriptionId = '', resourceGroup = '', type, names = [] } = parseResourceId(id) ?? {};
  if (
    type !== ['Microsoft.Network', ...types].join('/').toLowerCase() ||
    !namePatterns.guid.test(subscriptionId) ||
    !namePatterns.resourceGroup.test(resourceGroup) ||
    !names.every((each) => name.test(each))
  )
    throw notOne(kind, id);
  const parts = types.flatMap((word, index) => [word, names[index] ?? '']);
  const group = armPath('resourceGroups', resourceGroup, 'providers', 'Microsoft.Network', ...parts);
  return { subscriptionId, path: `${subscriptionPath(subscriptionId)}${group}` };
}
