import { CliError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { oneLine } from '../../core/text.ts';
import { isAzureError, type AzureError } from '../../model/azure-error.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { OperationHandle } from '../../model/operation.ts';
import type { PutOptions } from '../../model/ports.ts';
import { poolLine, poolName } from './lines.ts';
import { inState, isRunning } from './states.ts';
import type { PoolWork } from './work.ts';

/** What became of one request. */
export type PutResult =
  /** Azure took it. */
  | { readonly kind: 'accepted'; readonly pool: NodePool | undefined; readonly operation: OperationHandle | undefined }
  /** Azure is carrying out the same request: to be followed by the pool. */
  | { readonly kind: 'adopted'; readonly pool: NodePool }
  /** It was carried out whole already. */
  | { readonly kind: 'done'; readonly pool: NodePool }
  /** It was carried out, and failed or was aborted. */
  | { readonly kind: 'ended'; readonly pool: NodePool }
  /** The pool is not what it was when it was read: read, judge, and maybe send again. */
  | { readonly kind: 'changed'; readonly pool: NodePool | undefined }
  /** Another operation is in progress. */
  | { readonly kind: 'busy'; readonly error: AzureError };

export interface PutRequest {
  readonly ref: PoolRef;
  readonly properties: JsonObject;
  readonly options: PutOptions;
  /** Whether a pool carries what is being sent (profile, settings). */
  carriesIt(pool: NodePool): boolean;
}

/** A lost request may still arrive: it gets a moment before the pool is read. */
const settleMs = 5_000;
const maxSends = 3;

async function readIfThere(work: PoolWork, ref: PoolRef): Promise<NodePool | undefined> {
  try {
    return await work.pools.readPool(ref);
  } catch (error) {
    if (isAzureError(error, 'not-found')) return undefined;
    throw error;
  }
}

/** What the pool says of a request whose answer was lost; `undefined`: it never arrived, and may be sent again. */
function resolve(request: PutRequest, pool: NodePool | undefined): PutResult | undefined {
  const { ifMatch } = request.options;
  if (pool === undefined) return ifMatch === undefined ? undefined : { kind: 'changed', pool };
  if (ifMatch !== undefined && pool.eTag === ifMatch) return isRunning(pool) ? { kind: 'changed', pool } : undefined;
  if (!request.carriesIt(pool)) return { kind: 'changed', pool };
  if (isRunning(pool)) return { kind: 'adopted', pool };
  return inState(pool, 'Succeeded') ? { kind: 'done', pool } : { kind: 'ended', pool };
}

async function lost(work: PoolWork, request: PutRequest, reason: string): Promise<PutResult | undefined> {
  work.emit({
    type: 'notice',
    level: 'warning',
    code: 'answer-lost',
    message: `Azure's answer to the request was lost (${oneLine(reason)}); reading the pool to see what became of it.`,
  });
  await work.clock.sleep(settleMs, work.signal);
  return resolve(request, await readIfThere(work, request.ref));
}

/** A refusal tells something new where an earlier send's answer was lost: that one may have arrived after all. */
async function refusal(work: PoolWork, request: PutRequest, error: unknown, sends: number): Promise<PutResult> {
  if (!isAzureError(error, 'precondition-failed', 'operation-in-progress')) throw error;
  const pool = await readIfThere(work, request.ref);
  const carried = pool !== undefined && request.carriesIt(pool);
  if (carried && isRunning(pool)) return { kind: 'adopted', pool };
  if (error.class === 'operation-in-progress') return { kind: 'busy', error };
  return (sends > 1 ? resolve(request, pool) : undefined) ?? { kind: 'changed', pool };
}

/**
 * Sends a request so that Azure carries it out at most once. A lost answer is resolved by reading the pool: adopt what
 * runs, done, or, where the eTag says that nothing arrived, send again with the same eTag, which makes a late arrival
 * harmless.
 * @throws AzureError for any refusal that reading cannot resolve; CliError `answer-lost`.
 */
export async function putOnce(work: PoolWork, request: PutRequest): Promise<PutResult> {
  for (let sends = 1; sends <= maxSends; sends += 1) {
    let reason: string;
    try {
      const outcome = await work.pools.putPool(request.ref, request.properties, request.options);
      if (outcome.kind === 'accepted') return { kind: 'accepted', pool: outcome.pool, operation: outcome.operation };
      reason = outcome.reason;
    } catch (error) {
      return await refusal(work, request, error, sends);
    }
    const resolved = await lost(work, request, reason);
    if (resolved !== undefined) return resolved;
  }
  throw new CliError({
    code: 'answer-lost',
    message: `The request for ${poolName(request.ref)} was sent ${String(maxSends)} times, no answer came, and the pool shows that none arrived.`,
    hints: [
      'Check the network and the proxy; then run the same line again.',
      `The pool as it is now: ${poolLine(['show'], request.ref)}`,
    ],
  });
}
