import { ReportBuilder, type ClusterFacts, type PoolFacts } from '../../src/domain/checks/index.ts';
import type { ReportOptions } from '../../src/domain/checks/report-builder.ts';
import type { PrerequisiteReport } from '../../src/model/report.ts';

/** One cluster with the pools that are judged of it. */
export interface Judged {
  readonly cluster: ClusterFacts;
  readonly pools: readonly PoolFacts[];
}

/** Facts that are all at hand, as one report. */
export function reportOf(scope: string, judged: readonly Judged[], options: ReportOptions): PrerequisiteReport {
  const builder = new ReportBuilder(scope, options);
  for (const { cluster, pools } of judged) builder.add(cluster, pools);
  return builder.finish();
}
