import { CliError } from '../../core/errors.ts';
import { oneLine, shellLine } from '../../core/text.ts';
import { noFindings, planOf } from '../../domain/change/index.ts';
import { isAzureError } from '../../model/azure-error.ts';
import { refArguments, type PoolRef } from '../../model/ids.ts';
import { poolName } from '../../model/pool-lines.ts';
import { isStopped } from '../../model/pool-state.ts';
import { converse } from './conversation.ts';
import type { WriteResult } from './result.ts';
import type { WriteOptions, WriteWork } from './work.ts';

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

function stopped(ref: PoolRef): CliError {
  return new CliError({
    code: 'pool-stopped',
    message: `The node pool ${poolName(ref)} is stopped, so there are no nodes to reimage; nothing was sent.`,
    hints: [`Start it first: ${shellLine(['az', 'aks', 'nodepool', 'start', ...refArguments(ref)])}`],
  });
}

/**
 * Reimages a pool to the latest node image, so that changed DNS servers of the virtual network reach its nodes.
 * @throws CliError `pool-stopped`, and what `converse` throws.
 */
export async function upgradeNodeImage(
  work: WriteWork,
  ref: PoolRef,
  options: WriteOptions = {},
): Promise<WriteResult> {
  let latest: Promise<string | undefined> | undefined;
  return converse(
    work,
    {
      action: 'upgrade-node-image',
      ref,
      look: async () => {
        const pool = await work.pools.readPool(ref);
        if (isStopped(pool)) throw stopped(ref);
        latest ??= latestImage(work, ref);
        const plan = planOf({
          action: 'upgrade-node-image',
          ref,
          poolId: pool.id,
          principal: work.principal,
          before: pool.properties,
          change: { kind: 'node-image', latest: await latest },
          ...noFindings,
          abortsRunning: false,
        });
        return { pool, plan };
      },
      refuse: () => undefined,
      asksFor: () => true,
    },
    options,
  );
}
