import { oneLine, shellLine } from '../../core/text.ts';
import { refArguments } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { LocalDnsMode } from '../../model/profile.ts';
import { poolLine } from '../../model/pool-lines.ts';
import { inState, isRunning, isStopped } from '../../model/pool-state.ts';

/** Something that whoever agrees should know. `id` is that of the check that says the same, where there is one. */
export interface Remark {
  readonly id: string;
  readonly level: 'info' | 'warning';
  readonly text: string;
}

interface Situation {
  readonly pool: NodePool;
  /** Of LocalDNS, as it will be; undefined if that stays. */
  readonly mode: LocalDnsMode | undefined;
  readonly automatic: boolean;
  readonly settingsChange: boolean;
  /** The pool is not there yet. */
  readonly created: boolean;
  /** Paths of stored settings that this version does not know, and that the request takes away. */
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

/** As data, in the order in which they are told. */
export const remarkRules: readonly RemarkRule[] = [
  {
    id: 'no-nodes',
    level: 'info',
    applies: ({ pool }) => pool.count === 0,
    text: () =>
      'The pool has no nodes: no node is reimaged now, and nodes that come later have the new setting from the start.',
  },
  {
    id: 'pool-power',
    level: 'warning',
    applies: ({ pool }) => isStopped(pool),
    text: ({ pool }) =>
      `The pool is stopped: Azure may refuse the change. Start it first: ${shellLine(['az', 'aks', 'nodepool', 'start', ...refArguments(pool.ref)])}`,
  },
  {
    id: 'pool-state',
    level: 'warning',
    applies: ({ pool }) => inState(pool, 'Failed', 'Canceled'),
    text: ({ pool }) =>
      `The last operation on the pool ${inState(pool, 'Failed') ? 'failed' : 'was canceled'}${failure(pool)}: nodes may be mixed, and are brought together by this request.`,
  },
  {
    id: 'operation-running',
    level: 'warning',
    applies: ({ pool }) => isRunning(pool),
    text: ({ pool }) =>
      `An operation is running on the pool (${oneLine(pool.provisioningState ?? '')}): Azure refuses another until it ends. See ${poolLine('wait', pool.ref)}`,
  },
  {
    id: 'spot',
    level: 'warning',
    applies: ({ pool }) => pool.spot,
    text: () =>
      'A spot pool: nodes are reimaged without surge and without draining; pods are evicted whatever their disruption budget says.',
  },
  {
    id: 'single-node',
    level: 'warning',
    applies: ({ pool }) => pool.count === 1,
    text: () => 'The pool has one node: all that runs on it is evicted at once.',
  },
  {
    id: 'system-pool',
    level: 'info',
    applies: ({ pool }) => pool.mode?.toLowerCase() === 'system' && pool.count !== 0,
    text: () => "A system pool: the cluster's own pods (CoreDNS, metrics) are moved too.",
  },
  {
    id: 'autoscaled',
    level: 'info',
    applies: ({ pool }) => pool.autoscaling !== undefined,
    text: () => 'The autoscaler may change the number of nodes meanwhile; the estimate is for the nodes of now.',
  },
  {
    id: 'mode-preferred',
    level: 'warning',
    applies: ({ mode }) => mode === 'Preferred',
    text: () =>
      'Mode Preferred reimages every node and installs nothing today: it leaves the choice to AKS by Kubernetes version. Mode Required turns LocalDNS on.',
  },
  {
    id: 'pinned-off',
    level: 'info',
    applies: ({ mode, pool }) => mode === 'Disabled' && pool.localDns === undefined,
    text: () =>
      'LocalDNS was never configured on this pool: this stores Disabled, so that AKS does not turn it on by itself later.',
  },
  {
    id: 'automatic-cluster',
    level: 'info',
    applies: ({ automatic, pool }) => automatic && pool.localDns !== undefined,
    text: ({ pool }) =>
      `An Automatic cluster: Azure set LocalDNS on its pools by itself (mode now: ${oneLine(pool.localDns?.mode ?? 'not set')}).`,
  },
  {
    id: 'settings-dropped',
    level: 'warning',
    applies: ({ dropped = [] }) => dropped.length > 0,
    text: ({ dropped = [] }) =>
      `The stored profile has settings that this version does not know, and this change removes them: ${dropped.map(oneLine).join(', ')}. To keep them, change the mode alone (nodepool enable, nodepool disable), or use a newer version.`,
  },
  {
    id: 'settings-stay',
    level: 'info',
    applies: ({ settingsChange }) => settingsChange,
    text: () => 'The upgrade settings go along in the same request, and stay on the pool afterwards.',
  },
];

/** Of a pool that is not there yet: nothing is disturbed, so there is little to say. */
const newPoolRemarks: readonly RemarkRule[] = [
  {
    id: 'mode-preferred',
    level: 'warning',
    applies: ({ mode }) => mode === 'Preferred',
    text: () =>
      'Mode Preferred installs nothing today: it leaves the choice to AKS by Kubernetes version. Mode Required turns LocalDNS on.',
  },
];

/** What the checks warn of first; a remark of ours only if no check has said it. */
export function remarksOf(situation: Situation, warnings: readonly Remark[]): readonly Remark[] {
  const said = new Set(warnings.map(({ id }) => id));
  // The check on the pool's state covers running operations as well.
  if (said.has('pool-state')) said.add('operation-running');
  const ours = (situation.created ? newPoolRemarks : remarkRules)
    .filter((rule) => !said.has(rule.id) && rule.applies(situation))
    .map((rule): Remark => ({ id: rule.id, level: rule.level, text: rule.text(situation) }));
  return [...warnings, ...ours];
}

export function imageRemark(pool: NodePool, latest: string | undefined): Remark {
  const id = 'node-image';
  const current = oneLine(pool.nodeImageVersion ?? 'not known');
  if (latest === undefined) return { id, level: 'info', text: `Node image now: ${current}; the latest is not known.` };
  if (latest !== pool.nodeImageVersion)
    return { id, level: 'info', text: `Node image: ${current} -> ${oneLine(latest)}` };
  return {
    id,
    level: 'warning',
    text: `The pool already has the latest node image (${current}): Azure may then replace nothing, and nodes keep the DNS servers that they have.`,
  };
}
