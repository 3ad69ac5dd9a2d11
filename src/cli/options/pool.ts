import { checkName, type ClusterRef, type PoolRef } from '../../model/ids.ts';
import type { Azure } from '../../model/ports.ts';
import type { Subscription } from '../../model/registration.ts';
import type { Options } from '../framework/definition.ts';
import type { Column } from '../io/result.ts';

/** One cluster, with az's option names and meanings. */
export const clusterOptions = {
  'resource-group': {
    type: 'string',
    short: 'g',
    required: true,
    fallback: 'defaults.group',
    summary: 'Name of the resource group',
    placeholder: 'GROUP',
  },
  'cluster-name': { type: 'string', required: true, summary: 'Name of the managed cluster', placeholder: 'CLUSTER' },
  subscription: {
    type: 'string',
    summary: 'Name or ID of the subscription. Defaults to the active subscription',
    placeholder: 'SUBSCRIPTION',
  },
} as const satisfies Options;

export const poolOptions = {
  ...clusterOptions,
  name: {
    type: 'string',
    short: 'n',
    aliases: ['nodepool-name'],
    required: true,
    summary: 'Name of the node pool',
    placeholder: 'POOL',
  },
} as const satisfies Options;

interface ClusterArguments {
  readonly resourceGroup: string;
  readonly clusterName: string;
  readonly subscription: string | undefined;
}

interface Target<R> {
  readonly azure: Azure;
  readonly ref: R;
  readonly subscription: Subscription;
}

/** Names are validated before anything is sent; the subscription is looked up by ID or name. */
export async function clusterTarget(azure: () => Promise<Azure>, args: ClusterArguments): Promise<Target<ClusterRef>> {
  const resourceGroup = checkName('resourceGroup', args.resourceGroup, '--resource-group/-g');
  const cluster = checkName('cluster', args.clusterName, '--cluster-name');
  const connected = await azure();
  const subscription = await connected.accounts.subscription(args.subscription, { unread: true });
  return { azure: connected, subscription, ref: { subscriptionId: subscription.id, resourceGroup, cluster } };
}

export async function poolTarget(
  azure: () => Promise<Azure>,
  args: ClusterArguments & { readonly name: string },
): Promise<Target<PoolRef>> {
  const pool = checkName('pool', args.name, '--name/-n');
  const target = await clusterTarget(azure, args);
  return { ...target, ref: { ...target.ref, pool } };
}

/** az's columns for a node pool, plus LocalDNS. */
export const poolColumns: readonly Column[] = [
  { header: 'Name', path: 'name' },
  { header: 'Mode', path: 'mode' },
  { header: 'OsType', path: 'osType' },
  { header: 'KubernetesVersion', path: 'orchestratorVersion' },
  { header: 'VmSize', path: 'vmSize' },
  { header: 'Count', path: 'count' },
  { header: 'ProvisioningState', path: 'provisioningState' },
  { header: 'LocalDNS', path: "localDNSProfile.mode || '-'" },
  { header: 'State', path: "localDNSProfile.state || '-'" },
];

export const readPermissions: readonly string[] = [
  'Microsoft.ContainerService/managedClusters/read',
  'Microsoft.ContainerService/managedClusters/agentPools/read',
];
