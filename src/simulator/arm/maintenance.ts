import { asString, isJsonObject, own, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { Cluster } from '../world.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { clusterTemplate, onCluster } from './lookup.ts';
import { ok, providerError, reply, type Reply } from './reply.ts';

function render(cluster: Cluster, name: string, properties: JsonObject): JsonObject {
  const id = `/subscriptions/${cluster.subscriptionId}/resourceGroups/${cluster.resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${cluster.name}/maintenanceConfigurations/${name}`;
  return { id, name, properties };
}

function list(_exchange: Exchange, cluster: Cluster): Reply {
  return ok({ value: [...cluster.maintenance].map(([name, properties]) => render(cluster, name, properties)) });
}

function get(exchange: Exchange, cluster: Cluster): Reply {
  const name = param(exchange, 'name');
  const properties = cluster.maintenance.get(name);
  if (properties === undefined)
    return providerError(404, 'NotFound', `Could not find MaintenanceConfiguration: ${name}.`, {
      subcode: 'GetMaintenanceConfiguration_NotFound',
    });
  return ok(render(cluster, name, properties));
}

/** Times come back in whole seconds and empty lists are left out. Source: recorded PUT and its answer. */
function tidy(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => tidy(item) ?? null);
  if (isJsonObject(value)) {
    const entries = Object.entries(value).filter(([, one]) => !(Array.isArray(one) && one.length === 0));
    return Object.fromEntries(entries.map(([key, one]) => [key, tidy(one)]));
  }
  return typeof value === 'string' ? value.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.0+Z$/, '$1Z') : value;
}

function put(exchange: Exchange, cluster: Cluster): Reply {
  const name = param(exchange, 'name');
  const properties = tidy(own(exchange.body, 'properties'));
  if (!isJsonObject(properties))
    return providerError(
      400,
      'BadRequest',
      `The request body of maintenance configuration ${asString(name) ?? ''} is invalid.`,
    );
  cluster.maintenance.set(name, properties);
  return ok(render(cluster, name, properties));
}

function remove(exchange: Exchange, cluster: Cluster): Reply {
  return reply(cluster.maintenance.delete(param(exchange, 'name')) ? 200 : 204, undefined);
}

const base = `${clusterTemplate}/maintenanceConfigurations`;
const action = 'Microsoft.ContainerService/managedClusters/maintenanceConfigurations';

export const maintenanceRoutes: readonly Route[] = [
  {
    name: 'maintenance.list',
    method: 'GET',
    template: base,
    handler: onCluster(list),
    versions: 'containerService',
    action: `${action}/read`,
    budget: 'other',
  },
  {
    name: 'maintenance.get',
    method: 'GET',
    template: `${base}/{name}`,
    handler: onCluster(get),
    versions: 'containerService',
    action: `${action}/read`,
    budget: 'other',
  },
  {
    name: 'maintenance.put',
    method: 'PUT',
    template: `${base}/{name}`,
    handler: onCluster(put),
    versions: 'containerService',
    action: `${action}/write`,
    budget: 'other',
    needsRegistration: true,
  },
  {
    name: 'maintenance.delete',
    method: 'DELETE',
    template: `${base}/{name}`,
    handler: onCluster(remove),
    versions: 'containerService',
    action: `${action}/delete`,
    budget: 'other',
  },
];
