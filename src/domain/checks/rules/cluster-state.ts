import { failsAlways, type SharedCheck } from '../check.ts';
import { azCluster, shown, unknown } from '../verdict-parts.ts';

const required = 'Succeeded, no operation running';

export const clusterState: SharedCheck = {
  id: 'cluster-state',
  title: 'The last operation on the cluster succeeded, and none is running',
  problem: 'Cluster busy, failed or being deleted',
  level: 'cluster',
  severity: failsAlways,
  since: '2025-07',
  source: {
    document: 'AKS REST API, Managed Clusters, provisioningState',
    link: 'https://learn.microsoft.com/rest/api/aks/managed-clusters/get',
  },
  stops: 'turning-on',
  explanation:
    'While an operation runs on the cluster itself, Azure refuses changes of its node pools (409), and a change must wait: that passes by ' +
    'itself, so it is a warning. A failed or canceled cluster takes changes, but whatever broke it may break them too. Azure adds ' +
    'words for running operations over time: every word that is not an end is taken as running. Only a cluster that is being deleted fails.',
  howToFix:
    'Wait for the running operation (`az aks wait --updated`), or repair a failed cluster with `az aks update` without further options.',
  judge({ cluster, clusterRef }) {
    if (!cluster.known) return unknown(required, cluster.why);
    const observed = shown(cluster.value.provisioningState);
    switch (observed.toLowerCase()) {
      case 'succeeded':
        return { status: 'pass', observed, required, reason: 'The last operation on the cluster succeeded.' };
      case 'not set':
        return unknown(required, 'Azure does not say in which state the cluster is.', undefined, observed);
      case 'failed':
      case 'canceled': {
        const reason = `The last operation on the cluster ended as ${observed}: what broke it may break the next one as well.`;
        return { status: 'warn', observed, required, reason, fix: azCluster(clusterRef, ['update']) };
      }
      case 'deleting':
        return {
          status: 'fail',
          observed,
          required,
          reason: 'The cluster is being deleted.',
          fix: 'Choose a cluster that stays.',
        };
      default: {
        const reason = `An operation is running on the cluster (${observed}): Azure refuses changes of its pools until it ends.`;
        return { status: 'warn', observed, required, reason, fix: azCluster(clusterRef, ['wait'], ['--updated']) };
      }
    }
  },
};
