import type { JsonObject } from '../../core/json.ts';
import type { Feature, Subscription } from '../world.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { settleRegistration, subscriptionOf } from './lookup.ts';
import { gatewayError, ok, type Reply } from './reply.ts';

/** Features that Azure knows without anybody having touched them. */
const offered: readonly { readonly namespace: string; readonly name: string }[] = [
  { namespace: 'Microsoft.ContainerService', name: 'LocalDNSPreview' },
  { namespace: 'Microsoft.ContainerService', name: 'NodeDisruptionProfile' },
];

export function featureKey(namespace: string, name: string): string {
  return `${namespace}/${name}`.toLowerCase();
}

export function newFeature(namespace: string, name: string, state: string): Feature {
  return {
    namespace,
    name,
    state,
    next: undefined,
    registeredAt: state === 'Registered' ? 0 : Number.POSITIVE_INFINITY,
  };
}

function find(exchange: Exchange): Feature | Reply {
  const namespace = param(exchange, 'namespace');
  const name = param(exchange, 'feature');
  const key = featureKey(namespace, name);
  const { features } = subscriptionOf(exchange);
  const known = features.get(key);
  const offer = offered.find((one) => featureKey(one.namespace, one.name) === key);
  if (exchange.world.settings.unknownFeatures.has(key) || (known === undefined && offer === undefined)) {
    return gatewayError(404, 'FeatureNotFound', `The feature '${name}' could not be found.`);
  }
  const feature = known ?? newFeature(offer?.namespace ?? namespace, offer?.name ?? name, 'NotRegistered');
  features.set(key, feature);
  settleRegistration(exchange.world, feature);
  return feature;
}

/** Source: recorded feature show and unregister. */
function render(subscription: Subscription, feature: Feature): JsonObject {
  const { namespace, name, state } = feature;
  return {
    properties: { state },
    id: `/subscriptions/${subscription.id}/providers/Microsoft.Features/providers/${namespace}/features/${name}`,
    type: 'Microsoft.Features/providers/features',
    name: `${namespace}/${name}`,
  };
}

/** Source: recorded feature registration. */
function registrationOf(subscription: Subscription, feature: Feature): JsonObject {
  const { namespace, name, state, registeredAt } = feature;
  return {
    id: `/subscriptions/${subscription.id}/providers/Microsoft.Features/featureProviders/${namespace}/subscriptionFeatureRegistrations/${name}`,
    name,
    type: 'microsoft.features/featureproviders/subscriptionfeatureregistrations',
    properties: {
      subscriptionId: subscription.id,
      featureName: name,
      providerNamespace: namespace,
      state,
      releaseDate: '2025-06-01T00:00:00.0000000Z',
      approvalType: 'AutoApproval',
      ...(state === 'Registered'
        ? { registrationDate: new Date(registeredAt).toISOString().replace('Z', '0000Z') }
        : {}),
      shouldFeatureDisplayInPortal: false,
    },
  };
}

function renderRegistration(subscription: Subscription, feature: Feature): Reply {
  return ok(registrationOf(subscription, feature), { 'x-ms-providerhub-traffic': 'True' });
}

function register(exchange: Exchange, feature: Feature): void {
  if (feature.state === 'Registered' || feature.state === 'Registering') return;
  feature.state = 'Registering';
  feature.next = { state: 'Registered', at: exchange.now + exchange.world.settings.featureSeconds * 1000 };
}

function unregister(exchange: Exchange, feature: Feature): void {
  if (feature.state === 'NotRegistered' || feature.state === 'Unregistered') return;
  feature.state = 'Unregistering';
  feature.registeredAt = Number.POSITIVE_INFINITY;
  feature.next = { state: 'Unregistered', at: exchange.now + 30_000 };
}

function withFeature(act: (exchange: Exchange, feature: Feature) => void, show: typeof renderRegistration) {
  return (exchange: Exchange): Reply => {
    const feature = find(exchange);
    if ('status' in feature) return feature;
    act(exchange, feature);
    return show(subscriptionOf(exchange), feature);
  };
}

