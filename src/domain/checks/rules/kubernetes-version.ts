import { failsAlways, localDnsGuide, type PoolCheck } from '../check.ts';
import { poolVersion, type PoolFacts } from '../facts.ts';
import { lowestOffered } from '../../../model/aks-releases.ts';
import { atLeast, parseVersion } from '../../../model/kubernetes-version.ts';
import { azCluster, azPool, replacement, shown, unknown } from '../verdict-parts.ts';

const required = 'Kubernetes 1.31 or later';

const minMinor = 31;

function lowestFor({ cluster }: PoolFacts): string {
  const long = cluster.known && cluster.value.supportPlan?.toLowerCase() === 'akslongtermsupport';
  return long ? lowestOffered.longTermSupport : lowestOffered.official;
}

/**
 * Versions below 1.31 are out of support. Such a control plane cannot be upgraded alone: the whole cluster is upgraded
 * to the lowest version offered, and may skip minor versions on the way, like clusters with long-term support. A pool
 * is upgraded to the version of its control plane. Source: AKS docs, supported Kubernetes versions, and upgrades of the
 * control plane.
 */
function upgrade(facts: PoolFacts): string {
  const { cluster, clusterRef, pool, isNew } = facts;
  const clusterVersion = cluster.known ? cluster.value.kubernetesVersion : undefined;
  const parsed = clusterVersion === undefined ? undefined : parseVersion(clusterVersion);
  const add = (version: string): string => replacement(facts, ['--kubernetes-version', version]);
  if (clusterVersion === undefined || parsed === undefined)
    return azCluster(clusterRef, ['get-upgrades'], ['-o', 'table']);
  if (atLeast(parsed, 1, minMinor))
    return isNew ? add(clusterVersion) : azPool(pool.ref, 'upgrade', ['--kubernetes-version', clusterVersion]);
  const lowest = lowestFor(facts);
  const whole = azCluster(clusterRef, ['upgrade'], ['--kubernetes-version', lowest]);
  return isNew ? `${whole} && ${add(lowest)}` : whole;
}

export const kubernetesVersion: PoolCheck = {
  id: 'kubernetes-version',
  title: 'The pool runs Kubernetes 1.31 or later',
  problem: 'Kubernetes older than 1.31',
  level: 'pool',
  severity: failsAlways,
  since: '2025-07',
  source: localDnsGuide,
  stops: 'turning-on',
  explanation:
    'LocalDNS needs Kubernetes 1.31 or later. The check uses the version that the nodes of the pool run ' +
    '(`currentOrchestratorVersion`), because a pool can lag behind its control plane. Below 1.31, no mode is ' +
    'supported.',
  howToFix:
    'Upgrade the pool to the version of its control plane (`az aks nodepool upgrade --kubernetes-version`). If the ' +
    'control plane itself is older than 1.31, upgrade the whole cluster to the lowest version offered (`az aks ' +
    'upgrade --kubernetes-version`); a control plane that is out of support cannot be upgraded alone. `az aks ' +
    'get-upgrades` lists the versions offered.',
  judge(facts) {
    const text = poolVersion(facts);
    if (text === undefined) {
      return unknown(
        required,
        facts.isNew
          ? 'The new pool uses the version of its cluster, which is unknown.'
          : 'Azure does not report the Kubernetes version of the pool.',
      );
    }
    const observed = shown(text);
    const version = parseVersion(text);
    if (version === undefined)
      return unknown(required, `'${observed}' is not a valid Kubernetes version.`, undefined, observed);
    if (atLeast(version, 1, minMinor))
      return { status: 'pass', observed, required, reason: `The pool runs Kubernetes ${observed}.` };
    const reason = `The pool runs Kubernetes ${observed}, but LocalDNS needs 1.31 or later. Older versions are out of support; the upgrade may skip minor versions, and \`az aks get-upgrades\` lists the versions offered.`;
    return { status: 'fail', observed, required, reason, fix: upgrade(facts) };
  },
};
