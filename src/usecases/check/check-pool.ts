import { oneLine } from '../../core/text.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { PoolJudgement } from '../../model/judgement.ts';
import type { Azure } from '../../model/ports.ts';
import { ReportBuilder, verdictOf, type PoolFacts } from '../../domain/checks/index.ts';
import { findPool } from './find-pool.ts';
import { gatherCluster, type Picked } from './gather-cluster.ts';
import { judgeOptions, type PoolCheckOptions } from './check-options.ts';
import { SharedFacts } from './shared-facts.ts';

/**
 * Gathers and judges everything that decides whether one pool can be changed, with at most four requests. Read-only. A
 * caller with many pools passes `shared`, so that common facts are read once.
 * @throws CliError `pool-not-found` with the pools that exist; AzureError if neither the cluster nor the pool can be
 * read; UsageError if --only or --ignore names no check.
 */
export async function checkPool(
  azure: Azure,
  ref: PoolRef,
  options: PoolCheckOptions,
  shared = new SharedFacts(azure, options),
): Promise<PoolJudgement> {
  const rules = judgeOptions(options);
  const { newPool } = options;
  const newPools = newPool === undefined ? undefined : [newPool];
  const pick: Picked = {
    from: (read) => newPools ?? [findPool(read, ref)],
    alone: async () => newPools ?? [await azure.nodePools.readPool(ref)],
  };
  const gathered = await gatherCluster(azure, ref, options.subscriptionName, options, pick, shared);
  const { cluster, pools } = gathered;
  const facts = { ...gathered.facts, config: options.config };
  const members: readonly PoolFacts[] = pools.map((pool) => ({
    ...facts,
    pool,
    named: options.named ?? true,
    isNew: newPool !== undefined,
    given: options.given,
  }));
  const builder = new ReportBuilder(`node pool ${oneLine(`${ref.resourceGroup}/${ref.cluster}/${ref.pool}`)}`, rules);
  builder.add(facts, members);
  const report = builder.finish();
  return {
    report,
    cluster,
    pool: newPool === undefined ? pools[0] : undefined,
    verdict: verdictOf(report, options.purpose),
  };
}