const nothing = (): void => undefined;
const shown = (subscription: Subscription, feature: Feature): Reply => ok(render(subscription, feature));

/** Every feature that the subscription may see, of one namespace if the path names one. */
function featuresOf(exchange: Exchange): readonly Feature[] {
  const namespace = exchange.params['namespace']?.toLowerCase();
  const { features } = subscriptionOf(exchange);
  const untouched = offered.filter((one) => !features.has(featureKey(one.namespace, one.name)));
  const all = [...features.values(), ...untouched.map((one) => newFeature(one.namespace, one.name, 'NotRegistered'))];
  const { unknownFeatures } = exchange.world.settings;
  return all.filter((one) => {
    settleRegistration(exchange.world, one);
    const wanted = namespace === undefined || one.namespace.toLowerCase() === namespace;
    return wanted && !unknownFeatures.has(featureKey(one.namespace, one.name));
  });
}

function list(exchange: Exchange): Reply {
  return ok({ value: featuresOf(exchange).map((one) => render(subscriptionOf(exchange), one)) });
}

/** Source: Features API: what was never registered has no registration. */
function listRegistrations(exchange: Exchange): Reply {
  const registered = featuresOf(exchange).filter(({ state }) => state !== 'NotRegistered');
  return ok({ value: registered.map((one) => registrationOf(subscriptionOf(exchange), one)) });
}

const base = '/subscriptions/{subscription}/providers/Microsoft.Features';
const features = `${base}/providers/{namespace}/features`;
const registration = `${base}/featureProviders/{namespace}/subscriptionFeatureRegistrations/{feature}`;

const registrations = 'subscriptionFeatureRegistrations';

export const featureRoutes: readonly Route[] = [
  {
    name: 'features.listAll',
    method: 'GET',
    template: `${base}/features`,
    handler: list,
    versions: 'features',
    action: 'Microsoft.Features/features/read',
  },
  ...[`${base}/${registrations}`, `${base}/featureProviders/{namespace}/${registrations}`].map(
    (template, index): Route => ({
      name: index === 0 ? 'featureRegistrations.listAll' : 'featureRegistrations.list',
      method: 'GET',
      template,
      handler: listRegistrations,
      versions: 'features',
      action: 'Microsoft.Features/featureProviders/subscriptionFeatureRegistrations/read',
    }),
  ),
  {
    name: 'features.list',
    method: 'GET',
    template: features,
    handler: list,
    versions: 'features',
    action: 'Microsoft.Features/providers/features/read',
  },
  {
    name: 'features.get',
    method: 'GET',
    template: `${features}/{feature}`,
    handler: withFeature(nothing, shown),
    versions: 'features',
    action: 'Microsoft.Features/providers/features/read',
  },
  {
    name: 'features.register',
    method: 'POST',
    template: `${features}/{feature}/register`,
    handler: withFeature(register, shown),
    versions: 'features',
    action: 'Microsoft.Features/providers/features/register/action',
  },
  {
    name: 'features.unregister',
    method: 'POST',
    template: `${features}/{feature}/unregister`,
    handler: withFeature(unregister, shown),
    versions: 'features',
    action: 'Microsoft.Features/providers/features/unregister/action',
  },
  {
    name: 'featureRegistrations.get',
    method: 'GET',
    template: registration,
    handler: withFeature(nothing, renderRegistration),
    versions: 'features',
    action: 'Microsoft.Features/featureProviders/subscriptionFeatureRegistrations/read',
  },
  {
    name: 'featureRegistrations.put',
    method: 'PUT',
    template: registration,
    handler: withFeature(register, renderRegistration),
    versions: 'features',
    action: 'Microsoft.Features/featureProviders/subscriptionFeatureRegistrations/write',
  },
  {
    name: 'featureRegistrations.delete',
    method: 'DELETE',
    template: registration,
    handler: withFeature(unregister, renderRegistration),
    versions: 'features',
    action: 'Microsoft.Features/featureProviders/subscriptionFeatureRegistrations/delete',
  },
];
