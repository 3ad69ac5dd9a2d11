import type { Cluster } from './cluster.ts';
import type { NodePool } from './node-pool.ts';
import type { PrerequisiteReport } from './report.ts';

/** What gathering and judging one pool gave: what a write needs to decide. */
export interface PoolJudgement {
  readonly report: PrerequisiteReport;
  /** Undefined where the caller may read pools but not the cluster. */
  readonly cluster: Cluster | undefined;
  /** Undefined for a pool that does not exist yet. */
  readonly pool: NodePool | undefined;
  /** By the rows that are not ignored: any fail, else any unknown, else clear. Warnings do not block. */
  readonly verdict: 'clear' | 'blocked' | 'unknown';
}
