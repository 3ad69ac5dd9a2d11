import { count as counted } from '../../../core/text.ts';
import { assumption, assumptionExplained, surgeNodes } from '../capacity/surge-nodes.ts';
import { warnsAlways, type PoolCheck } from '../check.ts';
import { azPool, unknown } from '../verdict-parts.ts';

/** Source: AKS docs, quotas: nodes of a pool that is a scale set. */
const most = 1000;
const required = 'at most 1,000 nodes with the surge';

export const instanceLimit: PoolCheck = {
  id: 'instance-limit',
  title: 'The pool stays below the limit of a scale set with its surge nodes',
  problem: 'Surge nodes above the limit of the scale set',
  level: 'pool',
  severity: warnsAlways,
  since: '2025-07',
  source: {
    document: 'AKS docs, Quotas, virtual machine size restrictions, and region availability',
    link: 'https://learn.microsoft.com/azure/aks/quotas-skus-regions',
  },
  stops: 'turning-on',
  onlyWith: '--capacity',
  explanation: `A scale-set pool has at most 1,000 nodes, and the surge nodes of a reimage count among them. ${assumptionExplained} Only judged with \`--capacity\`.`,
  howToFix: 'Lower the surge (`az aks nodepool update --max-surge`), or scale the pool down before the change.',
  judge(facts) {
    const { pool, isNew } = facts;
    const scaleSet = pool.type?.toLowerCase() === 'virtualmachinescalesets';
    if (facts.usages === undefined || isNew || !scaleSet) return undefined;
    const surge = surgeNodes(facts);
    if (!surge.known) return unknown(required, `How many nodes the reimage adds is not known: ${surge.why}.`);
    const nodes = pool.count ?? 0;
    const observed = `${counted(nodes, 'node')} and ${counted(surge.value, 'surge node')}`;
    if (nodes + surge.value <= most)
      return { status: 'pass', observed, required, reason: 'The surge nodes fit into the scale set.' };
    const room = most - nodes;
    return {
      status: 'warn',
      observed,
      required,
      reason: `The pool would have ${String(nodes + surge.value)} nodes while it is reimaged, and a scale set takes ${String(most)}; ${assumption}.`,
      fix: azPool(
        pool.ref,
        'update',
        room > 0 ? ['--max-surge', String(room)] : ['--max-surge', '0', '--max-unavailable', '1'],
      ),
    };
  },
};
