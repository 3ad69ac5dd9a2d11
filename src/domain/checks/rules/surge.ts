import { count as counted } from '../../../core/text.ts';
import { atOnce } from '../../../model/surge.ts';
import { assumption } from '../capacity/surge-nodes.ts';
import { warnsAlways, type PoolCheck } from '../check.ts';
import { azPool, shown, unknown } from '../verdict-parts.ts';

const required = 'nodes are replaced by surge nodes (33% recommended in production)';

export const surge: PoolCheck = {
  id: 'surge',
  title: 'The pool keeps its capacity while nodes are reimaged',
  problem: 'Reduced capacity while nodes are reimaged',
  level: 'pool',
  severity: warnsAlways,
  since: '2025-07',
  source: {
    document: 'AKS docs, Upgrade node pools, rolling upgrades: maxSurge and maxUnavailable',
    link: 'https://learn.microsoft.com/azure/aks/upgrade-aks-node-pools-rolling',
  },
  stops: 'turning-on',
  explanation:
    '`maxSurge` sets how many extra nodes are added while others are replaced: 10% by default, rounded up; AKS ' +
    'recommends 33% in production. With `maxSurge` 0, nodes are taken out of service instead, `maxUnavailable` of ' +
    'them at a time, and the pool is smaller meanwhile. Surge nodes need vCPU quota and IP addresses. The ' +
    'documentation strongly implies that these settings apply to the reimage of a LocalDNS change, but does not ' +
    'state it: this is an assumption.',
  howToFix: 'Set a surge: `az aks nodepool update --max-surge 33%`.',
  judge({ pool, isNew }) {
    if (isNew || pool.spot) return undefined;
    const surgeText = shown(pool.maxSurge, '10% (the default)');
    const unavailableText = shown(pool.maxUnavailable, '0 (the default)');
    const observed = `maxSurge ${surgeText}, maxUnavailable ${unavailableText}`;
    if (pool.count === 0) return { status: 'pass', observed, required, reason: 'The pool has no nodes to reimage.' };
    const nodes = pool.count ?? 1;
    const extra = atOnce(pool.maxSurge ?? '10%', nodes);
    const away = atOnce(pool.maxUnavailable ?? '0', nodes);
    if (extra === undefined || away === undefined)
      return unknown(required, 'Cannot read the upgrade settings of the pool.', undefined, observed);
    if (extra > 0) {
      const reason = `${pool.count === undefined ? 'Nodes are replaced' : `${counted(extra, 'node')} at a time ${extra === 1 ? 'is' : 'are'} replaced`} by surge nodes, which need vCPU quota and IP addresses; ${assumption}.`;
      return { status: 'pass', observed, required, reason };
    }
    // Azure rejects both at the same time.
    const fix = azPool(pool.ref, 'update', ['--max-surge', '33%', ...(away > 0 ? ['--max-unavailable', '0'] : [])]);
    const reason =
      away > 0
        ? `Without surge nodes the pool loses ${counted(away, 'node')} at a time while nodes are reimaged; ${assumption}.`
        : `No node can be replaced, because neither surge nodes nor unavailable nodes are allowed; ${assumption}.`;
    return { status: 'warn', observed, required, reason, fix };
  },
};
