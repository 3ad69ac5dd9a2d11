import { oneLine } from '../../core/text.ts';
import type { PoolAction, PoolPlan } from '../../domain/change/index.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { poolName } from '../../model/pool-lines.ts';
import { followToSuccess, type FollowOptions } from './follow.ts';
import { endedFailure } from './operation-failure.ts';
import { readBack } from './read-back.ts';
import type { NodeImages, WriteResult } from './result.ts';
import { settleMs, type Sent } from './send-once.ts';
import type { PoolWork, WaitFor, WaitOptions } from './work.ts';

interface Words {
  readonly doing: string;
  readonly waitFor: WaitFor;
  accepted(name: string): string;
  done(pool: NodePool, name: string): string;
}

const stored = (pool: NodePool, name: string): string =>
  `LocalDNS of ${name} is ${pool.localDns?.mode ?? 'not set'}: Azure stored it as sent.`;
const acceptedChange = (name: string): string => `Azure accepted the request for ${name}.`;

const words: Readonly<Record<PoolAction, Words>> = {
  add: {
    doing: 'Creating',
    waitFor: 'created',
    accepted: (name) => `Azure accepted the new pool ${name}.`,
    done: (pool, name) => `The pool ${name} is there, with LocalDNS ${pool.localDns?.mode ?? 'not set'}.`,
  },
  update: { doing: 'Updating', waitFor: 'updated', accepted: acceptedChange, done: stored },
  enable: { doing: 'Turning on LocalDNS of', waitFor: 'updated', accepted: acceptedChange, done: stored },
  disable: { doing: 'Turning off LocalDNS of', waitFor: 'updated', accepted: acceptedChange, done: stored },
  'upgrade-node-image': {
    doing: 'Reimaging',
    waitFor: 'updated',
    accepted: (name) => `Azure accepted the node image upgrade of ${name}.`,
    done: (_, name) => name,
  },
};

/** The line that waits for what the plan's request brings about. */
export function continueLine(work: PoolWork, { ref, action }: PoolPlan): string {
  return work.continueWith(ref, words[action].waitFor);
}

function imageSummary({ before, after }: NodeImages, name: string): string {
  return before === after
    ? `${name} keeps the node image ${oneLine(after ?? 'not known')}; Azure may have replaced nothing.`
    : `${name} went from node image ${oneLine(before ?? 'not known')} to ${oneLine(after ?? 'not known')}.`;
}

function nodeImages({ change }: PoolPlan, before: NodePool | undefined, after?: NodePool): NodeImages | undefined {
  if (change.kind !== 'node-image') return undefined;
  return { before: before?.nodeImageVersion, after: after?.nodeImageVersion, latest: change.latest };
}

/** Azure has the request: it runs, or it has ended. */
export type Taken = Extract<Sent, { readonly kind: 'accepted' | 'adopted' | 'done' | 'ended' }>;

/** From acceptance to proof that Azure stored it; without waiting, only the acceptance. */
export async function conclude(
  work: PoolWork,
  plan: PoolPlan,
  before: NodePool | undefined,
  sent: Taken,
  options: WaitOptions,
): Promise<WriteResult> {
  const { ref, action, change } = plan;
  const name = poolName(ref);
  const operation = sent.kind === 'accepted' ? sent.operation : undefined;
  const continueWith = continueLine(work, plan);
  const follow: FollowOptions = {
    ref,
    operation,
    doing: `${words[action].doing} ${name}`,
    continueWith,
    timeoutSeconds: options.timeoutSeconds,
  };
  const common = { action, ref, changed: true, plan, operationId: operation?.id };
  if (sent.kind === 'ended') throw endedFailure(sent.pool, follow.doing);
  if (sent.kind === 'adopted') {
    const message = `Azure is carrying out the same request for ${name} already: nothing is sent again.`;
    work.emit({ type: 'notice', level: 'info', code: 'adopted', message });
  }
  if (options.noWait === true && sent.kind !== 'done') {
    const what =
      sent.kind === 'adopted' ? `Azure is carrying out the request for ${name}.` : words[action].accepted(name);
    const summary = `${what} To wait for it: ${continueWith}`;
    const images = nodeImages(plan, before);
    const pool = sent.pool ?? (images === undefined ? undefined : before);
    return { ...common, outcome: sent.kind, summary, pool, otherChanges: [], nodeImage: images };
  }
  // Without an operation to follow, the pool may for a moment still show the state from before.
  if (change.kind === 'node-image' && sent.kind === 'accepted' && operation === undefined)
    await work.clock.sleep(settleMs, work.signal);
  if (sent.kind !== 'done') await followToSuccess(work, follow);
  const read = await readBack(work, follow, plan, before);
  const images = nodeImages(plan, before, read.pool);
  return {
    ...common,
    outcome: sent.kind === 'adopted' ? 'adopted' : 'done',
    summary: images === undefined ? words[action].done(read.pool, name) : imageSummary(images, name),
    pool: read.pool,
    otherChanges: read.otherChanges,
    nodeImage: images,
  };
}
