import { count as counted } from '../../../core/text.ts';
import { warnsAlways, type PoolCheck } from '../check.ts';
import { azPool, unknown } from '../verdict-parts.ts';

const required = 'more than one node, or none';

export const singleNode: PoolCheck = {
  id: 'single-node',
  title: 'The pool has more than one node',
  problem: 'Only one node',
  level: 'pool',
  severity: warnsAlways,
  since: '2025-07',
  source: {
    document: 'AKS docs, Upgrade node pools, rolling upgrades',
    link: 'https://learn.microsoft.com/azure/aks/upgrade-aks-node-pools-rolling',
  },
  stops: 'turning-on',
  explanation:
    'Every change of the LocalDNS profile reimages all nodes of the pool. If the pool has a single node, everything ' +
    'on it is evicted at the same time, and pods that are bound to this pool can only move to a surge node, if there ' +
    'is one.',
  howToFix: 'Scale the pool to two nodes before the change, and back afterwards.',
  judge({ pool, isNew }) {
    if (isNew) return undefined;
    const { count } = pool;
    if (count === undefined) return unknown(required, 'Azure does not report the number of nodes.');
    const observed = counted(count, 'node');
    if (count === 0)
      return {
        status: 'pass',
        observed,
        required,
        reason: 'The pool has no nodes, so nothing is disrupted; new nodes start with the setting.',
      };
    if (count > 1)
      return {
        status: 'pass',
        observed,
        required,
        reason: 'While one node is reimaged, its pods can move to other nodes of the pool.',
      };
    return {
      status: 'warn',
      observed,
      required,
      reason: `The pool has one node, and everything on it is evicted at the same time${pool.mode?.toLowerCase() === 'system' ? ', including system pods' : ''}.`,
      fix:
        pool.autoscaling === undefined
          ? azPool(pool.ref, 'scale', ['--node-count', '2'])
          : azPool(pool.ref, 'update', [
              '--update-cluster-autoscaler',
              '--min-count',
              '2',
              '--max-count',
              String(Math.max(2, pool.autoscaling.max ?? 2)),
            ]),
    };
  },
};
