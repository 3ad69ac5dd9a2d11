import { localDnsGuide, warnsAlways, type PoolCheck } from '../check.ts';
import { isOn } from '../facts.ts';
import { ownCommand, shown } from '../verdict-parts.ts';

const required = 'none; shows the current setting';

export const currentLocalDns: PoolCheck = {
  id: 'current-localdns',
  title: 'The LocalDNS state of the pool matches its mode',
  problem: 'LocalDNS requested but not reported as on',
  level: 'pool',
  severity: warnsAlways,
  since: '2025-07',
  source: localDnsGuide,
  stops: 'turning-on',
  explanation:
    'Azure stores a mode (the requested setting: Required, Preferred, Disabled) and a state (whether LocalDNS is on: ' +
    'Enabled, Disabled). A pool that was never configured has neither. On Kubernetes 1.31 and later, Preferred is ' +
    'validated but not installed, and still reimages the nodes; it is not a dry run. Enabled is the state that Azure ' +
    'has recorded; it does not prove that the nodes answer queries. New pools in AKS Automatic clusters get Required ' +
    'automatically.',
  howToFix: 'Turn LocalDNS on: `aks-localdns nodepool enable`.',
  judge(facts) {
    if (facts.isNew) return undefined;
    const profile = facts.pool.localDns;
    if (profile === undefined)
      return {
        status: 'pass',
        observed: 'never configured',
        required,
        reason: 'LocalDNS was never configured on this pool.',
      };
    const mode = shown(profile.mode);
    const observed = `mode ${mode}, state ${shown(profile.state)}`;
    if (isOn(facts)) return { status: 'pass', observed, required, reason: 'LocalDNS is already on in this pool.' };
    if (mode.toLowerCase() === 'required') {
      const reason = 'LocalDNS was requested, but Azure does not report it as on.';
      return { status: 'warn', observed, required, reason, fix: ownCommand(['nodepool', 'show'], facts.pool.ref) };
    }
    if (mode.toLowerCase() === 'preferred') {
      return {
        status: 'pass',
        observed,
        required,
        reason: 'The configuration is stored but not installed; AKS decides based on the Kubernetes version.',
      };
    }
    return { status: 'pass', observed, required, reason: 'LocalDNS is off; the stored overrides are kept.' };
  },
};
