import { warnsAlways, type PoolCheck } from '../check.ts';

const required = 'not a spot pool';

export const spot: PoolCheck = {
  id: 'spot',
  title: 'The pool is no spot pool',
  problem: 'Spot pool',
  level: 'pool',
  severity: warnsAlways,
  since: '2025-07',
  source: { document: 'AKS docs, Add a spot node pool', link: 'https://learn.microsoft.com/azure/aks/spot-node-pool' },
  stops: 'turning-on',
  explanation:
    'Spot nodes are replaced by eviction: there is no surge, no draining and no regard for disruption budgets. LocalDNS works there, ' +
    'but turning it on interrupts what runs on the pool more roughly than elsewhere.',
  howToFix: 'Nothing to fix: expect that pods on the pool are evicted without draining.',
  judge({ pool }) {
    return pool.spot
      ? {
          status: 'warn',
          observed: 'Spot',
          required,
          reason:
            'Spot nodes are reimaged without surge and without draining: pods are evicted whatever their disruption budget says.',
        }
      : { status: 'pass', observed: 'Regular', required, reason: 'Nodes are drained before they are reimaged.' };
  },
};
