import { failsAlways, type PoolCheck } from '../check.ts';
import { azCluster, azPool, shown, unknown } from '../verdict-parts.ts';

const required = 'Running';

export const poolPower: PoolCheck = {
  id: 'pool-power',
  title: 'The pool is not stopped',
  problem: 'Pool stopped',
  level: 'pool',
  severity: failsAlways,
  since: '2025-07',
  source: {
    document: 'AKS docs, Start and stop node pools',
    link: 'https://learn.microsoft.com/azure/aks/start-stop-nodepools',
  },
  stops: 'any-write',
  explanation:
    'A stopped pool has no nodes to change, and the result of a LocalDNS change there is not documented. All pools ' +
    'of a stopped cluster are stopped as well.',
  howToFix: 'Start the pool: `az aks nodepool start`.',
  judge({ pool, isNew, cluster, clusterRef }) {
    if (isNew) return undefined;
    const observed = shown(pool.powerState);
    if (observed.toLowerCase() === 'running')
      return { status: 'pass', observed, required, reason: 'The pool is running.' };
    if (observed.toLowerCase() === 'stopped') {
      const whole = cluster.known && cluster.value.powerState?.toLowerCase() === 'stopped';
      const reason = `The pool is stopped${whole ? ' with its cluster' : ''}, so it has no nodes to change.`;
      const fix = whole ? azCluster(clusterRef, ['start']) : azPool(pool.ref, 'start');
      return { status: 'fail', observed, required, reason, fix };
    }
    return unknown(
      required,
      `Azure does not report the pool as running (power state: ${observed}).`,
      undefined,
      observed,
    );
  },
};
