import { failsAlways, localDnsGuide, type PoolCheck } from '../check.ts';
import { poolVersion, type PoolFacts } from '../facts.ts';
import { atLeast, parseVersion } from '../version.ts';
import { azCluster, azPool, replacement, shown, unknown } from '../words.ts';

const required = 'Kubernetes 1.31 or later';

/** The control plane goes first, and a pool never runs ahead of it. */
function upgrade(facts: PoolFacts): string {
  const { cluster, clusterRef, pool } = facts;
  const clusterVersion = cluster.known ? cluster.value.kubernetesVersion : undefined;
  const parsed = clusterVersion === undefined ? undefined : parseVersion(clusterVersion);
  const ready = clusterVersion !== undefined && parsed !== undefined && atLeast(parsed, 1, 31);
  const target = ready ? clusterVersion : '1.31';
  const last = facts.isNew
    ? replacement(facts, ['--kubernetes-version', target])
    : azPool(pool.ref, 'upgrade', ['--kubernetes-version', target]);
  if (ready) return last;
  return `${azCluster(clusterRef, ['upgrade'], ['--control-plane-only', '--kubernetes-version', target])} && ${last}`;
}

export const kubernetesVersion: PoolCheck = {
  id: 'kubernetes-version',
  title: 'The pool runs Kubernetes 1.31 or later',
  level: 'pool',
  severity: failsAlways,
  since: '2025-07',
  source: localDnsGuide,
  stops: 'turning-on',
  explanation:
    "LocalDNS needs Kubernetes 1.31. What the pool's nodes really run decides (`currentOrchestratorVersion`), not the cluster's version: a pool " +
    'may lag behind its control plane. Below 1.31 no mode is supported.',
  howToFix: 'Upgrade the control plane where it is older, one minor version at a time, then the pool: `az aks nodepool upgrade --kubernetes-version`.',
  judge(facts) {
    const text = poolVersion(facts);
    if (text === undefined) {
      return unknown(required, facts.isNew ? 'The new pool takes the version of its cluster, which is not known.' : 'Azure does not say which version the pool runs.');
    }
    const observed = shown(text);
    const version = parseVersion(text);
    if (version === undefined) return unknown(required, `'${observed}' cannot be read as a Kubernetes version.`, undefined, observed);
    if (atLeast(version, 1, 31)) return { status: 'pass', observed, required, reason: `The pool's version is ${observed}.` };
    const reason = `The pool's version is ${observed}, and LocalDNS needs 1.31; AKS upgrades one minor version at a time.`;
    return { status: 'fail', observed, required, reason, fix: upgrade(facts) };
  },
};
