import { ReportBuilder, type ClusterFacts, type PoolFacts } from '../../src/domain/checks/index.ts';
import type { ReportOptions } from '../../src/domain/checks/report-builder.ts';
import type { PrerequisiteReport } from '../../src/model/report.ts';

/** One cluster with its judged pools. */
export interface Judged {
  readonly cluster: ClusterFacts;
  readonly pools: readonly PoolFacts[];
}

/** The report for complete facts. */
export function reportOf(scope: string, judged: readonly Judged[], options: ReportOptions): PrerequisiteReport {
  const builder = new ReportBuilder(scope, options);
  for (const { cluster, pools } of judged) builder.add(cluster, pools);
  return builder.finish();
}
