import { failsAlways, type PoolCheck } from '../check.ts';
import { parseNodeImage } from '../node-image.ts';
import { ours, shown, unknown } from '../verdict-parts.ts';

const required = 'a node image of 2025-05 or later, not FIPS';
const firstMonth = 202_505;

export const nodeImage: PoolCheck = {
  id: 'node-image',
  title: 'The node image carries LocalDNS',
  problem: 'Node image without LocalDNS',
  level: 'pool',
  severity: failsAlways,
  since: '2025-07',
  source: {
    document: 'AgentBaker, the scripts that set up an AKS node: enableLocalDNS',
    link: 'https://github.com/Azure/AgentBaker/blob/master/parts/linux/cloud-init/artifacts/cse_config.sh',
  },
  stops: 'turning-on',
  explanation:
    'LocalDNS is part of the node image since spring 2025. On an older image the node skips it without a word: Azure then says Enabled, and the ' +
    'nodes have nothing. AKS tests leave FIPS images out, so whether LocalDNS works there is not known, and is warned of. A pool that never had ' +
    'a node names no image; its first nodes get the newest.',
  howToFix: 'Upgrade the node image: `aks-localdns nodepool upgrade --node-image-only`.',
  judge({ pool, isNew }) {
    const fipsReason =
      'Whether LocalDNS works on FIPS images is not known: AKS leaves them out of its own tests. Try it on a pool that may break.';
    const name = pool.nodeImageVersion ?? '';
    if (name === '') {
      if (isNew && !pool.fips) return undefined;
      if (pool.fips) return { status: 'warn', observed: 'FIPS, no image yet', required, reason: fipsReason };
      if (pool.count === 0) {
        return {
          status: 'skip',
          observed: 'no image yet',
          required,
          reason: 'The pool has no nodes and names no image; its first nodes get the newest.',
        };
      }
      return unknown(required, 'Azure does not say which image the nodes run.', undefined, 'not set');
    }
    const observed = shown(name);
    const image = parseNodeImage(name);
    if (image.month === undefined)
      return unknown(
        required,
        `The date of the node image cannot be read from its name, ${observed}.`,
        undefined,
        observed,
      );
    if (image.month < firstMonth) {
      return {
        status: 'fail',
        observed,
        required,
        reason: 'The node image is older than LocalDNS: its nodes would skip it silently, while Azure says Enabled.',
        fix: ours(['nodepool', 'upgrade'], pool.ref, ['--node-image-only']),
      };
    }
    if (image.fips || pool.fips) return { status: 'warn', observed, required, reason: fipsReason };
    return { status: 'pass', observed, required, reason: 'The node image is recent enough to carry LocalDNS.' };
  },
};
