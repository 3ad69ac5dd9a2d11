import { oneLine } from '../../core/text.ts';
import type { ClusterRef } from '../../model/ids.ts';
import type { Azure } from '../../model/ports.ts';
import type { PrerequisiteReport } from '../../model/report.ts';
import { report } from '../../domain/checks/index.ts';
import { gather } from './gather.ts';
import { judgeOptions, type SurveyOptions } from './options.ts';

/**
 * Judges every pool of a cluster, in at most four requests. Pools that can never have LocalDNS are passed over. Changes nothing.
 * @throws AzureError where neither the cluster nor its pools can be read; UsageError where --only or --ignore names no check.
 */
export async function surveyCluster(azure: Azure, ref: ClusterRef, options: SurveyOptions): Promise<PrerequisiteReport> {
  const rules = judgeOptions(options);
  const { facts, pools } = await gather(azure, ref, options, {
    from: (cluster) => cluster.pools,
    alone: async () => azure.nodePools.listPools(ref),
  });
  const members = pools.map((pool) => ({ ...facts, pool, named: false, isNew: false }));
  return report(`cluster ${oneLine(`${ref.resourceGroup}/${ref.cluster}`)}`, [{ cluster: facts, pools: members }], rules);
}
