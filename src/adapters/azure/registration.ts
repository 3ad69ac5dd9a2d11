import { asString, at } from '../../core/json.ts';
import { AzureError } from '../../model/azure-error.ts';
import type { Registration } from '../../model/ports.ts';
import { containerService, localDnsFeature, type FeatureState, type ProviderState } from '../../model/registration.ts';
import { apiVersions } from '../../model/api-versions.ts';
import { stringAt, type ArmAnswer } from './arm/answer.ts';
import type { ArmClient, ArmRequest } from './arm/client.ts';
import { armPath, subscriptionPath } from './arm/urls.ts';
import { answerWithout } from './errors/classify.ts';
import { safeText } from '../../core/redact.ts';

function featureRequest(subscriptionId: string, action: 'register' | 'unregister' | undefined): ArmRequest {
  const place = armPath('providers', 'Microsoft.Features', 'providers', containerService, 'features', localDnsFeature);
  return {
    method: action === undefined ? 'GET' : 'POST',
    to: {
      path: `${subscriptionPath(subscriptionId)}${place}${action === undefined ? '' : `/${action}`}`,
      apiVersion: apiVersions.features,
    },
  };
}

/** Azure does not know the feature: a 404 that is not about the subscription, or an error code that says so. */
function featureUnknown(error: unknown): boolean {
  if (!(error instanceof AzureError)) return false;
  if (/^(FeatureNotFound|InvalidFeature\w*|UnknownFeature|UnsupportedFeature\w*)$/i.test(error.azureCode)) return true;
  return error.status === 404 && !/subscription|route/i.test(error.azureCode);
}

function required(value: string | undefined, what: string, answer: ArmAnswer): string {
  if (value !== undefined) return safeText(value);
  throw answerWithout(answer, `the state of the ${what}`);
}

/** Feature and provider registration. Registering again changes nothing, so these POSTs may be retried. */
export function createRegistration(client: ArmClient): Registration {
  async function feature(subscriptionId: string, action?: 'register' | 'unregister'): Promise<FeatureState> {
    try {
      const state = await client.read(subscriptionId, featureRequest(subscriptionId, action), (answer) =>
        required(asString(at(answer.body, 'properties', 'state')), 'feature', answer),
      );
      return { known: true, state };
    } catch (error) {
      if (featureUnknown(error)) return { known: false };
      throw error;
    }
  }
  async function provider(subscriptionId: string, method: 'GET' | 'POST'): Promise<ProviderState> {
    const path = `${subscriptionPath(subscriptionId)}${armPath('providers', containerService)}${method === 'POST' ? '/register' : ''}`;
    const request: ArmRequest = { method, to: { path, apiVersion: apiVersions.providers } };
    return client.read(subscriptionId, request, (answer) => ({
      state: required(stringAt(answer, 'registrationState'), 'provider', answer),
    }));
  }
  return {
    feature: async (subscriptionId) => feature(subscriptionId),
    registerFeature: async (subscriptionId) => feature(subscriptionId, 'register'),
    unregisterFeature: async (subscriptionId) => feature(subscriptionId, 'unregister'),
    provider: async (subscriptionId) => provider(subscriptionId, 'GET'),
    registerProvider: async (subscriptionId) => provider(subscriptionId, 'POST'),
  };
}
