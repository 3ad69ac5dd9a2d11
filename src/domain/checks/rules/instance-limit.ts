import { count as counted } from '../../../core/text.ts';
import { assumption, assumptionExplained, surgeNodes } from '../capacity/surge-nodes.ts';
import { warnsAlways, type PoolCheck } from '../check.ts';
import type { PoolFacts } from '../facts.ts';
import { azPool, unknown } from '../verdict-parts.ts';

/** Source: AKS docs, quotas: nodes per scale-set pool. */
const maxNodes = 1000;
const required = 'at most 1,000 nodes, surge nodes included';

export const instanceLimit: PoolCheck = {
  id: 'instance-limit',
  title: 'The pool and its surge nodes stay within the scale set limit',
  problem: 'Surge nodes exceed the scale set limit',
  level: 'pool',
  severity: warnsAlways,
  since: '2025-07',
  source: {
    document: 'AKS docs, Quotas, virtual machine size restrictions, and region availability',
    link: 'https://learn.microsoft.com/azure/aks/quotas-skus-regions',
  },
  stops: 'turning-on',
  onlyWith: '--capacity',
  explanation: `A scale-set pool can have at most 1,000 nodes, including the surge nodes of a reimage. ${assumptionExplained} Runs only with \`--capacity\`.`,
  howToFix: 'Lower the surge (`az aks nodepool update --max-surge`), or scale the pool down before the change.',
  judge(facts) {
    const { pool, isNew } = facts;
    const scaleSet = pool.type?.toLowerCase() === 'virtualmachinescalesets';
    if (facts.usages === undefined || isNew || !scaleSet) return undefined;
    const surge = surgeNodes(facts);
    if (!surge.known) return unknown(required, `The number of surge nodes is unknown: ${surge.why}.`);
    const nodes = pool.count ?? 0;
    const observed = `${counted(nodes, 'node')} and ${counted(surge.value, 'surge node')}`;
    if (nodes + surge.value <= maxNodes)
      return { status: 'pass', observed, required, reason: 'The scale set has room for the surge nodes.' };
    return {
      status: 'warn',
      observed,
      required,
      reason: `The pool would have ${String(nodes + surge.value)} nodes during the reimage, but a scale set can have at most ${String(maxNodes)}; ${assumption}.`,
      fix: smallerSurge(facts, maxNodes - nodes),
    };
  },
};

/** maxUnavailable is not supported on system pools. Source: AKS docs, rolling upgrades. */
function smallerSurge({ pool }: PoolFacts, room: number): string {
  if (room > 0) return azPool(pool.ref, 'update', ['--max-surge', String(room)]);
  return pool.mode?.toLowerCase() === 'system'
    ? 'Scale the pool down first: a system pool cannot do without surge nodes.'
    : azPool(pool.ref, 'update', ['--max-surge', '0', '--max-unavailable', '1']);
}
