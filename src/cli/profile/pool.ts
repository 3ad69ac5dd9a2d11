import { CliError, InterruptedError, UsageError } from '../../core/errors.ts';
import { profileFromStored } from '../../domain/localdns/index.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { LocalDnsProfile } from '../../model/profile.ts';
import type { Context } from '../framework/context.ts';
import { poolTarget } from '../options/pool.ts';

export interface PoolArguments {
  readonly resourceGroup: string | undefined;
  readonly clusterName: string | undefined;
  readonly name: string | undefined;
  readonly subscription: string | undefined;
}

/** The profile of a node pool instead of a file. @throws UsageError if the pool is not named. */
export async function namedPool(
  context: Context,
  args: PoolArguments,
  what: string,
  newerSettings = false,
): Promise<NodePool> {
  const resourceGroup = args.resourceGroup ?? context.settings.defaultGroup;
  const { clusterName, name, subscription } = args;
  if (resourceGroup === undefined || clusterName === undefined || name === undefined) {
    throw new UsageError(`${what} requires --resource-group/-g, --cluster-name and --name/-n.`);
  }
  const { azure, ref } = await poolTarget(context.azure, { resourceGroup, clusterName, name, subscription });
  // A cloud without that api-version has none of these settings.
  if (newerSettings)
    await azure.nodePools.useNewerSettings(ref.subscriptionId).catch((error: unknown) => {
      if (!(error instanceof CliError) || error instanceof InterruptedError) throw error;
    });
  return azure.nodePools.readPool(ref);
}

/** The profile of a node pool. @throws CliError `no-profile` if it was never configured. */
export function profileOf(pool: NodePool): LocalDnsProfile {
  if (pool.localDns !== undefined) return profileFromStored(pool.localDns.profile);
  throw new CliError({
    code: 'no-profile',
    message: `LocalDNS was never configured on the node pool ${pool.ref.pool}.`,
  });
}
