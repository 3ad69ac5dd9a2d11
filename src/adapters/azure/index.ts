import type { Azure } from '../../model/ports.ts';
import { createAccounts } from './accounts.ts';
import { ArmClient } from './arm/client.ts';
import { armOrigin } from './arm/endpoint.ts';
import { ContainerServiceVersions } from './arm/versions.ts';
import { findCloud } from '../../model/clouds.ts';
import { createClusterAccess } from './cluster-access.ts';
import { ArmClusters } from './fleet/arm-clusters.ts';
import { Graph } from './fleet/graph/graph.ts';
import { createFleet } from './fleet/index.ts';
import { createInventory } from './inventory.ts';
import { createNodePools } from './node-pools.ts';
import { Budgets } from './operations/budgets.ts';
import type { AzureOptions } from './azure-options.ts';
import { createRegistration } from './registration.ts';
import { readProfile } from './session/azure-profile.ts';
import { Sessions } from './session/sessions.ts';
import { checkSignIn } from './session/sign-in-methods.ts';
import { SkuCache } from './sku-cache.ts';
import { SubscriptionList } from './subscriptions.ts';

export type { AzureOptions } from './azure-options.ts';

/**
 * The Azure implementation of the model's ports. Nothing is sent, and nobody is signed in, before a port is used.
 * @throws UsageError for an unknown cloud or sign-in method, or an endpoint that must not receive a token.
 */
export function createAzure(options: AzureOptions): Azure {
  const cloud = findCloud(options.cloud);
  if (options.signIn !== undefined) checkSignIn(options.signIn);
  const origin = armOrigin(cloud.endpoint, options.endpoint, options.allowEndpoint === true);
  const profile = readProfile(options.profileText, options.profileCloud ?? cloud.name);
  const sessions = new Sessions(options, cloud, origin, profile);
  const client = new ArmClient(origin, sessions, options, options.signal);
  // A custom endpoint lists its own sizes, so they are cached separately.
  const place = options.endpoint === undefined ? cloud.name : `${cloud.name} ${new URL(origin).host}`;
  // Another sign-in method means another account: the Azure CLI's profile does not describe what it can access.
  const listed = new SubscriptionList(
    client,
    sessions,
    options.signIn === undefined || options.signIn === 'cli' ? profile : [],
  );
  const versions = new ContainerServiceVersions(client);
  const budgets = new Budgets(options.clock);
  return {
    accounts: createAccounts(client, sessions, profile, listed),
    nodePools: createNodePools(client, versions, budgets, options),
    fleet: createFleet(client, listed, {
      arm: new ArmClusters(client, versions, budgets),
      graph: new Graph(client, options),
      sessions,
      budgets,
      signal: options.signal,
    }),
    inventory: createInventory(client, new SkuCache(options.files, options.clock, options.cacheDir, place)),
    registration: createRegistration(client),
    clusterAccess: createClusterAccess(client, versions, budgets, sessions, options),
  };
}
