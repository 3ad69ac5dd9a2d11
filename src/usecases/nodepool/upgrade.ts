import { CliError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import { isAzureError, type AzureError } from '../../model/azure-error.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { OperationHandle } from '../../model/operation.ts';
import { agree, brokenBy, poolChanged, type Agreement } from './agreement.ts';
import { disruptionOf } from './disruption.ts';
import { poolLine, poolName, waitLine } from './lines.ts';
import { doingTo, followToSuccess, type FollowOptions } from './observe.ts';
import type { WritePlan } from './plan.ts';
import { readBack } from './read-back.ts';
import { remarksOf, type Remark } from './remarks.ts';
import type { WriteResult } from './result.ts';
import { isRunning, isStopped } from './states.ts';
import { OtherOperations } from './wait-for-other.ts';
import type { WriteOptions, WriteWork } from './work.ts';

export interface UpgradeRequest {
  readonly ref: PoolRef;
}

type Sent =
  | { readonly kind: 'accepted' | 'adopted'; readonly operation: OperationHandle | undefined }
  | { readonly kind: 'busy'; readonly error: AzureError };

const settleMs = 5_000;
const maxSends = 2;
const rounds = 20;

function isUpgradingImage(pool: NodePool): boolean {
  return pool.provisioningState?.toLowerCase() === 'upgradingnodeimageversion';
}

/** The newest image is good to know and nothing more: not being allowed to read it stops nothing. */
async function latestImage(work: WriteWork, ref: PoolRef): Promise<string | undefined> {
  try {
    return await work.pools.latestNodeImage(ref);
  } catch (error) {
    if (!isAzureError(error)) throw error;
    work.emit({
      type: 'notice',
      level: 'warning',
      code: 'latest-image-unknown',
      message: `Azure does not say which node image is the latest: ${oneLine(error.message)}`,
    });
    return undefined;
  }
}

function imageRemark(pool: NodePool, latest: string | undefined): Remark {
  const current = oneLine(pool.nodeImageVersion ?? 'not known');
  if (latest === undefined)
    return { id: 'node-image', level: 'info', text: `Node image now: ${current}; the latest is not known.` };
  if (latest === pool.nodeImageVersion) {
    return {
      id: 'node-image',
      level: 'warning',
      text: `The pool already has the latest node image (${current}): Azure may then replace nothing, and nodes keep the DNS servers that they have.`,
    };
  }
  return { id: 'node-image', level: 'info', text: `Node image: ${current} -> ${oneLine(latest)}` };
}

function planUpgrade(work: WriteWork, pool: NodePool, latest: string | undefined): WritePlan {
  const mode = 'Required';
  const remarks = remarksOf({ pool, mode, automatic: false, settingsChange: false }, []);
  return {
    action: 'upgrade-node-image',
    ref: pool.ref,
    poolId: pool.id,
    principal: work.principal,
    reimages: pool.count !== 0,
    disruption: disruptionOf(pool),
    poolMode: pool.mode,
    localDnsMode: { before: pool.localDns?.mode, after: undefined },
    profileChanges: [],
    settingChanges: [],
    owner: undefined,
    remarks: [imageRemark(pool, latest), ...remarks],
    unknowns: [],
    setAside: [],
    abortsRunning: false,
    requestBody: undefined,
  };
}

function stopped(ref: PoolRef): CliError {
  return new CliError({
    code: 'pool-stopped',
    message: `The node pool ${poolName(ref)} is stopped, so there are no nodes to reimage; nothing was sent.`,
    hints: [
      `Start it first: az aks nodepool start -g ${ref.resourceGroup} --cluster-name ${ref.cluster} -n ${ref.pool} --subscription ${ref.subscriptionId}`,
    ],
  });
}

/**
 * The request carries no eTag: a lost answer is resolved by the pool's state, and sent again only where the pool shows
 * no trace of it.
 */
async function send(work: WriteWork, before: NodePool): Promise<Sent> {
  const { ref } = before;
  for (let sends = 1; sends <= maxSends; sends += 1) {
    try {
      const outcome = await work.pools.upgradeNodeImage(ref);
      if (outcome.kind === 'accepted') return { kind: 'accepted', operation: outcome.operation };
      work.emit({
        type: 'notice',
        level: 'warning',
        code: 'answer-lost',
        message: `Azure's answer to the request was lost (${oneLine(outcome.reason)}); reading the pool to see what became of it.`,
      });
    } catch (error) {
      if (!isAzureError(error, 'operation-in-progress')) throw error;
      const pool = await work.pools.readPool(ref);
      return isUpgradingImage(pool) ? { kind: 'adopted', operation: undefined } : { kind: 'busy', error };
    }
    await work.clock.sleep(settleMs, work.signal);
    const pool = await work.pools.readPool(ref);
    if (isUpgradingImage(pool) || pool.eTag !== before.eTag) return { kind: 'adopted', operation: undefined };
  }
  throw new CliError({
    code: 'answer-lost',
    message: `The request for ${poolName(ref)} was sent ${String(maxSends)} times, no answer came, and the pool shows that none arrived.`,
    hints: [
      'Check the network and the proxy; then run the same line again.',
      `The pool as it is now: ${poolLine(['show'], ref)}`,
    ],
  });
}

async function finish(
  work: WriteWork,
  before: NodePool,
  latest: string | undefined,
  plan: WritePlan | undefined,
  sent: Extract<Sent, { readonly operation: unknown }>,
  options: WriteOptions,
): Promise<WriteResult> {
  const { ref } = before;
  const follow: FollowOptions = {
    ref,
    operation: sent.operation,
    doing: doingTo('Reimaging', ref),
    continueWith: waitLine(ref, 'updated'),
    timeoutSeconds: options.timeoutSeconds,
  };
  const common = { action: 'upgrade-node-image', ref, changed: true, plan, operationId: sent.operation?.id } as const;
  const image = before.nodeImageVersion;
  if (options.noWait === true) {
    const summary = `Azure accepted the node image upgrade of ${poolName(ref)}. To wait for it: ${follow.continueWith}`;
    return {
      ...common,
      outcome: sent.kind,
      summary,
      pool: before,
      otherChanges: [],
      nodeImage: { before: image, after: undefined, latest },
    };
  }
  // Without an operation to follow, the pool may for a moment still show the state from before.
  if (sent.operation === undefined && sent.kind === 'accepted') await work.clock.sleep(settleMs, work.signal);
  await followToSuccess(work, follow);
  const { pool, otherChanges } = await readBack(work, follow, {
    before: before.properties,
    wanted: undefined,
    settings: {},
  });
  const after = pool.nodeImageVersion;
  const words =
    image === after
      ? `keeps the node image ${oneLine(after ?? 'not known')}; Azure may have replaced nothing`
      : `went from node image ${oneLine(image ?? 'not known')} to ${oneLine(after ?? 'not known')}`;
  return {
    ...common,
    outcome: sent.kind === 'adopted' ? 'adopted' : 'done',
    summary: `${poolName(ref)} ${words}.`,
    pool,
    otherChanges: otherChanges.filter(({ path }) => path !== 'nodeImageVersion'),
    nodeImage: { before: image, after, latest },
  };
}

/**
 * Reimages a pool to the latest node image, so that changed DNS servers of the virtual network reach its nodes.
 * @throws CliError `pool-stopped`, `declined`, `pool-changed`, `operation-in-progress`, `still-waiting` (exit
 * `waiting`), `answer-lost`; AzureError.
 */
export async function upgradeNodeImage(
  work: WriteWork,
  request: UpgradeRequest,
  options: WriteOptions = {},
): Promise<WriteResult> {
  const { ref } = request;
  const other = new OtherOperations(work, ref, options.waitForOperationSeconds);
  let agreement: Agreement | undefined;
  for (let round = 0; round < rounds; round += 1) {
    const pool = await work.pools.readPool(ref);
    if (isStopped(pool)) throw stopped(ref);
    const latest = await latestImage(work, ref);
    const plan = planUpgrade(work, pool, latest);
    if (options.dryRun === true) {
      const summary = `A dry run: nothing was sent to ${poolName(ref)}.`;
      return {
        action: 'upgrade-node-image',
        ref,
        outcome: 'planned',
        changed: false,
        summary,
        plan,
        pool,
        otherChanges: [],
        nodeImage: { before: pool.nodeImageVersion, after: undefined, latest },
      };
    }
    if (isUpgradingImage(pool))
      return finish(work, pool, latest, agreement?.plan, { kind: 'adopted', operation: undefined }, options);
    if (isRunning(pool)) {
      await other.wait(pool, undefined);
      continue;
    }
    agreement = await agree(work, agreement, pool, plan);
    const fresh = await work.pools.readPool(ref);
    if (brokenBy(agreement, fresh).length > 0) continue;
    const sent = await send(work, fresh);
    if (sent.kind !== 'busy') return finish(work, fresh, latest, plan, sent, options);
    await other.wait(fresh, sent.error);
  }
  throw poolChanged(ref, ['it does not come to rest']);
}
