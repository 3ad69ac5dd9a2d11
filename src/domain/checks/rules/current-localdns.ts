import { localDnsGuide, warnsAlways, type PoolCheck } from '../check.ts';
import { isOn } from '../facts.ts';
import { ours, shown } from '../verdict-parts.ts';

const required = 'nothing; it tells how the pool is now';

export const currentLocalDns: PoolCheck = {
  id: 'current-localdns',
  title: 'How LocalDNS is set on the pool now',
  problem: 'LocalDNS requested but not reported as on',
  level: 'pool',
  severity: warnsAlways,
  since: '2025-07',
  source: localDnsGuide,
  stops: 'turning-on',
  explanation:
    'Azure stores a mode (what was asked for: Required, Preferred, Disabled) and a state (whether it is on: Enabled, Disabled). A pool that was never ' +
    'configured has neither. On Kubernetes 1.31 and later Preferred is validated and not installed, and still reimages the nodes: it is no dry ' +
    'run. Enabled is what Azure was told, not a proof that nodes answer. New pools of AKS Automatic clusters get Required by themselves.',
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
    if (isOn(facts)) return { status: 'pass', observed, required, reason: 'LocalDNS is on in this pool already.' };
    if (mode.toLowerCase() === 'required') {
      const reason = 'LocalDNS was asked for, and Azure does not say that it is on.';
      return { status: 'warn', observed, required, reason, fix: ours(['nodepool', 'show'], facts.pool.ref) };
    }
    if (mode.toLowerCase() === 'preferred') {
      return {
        status: 'pass',
        observed,
        required,
        reason: 'The configuration is stored and not installed: AKS decides by the Kubernetes version.',
      };
    }
    return { status: 'pass', observed, required, reason: 'LocalDNS is off; stored overrides are kept.' };
  },
};
