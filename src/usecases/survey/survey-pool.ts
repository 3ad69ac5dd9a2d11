import { CliError } from '../../core/errors.ts';
import { nearest, oneLine } from '../../core/text.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { PoolJudgement } from '../../model/judgement.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { Azure } from '../../model/ports.ts';
import { report, verdictOf, type PoolFacts } from '../../domain/checks/index.ts';
import { gather } from './gather.ts';
import { judgeOptions, type PoolSurveyOptions } from './options.ts';

function find(cluster: Cluster, ref: PoolRef): NodePool {
  const found = cluster.pools.find((pool) => pool.ref.pool.toLowerCase() === ref.pool.toLowerCase());
  if (found !== undefined) return found;
  const names = cluster.pools.map((pool) => oneLine(pool.ref.pool)).sort();
  const near = nearest(ref.pool, names);
  throw new CliError({
    code: 'pool-not-found',
    message: `The cluster ${oneLine(ref.cluster)} has no node pool called '${oneLine(ref.pool)}'.`,
    hints: [
      ...(near === undefined ? [] : [`Did you mean '${near}'?`]),
      names.length === 0 ? 'It has no node pools.' : `Its node pools: ${names.join(', ')}.`,
    ],
    exit: 'not-found',
  });
}

/**
 * Gathers and judges all that decides about one pool, in at most four requests. Changes nothing.
 * @throws CliError `pool-not-found` with the pools that exist; AzureError where neither the cluster nor the pool can be read;
 *   UsageError where --only or --ignore names no check.
 */
export async function surveyPool(azure: Azure, ref: PoolRef, options: PoolSurveyOptions): Promise<PoolJudgement> {
  const rules = judgeOptions(options);
  const { wantedPool } = options;
  const wanted = wantedPool === undefined ? undefined : [wantedPool];
  const { facts, cluster, pools } = await gather(azure, ref, options, {
    from: (read) => wanted ?? [find(read, ref)],
    alone: async () => wanted ?? [await azure.nodePools.readPool(ref)],
  });
  const members: readonly PoolFacts[] = pools.map((pool) => ({
    ...facts,
    pool,
    named: options.named ?? true,
    isNew: wantedPool !== undefined,
  }));
  const scope = `node pool ${oneLine(`${ref.resourceGroup}/${ref.cluster}/${ref.pool}`)}`;
  const found = report(scope, [{ cluster: facts, pools: members }], rules);
  return {
    report: found,
    cluster,
    pool: wantedPool === undefined ? pools[0] : undefined,
    verdict: verdictOf(found, options.purpose),
  };
}
