import { asString, at, isWord, type JsonObject } from '../../core/json.ts';
import { createHash } from 'node:crypto';
import type { Cluster, Pool } from '../world.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { clusterTemplate, onPool } from './lookup.ts';
import { nodeCount } from './node-count.ts';
import { ok, providerError, type Reply } from './reply.ts';

interface Machine {
  readonly name: string;
  readonly resourceId: string;
  readonly ip: string;
  readonly zone: string | undefined;
}

/** The eight digits in the names of a cluster's machines. */
function digitsOf(cluster: Cluster): string {
  const hash = createHash('sha256').update(`${cluster.subscriptionId}/${cluster.resourceGroup}/${cluster.name}`);
  return String(Number.parseInt(hash.digest('hex').slice(0, 12), 16) % 100_000_000).padStart(8, '0');
}

function isStopped(pool: Pool): boolean {
  return isWord(at(pool.properties, 'powerState', 'code'), 'Stopped');
}

/** The nodes of the pools before this one: machines of a cluster share a subnet. */
function firstAddress(cluster: Cluster, pool: Pool): number {
  const pools = [...cluster.pools.values()];
  return pools.slice(0, pools.indexOf(pool)).reduce((sum, one) => sum + nodeCount(one.properties), 4);
}

/** Source: names and ids of the recorded list; those of virtual machines pools are chosen. */
function machinesOf(cluster: Cluster, pool: Pool): readonly Machine[] {
  if (isStopped(pool)) return [];
  const group = asString(at(cluster.resource, 'properties', 'nodeResourceGroup')) ?? `MC_${cluster.name}`;
  const compute = `/subscriptions/${cluster.subscriptionId}/resourceGroups/${group}/providers/Microsoft.Compute`;
  const stem = `aks-${pool.name}-${digitsOf(cluster)}`;
  const single = isWord(pool.properties['type'], 'VirtualMachines');
  const zones = pool.properties['availabilityZones'];
  const first = firstAddress(cluster, pool);
  return Array.from({ length: nodeCount(pool.properties) }, (_, index) => {
    const address = first + index;
    const name = single ? `${stem}-vms${String(index + 1)}` : `${stem}-vmss${index.toString(36).padStart(6, '0')}`;
    return {
      name,
      resourceId: single
        ? `${compute}/virtualMachines/${name}`
        : `${compute}/virtualMachineScaleSets/${stem}-vmss/virtualMachines/${String(index)}`,
      ip: `10.224.${String(Math.floor(address / 256))}.${String(address % 256)}`,
      zone: Array.isArray(zones) ? asString(zones[index % zones.length]) : undefined,
    };
  });
}

/** Source: recorded list: the id has `resourceGroups` in mixed case, other than the ids of pools. */
function render(cluster: Cluster, pool: Pool, { name, resourceId, ip, zone }: Machine): JsonObject {
  return {
    id: `/subscriptions/${cluster.subscriptionId}/resourceGroups/${cluster.resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${cluster.name}/agentPools/${pool.name}/machines/${name}`,
    name,
    type: 'Microsoft.ContainerService/managedClusters/agentPools/machines',
    properties: { network: { ipAddresses: [{ ip, family: 'IPv4' }] }, resourceId },
    ...(zone === undefined ? {} : { zones: [zone] }),
  };
}

function list(_exchange: Exchange, cluster: Cluster, pool: Pool): Reply {
  return ok({ value: machinesOf(cluster, pool).map((machine) => render(cluster, pool, machine)) });
}

function get(exchange: Exchange, cluster: Cluster, pool: Pool): Reply {
  const name = param(exchange, 'machine');
  const machine = machinesOf(cluster, pool).find((one) => one.name === name.toLowerCase());
  if (machine === undefined)
    return providerError(404, 'NotFound', `Could not find Machine: ${name}.`, { subcode: 'GetMachine_NotFound' });
  const rendered = render(cluster, pool, machine);
  // Source: recorded answer: the id of a single machine ends in its name twice.
  return ok({ ...rendered, id: `${asString(rendered['id']) ?? ''}/${machine.name}` });
}

const template = `${clusterTemplate}/agentPools/{pool}/machines`;
const action = 'Microsoft.ContainerService/managedClusters/agentPools/machines/read';

export const machineRoutes: readonly Route[] = [
  {
    name: 'machines.list',
    method: 'GET',
    template,
    handler: onPool(list),
    versions: 'containerService',
    action,
    budget: 'other',
  },
  {
    name: 'machines.get',
    method: 'GET',
    template: `${template}/{machine}`,
    handler: onPool(get),
    versions: 'containerService',
    action,
    budget: 'other',
  },
];
