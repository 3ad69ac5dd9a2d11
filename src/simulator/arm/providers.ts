import { own, type JsonObject } from '../../core/json.ts';
import type { Provider, Subscription, World } from '../world.ts';
import { containerServiceVersions } from './api-versions.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { providerOf, subscriptionOf } from './lookup.ts';
import { regions } from './regions.ts';
import { gatewayError, ok, type Reply } from './reply.ts';

const namespaces = [
  'Microsoft.ContainerService',
  'Microsoft.Compute',
  'Microsoft.Network',
  'Microsoft.Features',
  'Microsoft.Resources',
  'Microsoft.Authorization',
  'Microsoft.Management',
  'Microsoft.Insights',
];

/** The types of resources of each namespace, as far as `az resource show` asks for their api-versions. */
const typesOf: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.ContainerService': [
    'managedClusters',
    'managedClusters/agentPools',
    'managedClusters/maintenanceConfigurations',
    'locations/operations',
  ],
  'Microsoft.Network': ['virtualNetworks', 'virtualNetworks/subnets', 'networkSecurityGroups'],
};

/** Not all that Network has. */
const networkVersions = ['2025-05-01', '2025-01-01', '2024-07-01', '2024-05-01', '2023-11-01'];

function resourceTypes(world: World, namespace: string): readonly JsonObject[] {
  const types = typesOf[namespace] ?? [];
  const apiVersions =
    namespace === 'Microsoft.Network' ? networkVersions : containerServiceVersions(world.settings.newestApiVersion);
  const defaultApiVersion = apiVersions.find((version) => !version.endsWith('preview')) ?? '';
  return types.map((resourceType) => ({
    resourceType,
    locations: regions.map(([, displayName]) => displayName),
    apiVersions,
    defaultApiVersion,
    capabilities: 'None',
  }));
}

/** Source: recorded provider show. */
function render(world: World, subscription: Subscription, provider: Provider): JsonObject {
  const { namespace, data, state } = provider;
  return {
    id: `/subscriptions/${subscription.id}/providers/${namespace}`,
    namespace,
    resourceTypes: resourceTypes(world, namespace),
    ...data,
    registrationState: state,
    registrationPolicy: 'RegistrationRequired',
  };
}

function find(exchange: Exchange): Provider | Reply {
  const asked = param(exchange, 'namespace');
  const subscription = subscriptionOf(exchange);
  const namespace = namespaces.find((one) => one.toLowerCase() === asked.toLowerCase());
  if (namespace === undefined && !subscription.providers.has(asked.toLowerCase())) {
    return gatewayError(404, 'InvalidResourceNamespace', `The resource namespace '${asked}' is invalid.`);
  }
  return providerOf(exchange.world, subscription, namespace ?? asked);
}

/** Registering again what is registered is the refresh after a feature: the state stays. Source: AKS feature guides. */
function register(exchange: Exchange, provider: Provider): void {
  provider.refreshedAt = exchange.now;
  if (provider.state === 'Registered' || provider.state === 'Registering') return;
  provider.state = 'Registering';
  provider.next = { state: 'Registered', at: exchange.now + exchange.world.settings.providerSeconds * 1000 };
}

function unregister(exchange: Exchange, provider: Provider): void {
  if (provider.state === 'NotRegistered' || provider.state === 'Unregistered') return;
  provider.state = 'Unregistering';
  provider.next = { state: 'Unregistered', at: exchange.now + exchange.world.settings.providerSeconds * 1000 };
}

function withProvider(act: (exchange: Exchange, provider: Provider) => void) {
  return (exchange: Exchange): Reply => {
    const provider = find(exchange);
    if ('status' in provider) return provider;
    act(exchange, provider);
    return ok(render(exchange.world, subscriptionOf(exchange), provider));
  };
}

function list(exchange: Exchange): Reply {
  const subscription = subscriptionOf(exchange);
  const names = new Map(
    [...namespaces, ...[...subscription.providers.values()].map((one) => one.namespace)].map((name) => [
      name.toLowerCase(),
      name,
    ]),
  );
  return ok({
    value: [...names.values()].map((name) =>
      render(exchange.world, subscription, providerOf(exchange.world, subscription, name)),
    ),
  });
}

export function loadedProvider(namespace: string, resource: JsonObject): Provider {
  const state = own(resource, 'registrationState');
  const { registrationState: _, ...data } = resource;
  return {
    namespace,
    data,
    state: typeof state === 'string' ? state : 'NotRegistered',
    next: undefined,
    refreshedAt: 0,
  };
}

const template = '/subscriptions/{subscription}/providers/{namespace}';

export const providerRoutes: readonly Route[] = [
  {
    name: 'providers.list',
    method: 'GET',
    template: '/subscriptions/{subscription}/providers',
    handler: list,
    versions: 'resources',
    action: 'Microsoft.Resources/subscriptions/providers/read',
  },
  {
    name: 'providers.get',
    method: 'GET',
    template,
    handler: withProvider(() => undefined),
    versions: 'resources',
    action: 'Microsoft.Resources/subscriptions/providers/read',
  },
  {
    name: 'providers.register',
    method: 'POST',
    template: `${template}/register`,
    handler: withProvider(register),
    versions: 'resources',
    action: 'Microsoft.ContainerService/register/action',
  },
  {
    name: 'providers.unregister',
    method: 'POST',
    template: `${template}/unregister`,
    handler: withProvider(unregister),
    versions: 'resources',
    action: 'Microsoft.ContainerService/unregister/action',
  },
];
