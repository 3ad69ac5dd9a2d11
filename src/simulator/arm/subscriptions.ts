import type { JsonObject } from '../../core/json.ts';
import type { Subscription } from '../world.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { subscriptionOf } from './lookup.ts';
import { page } from './pages.ts';
import { regions } from './regions.ts';
import { gatewayError, ok, reply, type Reply } from './reply.ts';
import { homeTenantId } from './token.ts';

function render(subscription: Subscription): JsonObject {
  return {
    id: `/subscriptions/${subscription.id}`,
    authorizationSource: 'RoleBased',
    managedByTenants: (subscription.managedByTenants ?? []).map((tenantId) => ({ tenantId })),
    subscriptionId: subscription.id,
    tenantId: subscription.tenantId,
    displayName: subscription.name,
    state: subscription.state,
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'PayAsYouGo_2014-09-01',
      spendingLimit: 'Off',
    },
  };
}

function list(exchange: Exchange): Reply {
  const all = [...exchange.world.subscriptions.values()].map((one) => render(one));
  return ok(page(exchange, all, 1000));
}

function get(exchange: Exchange): Reply {
  return ok(render(subscriptionOf(exchange)));
}

function listLocations(exchange: Exchange): Reply {
  const { id } = subscriptionOf(exchange);
  return ok({
    value: regions.map(([name, displayName]) => ({
      id: `/subscriptions/${id}/locations/${name}`,
      name,
      type: 'Region',
      displayName,
      regionalDisplayName: displayName,
    })),
  });
}

function renderGroup(
  subscription: Subscription,
  group: { readonly name: string; readonly location: string },
): JsonObject {
  return {
    id: `/subscriptions/${subscription.id}/resourceGroups/${group.name}`,
    name: group.name,
    type: 'Microsoft.Resources/resourceGroups',
    location: group.location,
    properties: { provisioningState: 'Succeeded' },
  };
}

function listGroups(exchange: Exchange): Reply {
  const subscription = subscriptionOf(exchange);
  return ok(
    page(
      exchange,
      [...subscription.groups.values()].map((group) => renderGroup(subscription, group)),
      1000,
    ),
  );
}

function getGroup(exchange: Exchange): Reply {
  const name = param(exchange, 'resourceGroup');
  const group = subscriptionOf(exchange).groups.get(name.toLowerCase());
  if (group === undefined)
    return gatewayError(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`);
  return exchange.request.method === 'HEAD' ? reply(204, undefined) : ok(renderGroup(subscriptionOf(exchange), group));
}

function listTenants(): Reply {
  return ok({
    value: [
      {
        id: `/tenants/${homeTenantId}`,
        tenantId: homeTenantId,
        countryCode: 'NL',
        displayName: 'Contoso',
        domains: ['contoso.example'],
        tenantCategory: 'Home',
        defaultDomain: 'contoso.example',
      },
    ],
  });
}

/** Source: ARM permissions API: what the caller may do at a scope. */
function permissions(exchange: Exchange): Reply {
  return ok({
    value: [{ actions: exchange.world.settings.grants, notActions: [], dataActions: [], notDataActions: [] }],
  });
}

/** Source: what `az cloud register` reads (api-version 2015-01-01); later ones have more, under the same names. */
function metadata(exchange: Exchange): Reply {
  const { origin } = exchange.world;
  const audiences = ['https://management.core.windows.net/', 'https://management.azure.com/'];
  const classic = {
    galleryEndpoint: origin,
    graphEndpoint: 'https://graph.windows.net/',
    portalEndpoint: 'https://portal.azure.com/',
    authentication: { loginEndpoint: 'https://login.microsoftonline.com/', audiences },
  };
  if (exchange.apiVersion === '2015-01-01') return ok(classic);
  const cloud = {
    ...classic,
    name: 'Simulated',
    portal: 'https://portal.azure.com',
    gallery: origin,
    graph: 'https://graph.windows.net/',
    graphAudience: 'https://graph.windows.net/',
    resourceManager: origin,
    authentication: { ...classic.authentication, tenant: 'common', identityProvider: 'AAD' },
    suffixes: { storage: 'core.windows.net', keyVaultDns: 'vault.azure.net', azureContainerRegistry: 'azurecr.io' },
    media: 'https://rest.media.azure.net',
    batch: 'https://batch.core.windows.net/',
  };
  return ok(exchange.apiVersion < '2022-01-01' ? [cloud] : cloud);
}

const subscription = '/subscriptions/{subscription}';
const group = `${subscription}/resourceGroups/{resourceGroup}`;
const cluster = `${group}/providers/Microsoft.ContainerService/managedClusters/{cluster}`;
const permissionsPath = 'providers/Microsoft.Authorization/permissions';

export const subscriptionRoutes: readonly Route[] = [
  {
    name: 'metadata.endpoints',
    method: 'GET',
    template: '/metadata/endpoints',
    handler: metadata,
    versions: 'metadata',
    anonymous: true,
  },
  { name: 'tenants.list', method: 'GET', template: '/tenants', handler: listTenants, versions: 'resources' },
  // Any role in a subscription is enough to see it.
  { name: 'subscriptions.list', method: 'GET', template: '/subscriptions', handler: list, versions: 'resources' },
  { name: 'subscriptions.get', method: 'GET', template: subscription, handler: get, versions: 'resources' },
  {
    name: 'locations.list',
    method: 'GET',
    template: `${subscription}/locations`,
    handler: listLocations,
    versions: 'resources',
  },
  {
    name: 'resourceGroups.list',
    method: 'GET',
    template: `${subscription}/resourceGroups`,
    handler: listGroups,
    versions: 'resources',
    action: 'Microsoft.Resources/subscriptions/resourceGroups/read',
  },
  {
    name: 'resourceGroups.get',
    method: 'GET',
    template: group,
    handler: getGroup,
    versions: 'resources',
    action: 'Microsoft.Resources/subscriptions/resourceGroups/read',
  },
  {
    name: 'resourceGroups.head',
    method: 'HEAD',
    template: group,
    handler: getGroup,
    versions: 'resources',
    action: 'Microsoft.Resources/subscriptions/resourceGroups/read',
  },
  {
    name: 'permissions.subscription',
    method: 'GET',
    template: `${subscription}/${permissionsPath}`,
    handler: permissions,
    versions: 'authorization',
  },
  {
    name: 'permissions.resourceGroup',
    method: 'GET',
    template: `${group}/${permissionsPath}`,
    handler: permissions,
    versions: 'authorization',
  },
  {
    name: 'permissions.cluster',
    method: 'GET',
    template: `${cluster}/${permissionsPath}`,
    handler: permissions,
    versions: 'authorization',
  },
];
