import type { JsonObject } from '../../core/json.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { AbortResult } from './abort.ts';
import type { OtherChange } from './compare.ts';
import { planValue, type WriteAction, type WritePlan } from './plan.ts';
import { poolValue } from './value.ts';
import type { WaitResult } from './wait.ts';

export type WriteOutcome =
  /** The pool is as wanted, and its last operation succeeded: nothing was sent. */
  | 'nothing-to-do'
  /** A dry run. */
  | 'planned'
  /** Azure took the request; nobody waited. */
  | 'accepted'
  /** Azure was carrying out the same request already; nothing was sent. */
  | 'adopted'
  | 'done';

export interface WriteResult {
  readonly action: WriteAction;
  readonly ref: PoolRef;
  readonly outcome: WriteOutcome;
  /** Whether the pool is changed, or being changed, by this request. */
  readonly changed: boolean;
  /** One sentence for people. */
  readonly summary: string;
  readonly plan?: WritePlan | undefined;
  /** As read last; undefined where a pool does not exist yet. */
  readonly pool?: NodePool | undefined;
  readonly operationId?: string | undefined;
  readonly otherChanges: readonly OtherChange[];
  /** Node images, where that is what changed. */
  readonly nodeImage?:
    | { readonly before: string | undefined; readonly after: string | undefined; readonly latest: string | undefined }
    | undefined;
}

/** What a write prints: the pool as az prints one, beside what was done. A dry run prints the plan. */
export function writeValue(result: WriteResult, options: { readonly showRequest?: boolean } = {}): JsonObject {
  const { pool, plan, operationId, nodeImage, otherChanges } = result;
  return {
    ...(pool === undefined || result.outcome === 'planned' ? {} : poolValue(pool)),
    changed: result.changed,
    outcome: result.outcome,
    ...(result.outcome === 'planned' ? { dryRun: true } : {}),
    ...(operationId === undefined ? {} : { operationId }),
    ...(nodeImage === undefined
      ? {}
      : {
          nodeImageBefore: nodeImage.before ?? null,
          nodeImageAfter: nodeImage.after ?? null,
          latestNodeImage: nodeImage.latest ?? null,
        }),
    ...(otherChanges.length === 0
      ? {}
      : {
          otherChanges: otherChanges.map(({ path, before, after, expected }) => ({
            path,
            before: before ?? null,
            after: after ?? null,
            expected,
          })),
        }),
    ...(plan === undefined || result.outcome !== 'planned' ? {} : { plan: planValue(plan, options) }),
  };
}

export function abortValue(result: AbortResult): JsonObject {
  const { pool, changed, outcome, operationId } = result;
  return { ...poolValue(pool), changed, outcome, ...(operationId === undefined ? {} : { operationId }) };
}

/** `null` once the pool is gone. */
export function waitValue(result: WaitResult): JsonObject | null {
  return result.pool === undefined ? null : poolValue(result.pool);
}
