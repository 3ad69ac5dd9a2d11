import { localDnsFeature } from '../../../model/registration.ts';
import { localDnsGuide, type SharedCheck } from '../check.ts';
import { ownSubscriptionCommand, shown, unknown } from '../verdict-parts.ts';

const required = `${localDnsFeature} is Registered`;
const notRegistered = ['notspecified', 'notregistered', 'unregistering', 'unregistered'];

export const featureRegistered: SharedCheck = {
  id: 'feature-registered',
  title: `The preview feature ${localDnsFeature} is registered`,
  problem: `Preview feature ${localDnsFeature} not registered`,
  level: 'subscription',
  severity: { preview: 'fail', ga: 'off' },
  since: '2025-07',
  until: '2025-11-10',
  source: localDnsGuide,
  stops: 'turning-on',
  explanation:
    'While LocalDNS was in preview, each subscription had to register the feature ' +
    'Microsoft.ContainerService/LocalDNSPreview and then refresh the resource provider. LocalDNS became generally ' +
    'available in November 2025 and no longer needs the feature; the documentation dropped the step on 2025-11-10. ' +
    'If Azure no longer lists the feature, this is a warning, and there is nothing to wait for.',
  howToFix:
    'Register the feature, wait until its state is Registered (minutes, sometimes hours), and refresh the provider: ' +
    '`aks-localdns setup`.',
  judge({ subscription }) {
    const fix = ownSubscriptionCommand(['setup'], subscription.id);
    if (!subscription.feature.known) return unknown(required, subscription.feature.why);
    const feature = subscription.feature.value;
    if (!feature.known) {
      return {
        status: 'warn',
        observed: 'unknown to Azure',
        required,
        reason: `Azure does not list the feature ${localDnsFeature}. LocalDNS has not needed it since November 2025, so there is nothing to register.`,
      };
    }
    const observed = shown(feature.state);
    const state = feature.state.toLowerCase();
    if (state === 'registered') return { status: 'pass', observed, required, reason: 'The feature is registered.' };
    if (state === 'pending') {
      return {
        status: 'fail',
        observed,
        required,
        reason:
          'The registration is waiting for approval by Microsoft; nobody in your tenant can approve it. Contact ' +
          'Microsoft support, or use the current rules, which do not require the feature.',
        fix: ownSubscriptionCommand(['check'], subscription.id, ['--ruleset', 'ga']),
      };
    }
    if (state === 'registering') {
      return {
        status: 'fail',
        observed,
        required,
        reason: `The registration is in progress (${observed}); it takes minutes, sometimes hours.`,
        fix,
      };
    }
    if (notRegistered.includes(state)) {
      return {
        status: 'fail',
        observed,
        required,
        reason: 'The preview feature is not registered in this subscription.',
        fix,
      };
    }
    return unknown(required, `The feature is in the unrecognized state '${observed}'.`, undefined, observed);
  },
};
