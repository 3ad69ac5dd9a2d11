import { oneLine } from '../../core/text.ts';
import type { PoolAction, PoolPlan } from '../../domain/change/index.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { poolName } from '../../model/pool-command.ts';
import { followToSuccess, type FollowOptions } from './follow.ts';
import { endedFailure } from './operation-failure.ts';
import { readBack } from './read-back.ts';
import type { NodeImages, WriteResult } from './write-result.ts';
import { settleMs, type SendResult } from './send-once.ts';
import type { PoolDeps, WaitFor, WaitOptions } from './pool-deps.ts';

interface ActionTexts {
  readonly doing: string;
  readonly waitFor: WaitFor;
  accepted(name: string): string;
  done(pool: NodePool, name: string): string;
}

const stored = (pool: NodePool, name: string): string =>
  `LocalDNS on ${name}: ${pool.localDns?.mode ?? 'not set'}. Azure stored the profile as sent.`;
const acceptedChange = (name: string): string => `Azure accepted the request for ${name}.`;

const actionTexts: Readonly<Record<PoolAction, ActionTexts>> = {
  add: {
    doing: 'Creating',
    waitFor: 'created',
    accepted: (name) => `Azure accepted the request to create ${name}.`,
    done: (pool, name) => `Created ${name} with LocalDNS ${pool.localDns?.mode ?? 'not set'}.`,
  },
  update: { doing: 'Updating', waitFor: 'updated', accepted: acceptedChange, done: stored },
  enable: { doing: 'Turning on LocalDNS on', waitFor: 'updated', accepted: acceptedChange, done: stored },
  disable: { doing: 'Turning off LocalDNS on', waitFor: 'updated', accepted: acceptedChange, done: stored },
  'upgrade-node-image': {
    doing: 'Reimaging',
    waitFor: 'updated',
    accepted: (name) => `Azure accepted the node image upgrade of ${name}.`,
    done: (_, name) => name,
  },
};

/** The command that waits for the operation of a plan. */
export function continueLine(deps: PoolDeps, { ref, action }: PoolPlan): string {
  return deps.continueWith(ref, actionTexts[action].waitFor);
}

function imageSummary({ before, after }: NodeImages, name: string): string {
  return before === after
    ? `${name} still has the node image ${oneLine(after ?? 'unknown')}; Azure may not have reimaged any node.`
    : `Upgraded the node image of ${name} from ${oneLine(before ?? 'unknown')} to ${oneLine(after ?? 'unknown')}.`;
}

function nodeImages({ change }: PoolPlan, before: NodePool | undefined, after?: NodePool): NodeImages | undefined {
  if (change.kind !== 'node-image') return undefined;
  return { before: before?.nodeImageVersion, after: after?.nodeImageVersion, latest: change.latest };
}

/** A request that Azure received: it is running or has ended. */
export type ReceivedRequest = Extract<SendResult, { readonly kind: 'accepted' | 'adopted' | 'done' | 'ended' }>;

/** Follows an accepted request and proves that Azure stored the change. With `noWait` returns right away. */
export async function conclude(
  deps: PoolDeps,
  plan: PoolPlan,
  before: NodePool | undefined,
  sent: ReceivedRequest,
  options: WaitOptions,
): Promise<WriteResult> {
  const { ref, action, change } = plan;
  const name = poolName(ref);
  const operation = sent.kind === 'accepted' ? sent.operation : undefined;
  const continueWith = continueLine(deps, plan);
  const follow: FollowOptions = {
    ref,
    operation,
    doing: `${actionTexts[action].doing} ${name}`,
    continueWith,
    timeoutSeconds: options.timeoutSeconds,
  };
  const common = { action, ref, changed: true, plan, operationId: operation?.id };
  if (sent.kind === 'ended') throw endedFailure(sent.pool, follow.doing);
  if (sent.kind === 'adopted') {
    const message = `Azure is already carrying out the same request for ${name}; nothing was sent.`;
    deps.emit({ type: 'notice', level: 'info', code: 'adopted', message });
  }
  if (options.noWait === true && sent.kind !== 'done') {
    const what =
      sent.kind === 'adopted' ? `Azure is carrying out the request for ${name}.` : actionTexts[action].accepted(name);
    const summary = `${what} To wait for it: ${continueWith}`;
    const images = nodeImages(plan, before);
    const pool = sent.pool ?? (images === undefined ? undefined : before);
    return { ...common, outcome: sent.kind, summary, pool, otherChanges: [], nodeImage: images };
  }
  // Without an operation to follow, the pool may briefly still show the previous state.
  if (change.kind === 'node-image' && sent.kind === 'accepted' && operation === undefined)
    await deps.clock.sleep(settleMs, deps.signal);
  if (sent.kind !== 'done') await followToSuccess(deps, follow);
  const read = await readBack(deps, follow, plan, before);
  const images = nodeImages(plan, before, read.pool);
  return {
    ...common,
    outcome: sent.kind === 'adopted' ? 'adopted' : 'done',
    summary: images === undefined ? actionTexts[action].done(read.pool, name) : imageSummary(images, name),
    pool: read.pool,
    otherChanges: read.otherChanges,
    nodeImage: images,
  };
}
