import { CliError } from '../../core/errors.ts';
import { oneLine, shellLine } from '../../core/text.ts';
import { noFindings, planOf } from '../../domain/change/index.ts';
import { isAzureError } from '../../model/azure-error.ts';
import { refArguments, type PoolRef } from '../../model/ids.ts';
import { poolName } from '../../model/pool-command.ts';
import { isStopped } from '../../model/pool-state.ts';
import { confirmAndApply } from './confirm-and-apply.ts';
import type { WriteResult } from './write-result.ts';
import type { WriteOptions, WriteDeps } from './pool-deps.ts';

/** The latest image is only informational, so a failure to read it stops nothing. */
async function latestImage(deps: WriteDeps, ref: PoolRef): Promise<string | undefined> {
  try {
    return await deps.pools.latestNodeImage(ref);
  } catch (error) {
    if (!isAzureError(error)) throw error;
    deps.emit({
      type: 'notice',
      level: 'warning',
      code: 'latest-image-unknown',
      message: `The latest node image could not be read: ${oneLine(error.message)}`,
    });
    return undefined;
  }
}

function stopped(ref: PoolRef): CliError {
  return new CliError({
    code: 'pool-stopped',
    message: `The node pool ${poolName(ref)} is stopped and has no nodes to reimage; nothing was sent.`,
    hints: [`Start it first: ${shellLine(['az', 'aks', 'nodepool', 'start', ...refArguments(ref)])}`],
  });
}

/**
 * Reimages a pool to the latest node image, so that its nodes get the changed DNS servers of the virtual network.
 * @throws CliError `pool-stopped`, and what `confirmAndApply` throws.
 */
export async function upgradeNodeImage(
  deps: WriteDeps,
  ref: PoolRef,
  options: WriteOptions = {},
): Promise<WriteResult> {
  let latest: Promise<string | undefined> | undefined;
  return confirmAndApply(
    deps,
    {
      action: 'upgrade-node-image',
      ref,
      assess: async () => {
        const pool = await deps.pools.readPool(ref);
        if (isStopped(pool)) throw stopped(ref);
        latest ??= latestImage(deps, ref);
        const plan = planOf({
          action: 'upgrade-node-image',
          ref,
          poolId: pool.id,
          principal: deps.principal,
          before: pool.properties,
          change: { kind: 'node-image', latest: await latest },
          ...noFindings,
          abortsRunning: false,
        });
        return { pool, plan };
      },
      refuse: () => undefined,
      needsConfirmation: () => true,
    },
    options,
  );
}
