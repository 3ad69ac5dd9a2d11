import { oneLine, shellLine } from '../../core/text.ts';
import { refArguments } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { LocalDnsMode } from '../../model/profile.ts';
import { poolLine } from '../../model/pool-command.ts';
import { inState, isRunning, isStopped } from '../../model/pool-state.ts';

/** Information for the confirmation. `id` is that of the check with the same subject, if there is one. */
export interface Remark {
  readonly id: string;
  readonly level: 'info' | 'warning';
  readonly text: string;
}

interface Situation {
  readonly pool: NodePool;
  /** The future LocalDNS mode; undefined if it does not change. */
  readonly mode: LocalDnsMode | undefined;
  readonly automatic: boolean;
  readonly settingsChange: boolean;
  /** Whether the pool is new. */
  readonly created: boolean;
  /** Paths of stored settings that this version does not know and that the request removes. */
  readonly dropped?: readonly string[];
}

interface RemarkRule {
  readonly id: string;
  readonly level: Remark['level'];
  applies(situation: Situation): boolean;
  text(situation: Situation): string;
}

function failure(pool: NodePool): string {
  const words = [pool.provisioningError?.code, pool.provisioningError?.message].flatMap((text) =>
    text === undefined ? [] : [oneLine(text)],
  );
  return words.length === 0 ? '' : ` (${words.join(': ')})`;
}

/** In the order of the output. */
export const remarkRules: readonly RemarkRule[] = [
  {
    id: 'no-nodes',
    level: 'info',
    applies: ({ pool }) => pool.count === 0,
    text: () => 'The pool has no nodes, so nothing is reimaged now. New nodes start with the new setting.',
  },
  {
    id: 'pool-power',
    level: 'warning',
    applies: ({ pool }) => isStopped(pool),
    text: ({ pool }) =>
      `The pool is stopped, and Azure may reject the change. Start it first: ${shellLine(['az', 'aks', 'nodepool', 'start', ...refArguments(pool.ref)])}`,
  },
  {
    id: 'pool-state',
    level: 'warning',
    applies: ({ pool }) => inState(pool, 'Failed', 'Canceled'),
    text: ({ pool }) =>
      `The last pool operation ${inState(pool, 'Failed') ? 'failed' : 'was canceled'}${failure(pool)}. Nodes may ` +
      'have different settings; this request gives all of them the same.',
  },
  {
    id: 'operation-running',
    level: 'warning',
    applies: ({ pool }) => isRunning(pool),
    text: ({ pool }) =>
      `An operation is in progress on the pool (${oneLine(pool.provisioningState ?? '')}); Azure rejects other ` +
      `operations until it ends. To wait for it: ${poolLine('wait', pool.ref)}`,
  },
  {
    id: 'spot',
    level: 'warning',
    applies: ({ pool }) => pool.spot,
    text: () =>
      'This is a spot pool: nodes are reimaged without surge nodes and without draining, and pods are evicted ' +
      'regardless of their disruption budget.',
  },
  {
    id: 'single-node',
    level: 'warning',
    applies: ({ pool }) => pool.count === 1,
    text: () => 'The pool has one node, and everything on it is evicted at the same time.',
  },
  {
    id: 'system-pool',
    level: 'info',
    applies: ({ pool }) => pool.mode?.toLowerCase() === 'system' && pool.count !== 0,
    text: () => 'This is a system pool: system pods (CoreDNS, metrics) are evicted too.',
  },
  {
    id: 'autoscaled',
    level: 'info',
    applies: ({ pool }) => pool.autoscaling !== undefined,
    text: () => 'The autoscaler may change the number of nodes; the estimate is for the current number.',
  },
  {
    id: 'mode-preferred',
    level: 'warning',
    applies: ({ mode }) => mode === 'Preferred',
    text: () =>
      'Mode Preferred reimages every node but currently installs nothing, because AKS decides based on the ' +
      'Kubernetes version. To turn LocalDNS on, use mode Required.',
  },
  {
    id: 'pinned-off',
    level: 'info',
    applies: ({ mode, pool }) => mode === 'Disabled' && pool.localDns === undefined,
    text: () =>
      'LocalDNS was never configured on this pool. This change stores mode Disabled, so that AKS does not turn it on ' +
      'automatically later.',
  },
  {
    id: 'automatic-cluster',
    level: 'info',
    applies: ({ automatic, pool }) => automatic && pool.localDns !== undefined,
    text: ({ pool }) =>
      'This is an AKS Automatic cluster: Azure configured LocalDNS on its pools (current mode: ' +
      `${oneLine(pool.localDns?.mode ?? 'not set')}).`,
  },
  {
    id: 'settings-dropped',
    level: 'warning',
    applies: ({ dropped = [] }) => dropped.length > 0,
    text: ({ dropped = [] }) =>
      'This change removes settings that this version does not know from the stored profile: ' +
      `${dropped.map(oneLine).join(', ')}. To keep them, change only the mode (nodepool enable, nodepool disable), ` +
      'or use a newer version.',
  },
  {
    id: 'settings-stay',
    level: 'info',
    applies: ({ settingsChange }) => settingsChange,
    text: () => 'The upgrade settings are sent in the same request and stay on the pool.',
  },
];

/** The remarks for a new pool, where nothing is disrupted. */
const newPoolRemarks: readonly RemarkRule[] = [
  {
    id: 'mode-preferred',
    level: 'warning',
    applies: ({ mode }) => mode === 'Preferred',
    text: () =>
      'Mode Preferred currently installs nothing, because AKS decides based on the Kubernetes version. To turn ' +
      'LocalDNS on, use mode Required.',
  },
];

/** The warnings of the checks, then the remarks whose subject no check covers. */
export function remarksOf(situation: Situation, warnings: readonly Remark[]): readonly Remark[] {
  const covered = new Set(warnings.map(({ id }) => id));
  // The check of the pool state covers running operations as well.
  if (covered.has('pool-state')) covered.add('operation-running');
  const others = (situation.created ? newPoolRemarks : remarkRules)
    .filter((rule) => !covered.has(rule.id) && rule.applies(situation))
    .map((rule): Remark => ({ id: rule.id, level: rule.level, text: rule.text(situation) }));
  return [...warnings, ...others];
}

export function imageRemark(pool: NodePool, latest: string | undefined): Remark {
  const id = 'node-image';
  const current = oneLine(pool.nodeImageVersion ?? 'unknown');
  if (latest === undefined)
    return { id, level: 'info', text: `Current node image: ${current}; the latest one is unknown.` };
  if (latest !== pool.nodeImageVersion)
    return { id, level: 'info', text: `Node image: ${current} -> ${oneLine(latest)}` };
  return {
    id,
    level: 'warning',
    text: `The pool already has the latest node image (${current}), so Azure may replace nothing, and the nodes keep their current DNS servers.`,
  };
}
