import { failsAlways, localDnsGuide, type PoolCheck } from '../check.ts';
import { poolVersion, type PoolFacts } from '../facts.ts';
import { atLeast, parseVersion, type Version } from '../version.ts';
import { azCluster, azPool, replacement, shown, unknown } from '../verdict-parts.ts';

const required = 'Kubernetes 1.31 or later';

const least = 31;

/** `# then again, until 1.31`, for whoever is not there by this step. */
function after(minor: number, also = ''): string {
  return minor < least ? `  # then again, until 1.${String(least)}${also}` : '';
}

function controlPlane({ clusterRef }: PoolFacts, minor: number): string {
  return azCluster(clusterRef, ['upgrade'], ['--control-plane-only', '--kubernetes-version', `1.${String(minor)}`]);
}

/** A pool that is made is of any version up to its control plane's. */
function addLater(facts: PoolFacts, clusterVersion: string | undefined, clusterMinor: number): string {
  const add = (version: string): string => replacement(facts, ['--kubernetes-version', version]);
  if (clusterVersion !== undefined && clusterMinor >= least) return add(clusterVersion);
  const minor = clusterMinor + 1;
  return minor >= least
    ? `${controlPlane(facts, minor)} && ${add(`1.${String(minor)}`)}`
    : `${controlPlane(facts, minor)}${after(minor, '; then add the pool')}`;
}

/**
 * The next step alone: AKS refuses to skip a minor version, of pools too, and a pool never runs ahead of its control
 * plane. Source: AKS docs, upgrades frequently asked questions; AKS, "you can only upgrade one minor version at a
 * time".
 */
function upgrade(facts: PoolFacts, version: Version): string {
  const { cluster, pool, isNew } = facts;
  const clusterVersion = cluster.known ? cluster.value.kubernetesVersion : undefined;
  const parsed = clusterVersion === undefined ? undefined : parseVersion(clusterVersion);
  const clusterMinor = parsed?.minor ?? version.minor;
  if (isNew) return addLater(facts, parsed === undefined ? undefined : clusterVersion, clusterMinor);
  const minor = version.minor + 1;
  // The alias may stand for a later patch than that of the control plane.
  const target = clusterVersion !== undefined && clusterMinor === minor ? clusterVersion : `1.${String(minor)}`;
  const step = `${azPool(pool.ref, 'upgrade', ['--kubernetes-version', target])}${after(minor)}`;
  return clusterMinor >= minor ? step : `${controlPlane(facts, minor)} && ${step}`;
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
  howToFix:
    'One minor version at a time, until 1.31: upgrade the control plane where it is older, then the pool: `az aks nodepool upgrade --kubernetes-version`.',
  judge(facts) {
    const text = poolVersion(facts);
    if (text === undefined) {
      return unknown(
        required,
        facts.isNew
          ? 'The new pool takes the version of its cluster, which is not known.'
          : 'Azure does not say which version the pool runs.',
      );
    }
    const observed = shown(text);
    const version = parseVersion(text);
    if (version === undefined)
      return unknown(required, `'${observed}' cannot be read as a Kubernetes version.`, undefined, observed);
    if (atLeast(version, 1, least))
      return { status: 'pass', observed, required, reason: `The pool's version is ${observed}.` };
    const reason = `The pool's version is ${observed}, and LocalDNS needs 1.31; AKS upgrades one minor version at a time.`;
    return { status: 'fail', observed, required, reason, fix: upgrade(facts, version) };
  },
};
