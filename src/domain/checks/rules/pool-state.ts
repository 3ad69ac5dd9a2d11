import { failsAlways, type PoolCheck } from '../check.ts';
import { ours, shown, unknown } from '../verdict-parts.ts';

const required = 'Succeeded, no operation running';

export const poolState: PoolCheck = {
  id: 'pool-state',
  title: 'The last operation on the pool succeeded, and none is running',
  problem: 'Pool busy, failed or being deleted',
  level: 'pool',
  severity: failsAlways,
  since: '2025-07',
  source: {
    document: 'AKS REST API, Agent Pools, provisioningState',
    link: 'https://learn.microsoft.com/rest/api/aks/agent-pools/get',
  },
  stops: 'turning-on',
  explanation:
    'Azure runs one operation on a pool at a time: while one runs, a change is refused (409) and must wait. That passes by itself, so it is a ' +
    'warning. After a failed or canceled operation some nodes may have the new settings and others the old ones; a further update of the pool is ' +
    'the documented repair. Azure adds words for running operations over time: every word that is not an end is taken as running. Only a pool ' +
    'that is being deleted fails.',
  howToFix:
    'Wait for the running operation: `aks-localdns nodepool wait`. A failed or canceled pool is repaired by the next update.',
  judge({ pool, isNew }) {
    if (isNew) return undefined;
    const observed = shown(pool.provisioningState);
    switch (observed.toLowerCase()) {
      case 'succeeded':
        return { status: 'pass', observed, required, reason: 'The last operation on the pool succeeded.' };
      case 'not set':
        return unknown(required, 'Azure does not say in which state the pool is.', undefined, observed);
      case 'failed': {
        const error = [pool.provisioningError?.code, pool.provisioningError?.message].flatMap((text) =>
          text === undefined ? [] : [shown(text)],
        );
        const cause = error.length === 0 ? '' : ` (${error.join(': ')})`;
        const reason = `The last operation on the pool failed${cause}: nodes may be mixed, and what broke it may break the next one as well.`;
        return { status: 'warn', observed, required, reason, fix: ours(['nodepool', 'show'], pool.ref) };
      }
      case 'canceled': {
        const reason =
          'The last operation on the pool was canceled: nodes that were done keep the new settings, others the old ones.';
        return { status: 'warn', observed, required, reason, fix: ours(['nodepool', 'show'], pool.ref) };
      }
      case 'deleting':
        return {
          status: 'fail',
          observed,
          required,
          reason: 'The pool is being deleted.',
          fix: 'Choose a pool that stays.',
        };
      default: {
        const reason = `An operation is running on the pool (${observed}): Azure refuses another until it ends.`;
        return { status: 'warn', observed, required, reason, fix: ours(['nodepool', 'wait'], pool.ref) };
      }
    }
  },
};
