import { checkName, type ClusterRef, type PoolRef } from '../../model/ids.ts';
import type { Azure } from '../../model/ports.ts';
import type { Subscription } from '../../model/registration.ts';

interface ClusterArguments {
  readonly resourceGroup: string;
  readonly clusterName: string;
  readonly subscription: string | undefined;
}

export interface Target<R> {
  readonly ref: R;
  readonly subscription: Subscription;
}

/** Names are checked before anything is sent; the subscription is looked up by id or name. */
export async function clusterTarget(
  azure: () => Promise<Azure>,
  args: ClusterArguments,
): Promise<Target<ClusterRef> & { readonly azure: Azure }> {
  const resourceGroup = checkName('resourceGroup', args.resourceGroup, '--resource-group/-g');
  const cluster = checkName('cluster', args.clusterName, '--cluster-name');
  const connected = await azure();
  const subscription = await connected.accounts.subscription(args.subscription, { unread: true });
  return { azure: connected, subscription, ref: { subscriptionId: subscription.id, resourceGroup, cluster } };
}

export async function poolTarget(
  azure: () => Promise<Azure>,
  args: ClusterArguments & { readonly name: string },
): Promise<Target<PoolRef> & { readonly azure: Azure }> {
  const pool = checkName('pool', args.name, '--name/-n');
  const target = await clusterTarget(azure, args);
  return { ...target, ref: { ...target.ref, pool } };
}
