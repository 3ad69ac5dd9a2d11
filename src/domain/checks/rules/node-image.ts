import { failsAlways, type PoolCheck } from '../check.ts';
import { parseNodeImage } from '../node-image.ts';
import { ownCommand, shown, unknown } from '../verdict-parts.ts';

const required = 'a node image from 2025-05 or later, not FIPS';
const firstMonth = 202_505;

export const nodeImage: PoolCheck = {
  id: 'node-image',
  title: 'The node image includes LocalDNS',
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
    'Node images have included LocalDNS since spring 2025. On an older image the node skips it silently: Azure ' +
    'reports Enabled, but LocalDNS is not installed on the nodes. AKS does not test LocalDNS on FIPS images, so they ' +
    'get a warning. A pool that never had a node has no image yet; its first nodes get the newest.',
  howToFix: 'Upgrade the node image: `aks-localdns nodepool upgrade --node-image-only`.',
  judge({ pool, isNew }) {
    const fipsReason =
      'AKS does not test LocalDNS on FIPS images, so it may not work there. Test it on a non-critical pool first.';
    const name = pool.nodeImageVersion ?? '';
    if (name === '') {
      if (isNew && !pool.fips) return undefined;
      if (pool.fips) return { status: 'warn', observed: 'FIPS, no image yet', required, reason: fipsReason };
      if (pool.count === 0) {
        return {
          status: 'skip',
          observed: 'no image yet',
          required,
          reason: 'The pool has no nodes and no image yet; its first nodes get the newest.',
        };
      }
      return unknown(required, 'Azure does not report the node image.', undefined, 'not set');
    }
    const observed = shown(name);
    const image = parseNodeImage(name);
    if (image.month === undefined)
      return unknown(
        required,
        `Cannot read the date of the node image from its name, ${observed}.`,
        undefined,
        observed,
      );
    if (image.month < firstMonth) {
      return {
        status: 'fail',
        observed,
        required,
        reason:
          'The node image is too old to include LocalDNS: its nodes would skip it silently, while Azure reports Enabled.',
        fix: ownCommand(['nodepool', 'upgrade'], pool.ref, ['--node-image-only']),
      };
    }
    if (image.fips || pool.fips) return { status: 'warn', observed, required, reason: fipsReason };
    return { status: 'pass', observed, required, reason: 'The node image is recent enough to include LocalDNS.' };
  },
};
