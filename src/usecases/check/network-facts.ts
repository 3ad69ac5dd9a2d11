import { asString } from '../../core/json.ts';
import { mapLimited } from '../../core/limit.ts';
import type { SecurityRule, Subnet, VirtualNetwork } from '../../model/inventory.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { Azure } from '../../model/ports.ts';
import type { NetworkFacts } from '../../domain/checks/index.ts';
import type { Known } from '../../model/known.ts';
import { attemptRead } from './attempt-read.ts';
import type { GatherOptions } from './check-options.ts';

const maxConcurrent = 8;

function subnetIds(pools: readonly NodePool[]): readonly string[] {
  const ids = pools.flatMap(({ properties }) => [
    asString(properties['vnetSubnetID']) ?? '',
    asString(properties['podSubnetID']) ?? '',
  ]);
  return ids.filter((id) => id !== '').map((id) => id.toLowerCase());
}

async function readAll<T>(
  ids: Iterable<string>,
  read: (id: string) => Promise<Known<T>>,
): Promise<ReadonlyMap<string, Known<T>>> {
  const unique = [...new Set(ids)].sort();
  return new Map(await mapLimited(unique, maxConcurrent, async (id) => [id, await read(id)] as const));
}

/** Reads the parts of a network. Ids are in lower case. */
export interface NetworkReads {
  readonly subnet: (id: string) => Promise<Known<Subnet>>;
  readonly virtualNetwork: (id: string) => Promise<Known<VirtualNetwork>>;
  readonly securityRules: (id: string) => Promise<Known<readonly SecurityRule[]>>;
}

/** The facts of subnets; with `dns` also of their virtual networks and security groups. */
export async function networkFacts(ids: readonly string[], dns: boolean, reads: NetworkReads): Promise<NetworkFacts> {
  const subnets = await readAll(ids, reads.subnet);
  if (!dns) return { subnets };
  const networks = [...subnets.keys()].map((id) => id.replace(/\/subnets\/[^/]*$/, ''));
  const groups = [...subnets.values()].map((subnet) =>
    subnet.known ? subnet.value.networkSecurityGroupId?.toLowerCase() : undefined,
  );
  const [virtualNetworks, securityRules] = await Promise.all([
    readAll(networks, reads.virtualNetwork),
    readAll(
      groups.filter((id) => id !== undefined),
      reads.securityRules,
    ),
  ]);
  return { subnets, dns: { virtualNetworks, securityRules } };
}

/**
 * Reads the subnets of a cluster's pools, and for --network their virtual networks and security groups. The port reads
 * each resource once.
 */
export async function readNetwork(
  { fleet }: Azure,
  pools: readonly NodePool[],
  options: GatherOptions,
): Promise<NetworkFacts | undefined> {
  if (options.capacity !== true && options.network !== true) return undefined;
  return networkFacts(subnetIds(pools), options.network === true, {
    subnet: async (id) =>
      attemptRead('The subnet', 'Microsoft.Network/virtualNetworks/subnets/read on it', async () => fleet.subnet(id)),
    virtualNetwork: async (id) =>
      attemptRead('The virtual network', 'Microsoft.Network/virtualNetworks/read on it', async () =>
        fleet.virtualNetwork(id),
      ),
    securityRules: async (id) =>
      attemptRead('The network security group', 'Microsoft.Network/networkSecurityGroups/read on it', async () =>
        fleet.securityRules(id),
      ),
  });
}
