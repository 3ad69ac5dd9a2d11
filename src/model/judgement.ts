import type { Cluster } from './cluster.ts';
import type { NodePool } from './node-pool.ts';
import type { PrerequisiteReport } from './report.ts';

/** The result of gathering and judging one pool: what a write decision needs. */
export interface PoolJudgement {
  readonly report: PrerequisiteReport;
  /** Undefined if the caller may read pools but not the cluster. */
  readonly cluster: Cluster | undefined;
  /** Undefined for a pool that does not exist yet. */
  readonly pool: NodePool | undefined;
  /**
   * From the rows that are not ignored: `fail` if any fails, else `unknown` if any is, else `clear`. Warnings do not
   * block.
   */
  readonly verdict: 'clear' | 'blocked' | 'unknown';
}
