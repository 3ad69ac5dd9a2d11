import { failsAlways, type PoolCheck } from '../check.ts';
import { exclusionOf } from '../exclusion.ts';
import { shown, unknown } from '../verdict-parts.ts';

const required = 'System or User';

export const poolMode: PoolCheck = {
  id: 'pool-mode',
  title: 'The pool is a system or a user pool',
  problem: 'Neither a system nor a user pool',
  level: 'pool',
  severity: failsAlways,
  since: '2025-07',
  source: {
    document: 'AKS REST API, Agent Pools, mode',
    link: 'https://learn.microsoft.com/rest/api/aks/agent-pools/get',
  },
  stops: 'turning-on',
  explanation:
    'Pools in mode Gateway route egress traffic and run no regular workloads: they are skipped in a cluster report, ' +
    'and fail only if you name them. It is not documented whether pools in other modes (ManagedSystem, Machines) ' +
    'support LocalDNS.',
  howToFix: 'Choose a pool in mode System or User.',
  judge({ pool, named }) {
    const exclusion = exclusionOf(pool);
    if (exclusion?.check !== 'pool-mode') {
      const observed = shown(pool.mode, 'not set (User)');
      return {
        status: 'pass',
        observed,
        required,
        reason: `The pool is a ${pool.mode?.toLowerCase() === 'system' ? 'system' : 'user'} pool.`,
      };
    }
    const { observed, reason, certain } = exclusion;
    if (!named) return { status: 'skip', observed, required, reason };
    return certain
      ? { status: 'fail', observed, required, reason, fix: 'Choose a pool in mode System or User.' }
      : unknown(required, reason, undefined, observed);
  },
};
