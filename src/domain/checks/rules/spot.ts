import { warnsAlways, type PoolCheck } from '../check.ts';

const required = 'not a spot pool';

export const spot: PoolCheck = {
  id: 'spot',
  title: 'The pool is not a spot pool',
  problem: 'Spot pool',
  level: 'pool',
  severity: warnsAlways,
  since: '2025-07',
  source: { document: 'AKS docs, Add a spot node pool', link: 'https://learn.microsoft.com/azure/aks/spot-node-pool' },
  stops: 'turning-on',
  explanation:
    'Spot nodes are replaced by eviction, without surge nodes, without draining, and without respecting disruption ' +
    'budgets. LocalDNS works there, but turning it on is more disruptive than on other pools.',
  howToFix: 'Nothing to fix. Expect pods on the pool to be evicted without draining.',
  judge({ pool }) {
    return pool.spot
      ? {
          status: 'warn',
          observed: 'Spot',
          required,
          reason:
            'Spot nodes are reimaged without surge nodes and without draining; pods are evicted regardless of their ' +
            'disruption budget.',
        }
      : { status: 'pass', observed: 'Regular', required, reason: 'Nodes are drained before they are reimaged.' };
  },
};
