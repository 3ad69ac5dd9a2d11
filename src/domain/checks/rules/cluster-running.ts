import { failsAlways, type SharedCheck } from '../check.ts';
import { azCluster, shown, unknown } from '../verdict-parts.ts';

const required = 'Running';

export const clusterRunning: SharedCheck = {
  id: 'cluster-running',
  title: 'The cluster is running',
  problem: 'Cluster stopped',
  level: 'cluster',
  severity: failsAlways,
  since: '2025-07',
  source: {
    document: 'AKS docs, Stop and start a cluster',
    link: 'https://learn.microsoft.com/azure/aks/start-stop-cluster',
  },
  stops: 'any-write',
  explanation:
    'A stopped cluster can only be started or deleted; Azure rejects every change to its node pools. A cluster can ' +
    'be `Succeeded` and stopped at the same time, so this check reads the power state.',
  howToFix: 'Start the cluster: `az aks start`.',
  judge({ cluster, clusterRef }) {
    if (!cluster.known) return unknown(required, cluster.why);
    const observed = shown(cluster.value.powerState);
    if (observed.toLowerCase() === 'running')
      return { status: 'pass', observed, required, reason: 'The cluster is running.' };
    if (observed.toLowerCase() === 'stopped') {
      const reason = 'The cluster is stopped, and Azure rejects changes to a stopped cluster.';
      return { status: 'fail', observed, required, reason, fix: azCluster(clusterRef, ['start']) };
    }
    return unknown(
      required,
      `Azure does not report the cluster as running (power state: ${observed}).`,
      undefined,
      observed,
    );
  },
};
