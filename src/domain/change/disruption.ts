import { asString } from '../../core/json.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { atOnce } from '../../model/surge.ts';

/** The disruption by a reimage of a pool, estimated from what Azure reports about the pool. */
export interface Disruption {
  /** The number of nodes to reimage; undefined if Azure does not report it. */
  readonly nodes: number | undefined;
  readonly autoscaling: { readonly min: number | undefined; readonly max: number | undefined } | undefined;
  /** As set, or the default of `10%`; undefined for a spot pool, which has no surge. */
  readonly maxSurge: string | undefined;
  readonly surgeNodes: number | undefined;
  readonly maxUnavailable: string | undefined;
  readonly unavailableNodes: number | undefined;
  /** The number of nodes per batch, and the number of batches. */
  readonly batchSize: number | undefined;
  readonly batches: number | undefined;
  readonly estimate: DurationEstimate | undefined;
  /** False if nodes are replaced without draining. */
  readonly drains: boolean;
  readonly drainTimeoutMinutes: number | undefined;
  /** What is lost, one line each. */
  readonly losses: readonly string[];
}

export interface DurationEstimate {
  readonly fromMinutes: number;
  readonly toMinutes: number;
  readonly basis: string;
}

/** Source: Azure CLI recordings (276, 490 and 545 s for one node); AKS docs give no figure. */
export const minutesPerBatch = { from: 3, to: 10 } as const;
const basis = `${String(minutesPerBatch.from)} to ${String(minutesPerBatch.to)} minutes per batch; a single node took 276 to 545 s in recordings. Blocked drains take longer.`;

/** Source: AKS docs, upgradeSettings: defaults. */
const defaults = { maxSurge: '10%', maxUnavailable: '0', drainTimeoutMinutes: 30 } as const;

function lossesOf(pool: NodePool): readonly string[] {
  const ephemeral = pool.osDiskType?.toLowerCase() === 'ephemeral';
  const onTemporaryDisk = asString(pool.properties['kubeletDiskType'])?.toLowerCase() === 'temporary';
  return [
    `data on the OS disks${ephemeral ? ' (ephemeral)' : ''} and temporary disks of the nodes: host paths, pulled ` +
      'images, logs',
    `emptyDir volumes of evicted pods${onTemporaryDisk ? ' (on the temporary disk)' : ''}`,
  ];
}

/** `pool`: as it will be when the reimage starts, with the upgrade settings of the request. */
export function disruptionOf(pool: NodePool): Disruption {
  const nodes = pool.count;
  const maxSurge = pool.spot ? undefined : (pool.maxSurge ?? defaults.maxSurge);
  const maxUnavailable = pool.spot ? undefined : (pool.maxUnavailable ?? defaults.maxUnavailable);
  const resolved = (setting: string | undefined): number | undefined =>
    setting === undefined || nodes === undefined ? undefined : atOnce(setting, nodes);
  const surgeNodes = resolved(maxSurge);
  const unavailableNodes = resolved(maxUnavailable);
  // A spot pool has no surge, and its batch size is not documented, so there is no estimate.
  const known = nodes !== undefined && nodes > 0 && surgeNodes !== undefined && unavailableNodes !== undefined;
  const batchSize = known ? Math.min(nodes, Math.max(surgeNodes, unavailableNodes, 1)) : undefined;
  const batches = known && batchSize !== undefined ? Math.ceil(nodes / batchSize) : undefined;
  const soak = pool.soakMinutes ?? 0;
  return {
    nodes,
    autoscaling: pool.autoscaling,
    maxSurge,
    surgeNodes,
    maxUnavailable,
    unavailableNodes,
    batchSize,
    batches,
    estimate:
      batches === undefined
        ? undefined
        : {
            fromMinutes: batches * (minutesPerBatch.from + soak),
            toMinutes: batches * (minutesPerBatch.to + soak),
            basis,
          },
    drains: !pool.spot,
    drainTimeoutMinutes: pool.spot ? undefined : (pool.drainTimeoutMinutes ?? defaults.drainTimeoutMinutes),
    losses: nodes === 0 ? [] : lossesOf(pool),
  };
}
