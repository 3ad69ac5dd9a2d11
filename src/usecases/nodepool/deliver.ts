import { InterruptedError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { PoolRef } from '../../model/ids.ts';
import { requestProperties } from './body.ts';
import { poolLine, poolName, waitLine } from './lines.ts';
import { doingTo, followToSuccess, type FollowOptions } from './observe.ts';
import { endedStatus, operationFailure } from './operation-failure.ts';
import type { WritePlan } from './plan.ts';
import { putOnce, type PutRequest, type PutResult } from './put-once.ts';
import { readBack } from './read-back.ts';
import type { WriteResult } from './result.ts';
import { carriesTarget, type ChangeRequest, type Target } from './target.ts';
import type { PoolWork, WriteOptions } from './work.ts';

/** Sends; an interruption then leaves open whether the request arrived, and says so. */
export async function sendOnce(work: PoolWork, request: PutRequest, continueWith: string): Promise<PutResult> {
  try {
    return await putOnce(work, request);
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    throw new InterruptedError([
      `The request may have reached Azure, and then goes on there. To wait for it: ${continueWith}`,
    ]);
  }
}

export async function sendChange(work: PoolWork, ref: PoolRef, target: Target): Promise<PutResult> {
  const { pool, wanted, settings } = target;
  const properties = requestProperties(pool.properties, wanted, settings);
  const options = pool.eTag === undefined ? {} : { ifMatch: pool.eTag };
  return sendOnce(
    work,
    { ref, properties, options, carriesIt: (read) => carriesTarget(read, target) },
    waitLine(ref, 'updated'),
  );
}

export interface Delivery {
  readonly target: Target;
  /** `properties` as read before the request. */
  readonly before: JsonObject;
  readonly plan: WritePlan | undefined;
  readonly result: Extract<PutResult, { readonly kind: 'accepted' | 'adopted' | 'done' | 'ended' }>;
}

const verbs = { update: 'Updating', enable: 'Turning on LocalDNS of', disable: 'Turning off LocalDNS of' } as const;

/** From acceptance to proof that Azure stored it; without waiting, only the acceptance. */
export async function finishChange(
  work: PoolWork,
  request: ChangeRequest,
  options: WriteOptions,
  delivery: Delivery,
): Promise<WriteResult> {
  const { ref, action } = request;
  const { result, plan, target } = delivery;
  const operation = result.kind === 'accepted' ? result.operation : undefined;
  const follow: FollowOptions = {
    ref,
    operation,
    doing: doingTo(verbs[action], ref),
    continueWith: waitLine(ref, 'updated'),
    timeoutSeconds: options.timeoutSeconds,
  };
  const common = { action, ref, changed: true, plan, operationId: operation?.id };
  if (result.kind === 'ended') throw operationFailure(endedStatus(result.pool), follow.doing, poolLine(['show'], ref));
  if (result.kind === 'adopted') {
    const message = `Azure is carrying out the same request for ${poolName(ref)} already: nothing is sent again.`;
    work.emit({ type: 'notice', level: 'info', code: 'adopted', message });
  }
  if (options.noWait === true && result.kind !== 'done') {
    const summary = `Azure ${result.kind === 'adopted' ? 'is carrying out' : 'accepted'} the request for ${poolName(ref)}. To wait for it: ${follow.continueWith}`;
    return { ...common, outcome: result.kind, summary, pool: result.pool, otherChanges: [] };
  }
  if (result.kind !== 'done') await followToSuccess(work, follow);
  const { pool, otherChanges } = await readBack(work, follow, {
    before: delivery.before,
    wanted: target.effective,
    settings: target.settings,
  });
  const summary = `LocalDNS of ${poolName(ref)} is ${pool.localDns?.mode ?? 'not set'}: Azure stored it as sent.`;
  return { ...common, outcome: result.kind === 'adopted' ? 'adopted' : 'done', summary, pool, otherChanges };
}
