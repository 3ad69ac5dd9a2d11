import { containerService } from '../../../model/registration.ts';
import { failsAlways, type SharedCheck } from '../check.ts';
import { ownSubscriptionCommand, shown, unknown } from '../verdict-parts.ts';

const required = `${containerService} is Registered`;

export const providerRegistered: SharedCheck = {
  id: 'provider-registered',
  title: `The resource provider ${containerService} is registered`,
  problem: `Resource provider ${containerService} not registered`,
  level: 'subscription',
  severity: failsAlways,
  since: '2025-07',
  source: {
    document: 'Azure Resource Manager docs, Azure resource providers and types',
    link: 'https://learn.microsoft.com/azure/azure-resource-manager/management/resource-providers-and-types',
  },
  stops: 'turning-on',
  explanation:
    'AKS is part of the resource provider Microsoft.ContainerService, which must be registered in the subscription. ' +
    'After a preview feature is registered, the provider must be registered again to pick up the feature. Azure does ' +
    'not show whether that was done, so the check sees only the registration state.',
  howToFix: 'Register the provider: `aks-localdns provider register`. You can safely register it again.',
  judge({ subscription }) {
    const fix = ownSubscriptionCommand(['provider', 'register'], subscription.id);
    if (!subscription.provider.known) return unknown(required, subscription.provider.why);
    const observed = shown(subscription.provider.value.state);
    switch (observed.toLowerCase()) {
      case 'registered':
        return { status: 'pass', observed, required, reason: 'The resource provider is registered.' };
      case 'registering':
        return {
          status: 'warn',
          observed,
          required,
          reason: 'The registration is in progress; some regions may not be ready yet.',
          fix,
        };
      case 'notregistered':
      case 'unregistered':
      case 'unregistering':
        return {
          status: 'fail',
          observed,
          required,
          reason: 'The resource provider is not registered in this subscription.',
          fix,
        };
      default:
        return unknown(required, `The resource provider is in the unrecognized state '${observed}'.`, fix, observed);
    }
  },
};
