import { oneLine } from '../../../core/text.ts';
import { AzureError } from '../../../model/azure-error.ts';
import { namePatterns } from '../../../model/ids.ts';
import { armPath } from '../arm/urls.ts';

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
    message: `'${oneLine(id, 300)}' is not the id of a ${kind}.`,
    hints: ['The id stands in the node pool as Azure gave it: az aks nodepool show'],
    exit: 'not-found',
  });
}

/**
 * Where a resource of Microsoft.Network is read. The id comes from a cluster and is trusted no more than any text.
 * @throws AzureError `not-found` for what cannot be such an id.
 */
export function networkTarget(kind: NetworkKind, id: string): NetworkTarget {
  const types = shapes[kind];
  const [empty, subscriptions, subscriptionId = '', groups, group = '', providers, provider, ...rest] = id.split('/');
  const words = [subscriptions, groups, providers, provider].map((word) => word?.toLowerCase());
  const place = words.join('/') === 'subscriptions/resourcegroups/providers/microsoft.network';
  if (
    empty !== '' ||
    !place ||
    !namePatterns.guid.test(subscriptionId) ||
    !namePatterns.resourceGroup.test(group) ||
    rest.length !== types.length * 2
  )
    throw notOne(kind, id);
  const parts = types.flatMap((type, index) => {
    const [given, named = ''] = rest.slice(index * 2, index * 2 + 2);
    if (given?.toLowerCase() !== type.toLowerCase() || !name.test(named)) throw notOne(kind, id);
    return [type, named];
  });
  return {
    subscriptionId,
    path: armPath('subscriptions', subscriptionId, 'resourceGroups', group, 'providers', 'Microsoft.Network', ...parts),
  };
}
