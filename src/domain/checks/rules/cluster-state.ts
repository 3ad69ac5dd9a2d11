import { failsAlways, type SharedCheck } from '../check.ts';
import { azCluster, shown, unknown } from '../verdict-parts.ts';

const required = 'Succeeded, no operation in progress';

export const clusterState: SharedCheck = {
  id: 'cluster-state',
  title: 'The last cluster operation succeeded, and none is in progress',
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
    'While an operation is in progress on the cluster, Azure rejects changes to its node pools (409). This is a ' +
    'warning, because the operation ends without your help. A cluster in state Failed or Canceled accepts changes, ' +
    'but the original problem may make them fail too. Azure adds new state names over time, so every state that is ' +
    'not final counts as in progress. The check fails only if the cluster is being deleted.',
  howToFix:
    'Wait for the operation to finish (`az aks wait --updated`), or repair a failed cluster by running `az aks ' +
    'update` without further options.',
  judge({ cluster, clusterRef }) {
    if (!cluster.known) return unknown(required, cluster.why);
    const observed = shown(cluster.value.provisioningState);
    switch (observed.toLowerCase()) {
      case 'succeeded':
        return { status: 'pass', observed, required, reason: 'The last cluster operation succeeded.' };
      case 'not set':
        return unknown(required, 'Azure does not report the state of the cluster.', undefined, observed);
      case 'failed':
      case 'canceled': {
        const reason = `The last cluster operation ended in state ${observed}; the same problem may make the next one fail.`;
        return { status: 'warn', observed, required, reason, fix: azCluster(clusterRef, ['update']) };
      }
      case 'deleting':
        return {
          status: 'fail',
          observed,
          required,
          reason: 'The cluster is being deleted.',
          fix: 'Choose another cluster.',
        };
      default: {
        const reason = `An operation is in progress on the cluster (${observed}); Azure rejects changes to its pools until it ends.`;
        return { status: 'warn', observed, required, reason, fix: azCluster(clusterRef, ['wait'], ['--updated']) };
      }
    }
  },
};
