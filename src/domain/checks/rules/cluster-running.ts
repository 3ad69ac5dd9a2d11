import { failsAlways, type SharedCheck } from '../check.ts';
import { azCluster, shown, unknown } from '../verdict-parts.ts';

const required = 'Running';

export const clusterRunning: SharedCheck = {
  id: 'cluster-running',
  title: 'The cluster runs',
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
    'A stopped cluster can be started or deleted, and nothing else: Azure refuses every change of its node pools. A cluster may well be ' +
    '`Succeeded` and stopped at once, so the power state decides.',
  howToFix: 'Start the cluster: `az aks start`.',
  judge({ cluster, clusterRef }) {
    if (!cluster.known) return unknown(required, cluster.why);
    const observed = shown(cluster.value.powerState);
    if (observed.toLowerCase() === 'running')
      return { status: 'pass', observed, required, reason: 'The cluster runs.' };
    if (observed.toLowerCase() === 'stopped') {
      const reason = 'The cluster is stopped, and Azure takes no change of a stopped cluster.';
      return { status: 'fail', observed, required, reason, fix: azCluster(clusterRef, ['start']) };
    }
    return unknown(
      required,
      `Azure does not say that the cluster runs (power state: ${observed}).`,
      undefined,
      observed,
    );
  },
};
