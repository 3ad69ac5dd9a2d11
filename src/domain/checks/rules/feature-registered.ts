import { localDnsFeature } from '../../../model/registration.ts';
import { localDnsGuide, type SharedCheck } from '../check.ts';
import { oursForSubscription, shown, unknown } from '../verdict-parts.ts';

const required = `${localDnsFeature} is Registered`;
const underWay = ['registering'];
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
    'While LocalDNS was a preview, a subscription had to register the feature Microsoft.ContainerService/LocalDNSPreview, and to refresh ' +
    'the resource provider after it. The service became generally available in November 2025 and needs no feature since; the documentation ' +
    'dropped the step on 2025-11-10. Azure may no longer list the feature at all, which is a warning and nothing to wait for.',
  howToFix:
    'Register the feature, wait until Azure says Registered (minutes, sometimes hours), and refresh the provider: `aks-localdns setup`.',
  judge({ subscription }) {
    const fix = oursForSubscription(['setup'], subscription.id);
    if (!subscription.feature.known) return unknown(required, subscription.feature.why);
    const feature = subscription.feature.value;
    if (!feature.known) {
      return {
        status: 'warn',
        observed: 'not known to Azure',
        required,
        reason: `Azure does not know the feature ${localDnsFeature} (any more): the service has needed none since November 2025, so there is nothing to register.`,
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
          'The registration waits for Microsoft to approve it: nobody in the tenant can, and time alone does not end it. Ask Microsoft support, or go by the rules of today, which need no feature.',
        fix: oursForSubscription(['check'], subscription.id, ['--ruleset', 'ga']),
      };
    }
    if (underWay.includes(state)) {
      return {
        status: 'fail',
        observed,
        required,
        reason: `The registration is under way (${observed}); it takes minutes, sometimes hours.`,
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
    return unknown(
      required,
      `Azure gives the feature the state '${observed}', which this program does not know.`,
      undefined,
      observed,
    );
  },
};
