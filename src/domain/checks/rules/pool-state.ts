import { failsAlways, type PoolCheck } from '../check.ts';
import { ownCommand, shown, unknown } from '../verdict-parts.ts';

const required = 'Succeeded, no operation in progress';

export const poolState: PoolCheck = {
  id: 'pool-state',
  title: 'The last pool operation succeeded, and none is in progress',
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
    'Azure runs one operation on a pool at a time, and rejects a change while another is in progress (409). This is ' +
    'a warning, because the operation ends without your help. After a failed or canceled operation, some nodes may ' +
    'have the new settings and others the old ones; the documented repair is to update the pool again. Azure adds ' +
    'new state names over time, so every state that is not final counts as in progress. The check fails only if the ' +
    'pool is being deleted.',
  howToFix:
    'Wait for the operation to finish: `aks-localdns nodepool wait`. If the state is Failed or Canceled, the next ' +
    'update repairs the pool.',
  judge({ pool, isNew }) {
    if (isNew) return undefined;
    const observed = shown(pool.provisioningState);
    switch (observed.toLowerCase()) {
      case 'succeeded':
        return { status: 'pass', observed, required, reason: 'The last pool operation succeeded.' };
      case 'not set':
        return unknown(required, 'Azure does not report the state of the pool.', undefined, observed);
      case 'failed': {
        const error = [pool.provisioningError?.code, pool.provisioningError?.message].flatMap((text) =>
          text === undefined ? [] : [shown(text)],
        );
        const cause = error.length === 0 ? '' : ` (${error.join(': ')})`;
        const reason = `The last pool operation failed${cause}. Nodes may have different settings, and the same problem may make the next operation fail.`;
        return { status: 'warn', observed, required, reason, fix: ownCommand(['nodepool', 'show'], pool.ref) };
      }
      case 'canceled': {
        const reason =
          'The last pool operation was canceled. Nodes that were already updated keep the new settings, the others ' +
          'have the old ones.';
        return { status: 'warn', observed, required, reason, fix: ownCommand(['nodepool', 'show'], pool.ref) };
      }
      case 'deleting':
        return {
          status: 'fail',
          observed,
          required,
          reason: 'The pool is being deleted.',
          fix: 'Choose another pool.',
        };
      default: {
        const reason = `An operation is in progress on the pool (${observed}); Azure rejects other operations until it ends.`;
        return { status: 'warn', observed, required, reason, fix: ownCommand(['nodepool', 'wait'], pool.ref) };
      }
    }
  },
};
