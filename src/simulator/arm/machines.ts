import { asString, at, isWord, listOf, type JsonObject } from '../../core/json.ts';
import type { Cluster, Pool } from '../world.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { clusterTemplate, onPool } from './lookup.ts';
import { machineName, nodeResourceGroup } from './machine-names.ts';
import { nodeCount } from './node-count.ts';
import { ok, providerError, type Reply } from './reply.ts';

interface Machine {
  readonly name: string;
  readonly resourceId: string;
  readonly ip: string;
  readonly zone: string | undefined;
}

function isStopped(pool: Pool): boolean {
  return isWord(at(pool.properties, 'powerState', 'code'), 'Stopped');
}

/** Source: names and ids of the recorded list. */
function machinesOf(cluster: Cluster, pool: Pool): readonly Machine[] {
  if (isStopped(pool)) return [];
  const group = nodeResourceGroup(cluster);
  const compute = `/subscriptions/${cluster.subscriptionId}/resourceGroups/${group}/providers/Microsoft.Compute`;
  const zones = listOf(pool.properties['availabilityZones']);
  return Array.from({ length: nodeCount(pool.properties) }, (_, index) => {
    const { name, resource, address } = machineName(cluster, pool, index);
    return { name, resourceId: `${compute}/${resource}`, ip: address, zone: asString(zones[index % zones.length]) };
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
