import { InterruptedError } from '../../core/errors.ts';
import type { Emit } from '../../core/events.ts';
import { runTask, type TaskEnd } from '../../core/task.ts';
import { count } from '../../core/text.ts';
import type { ReadFrom } from '../../model/inventory.ts';
import type { PoolSummary, PrerequisiteReport } from '../../model/report.ts';
import {
  CapacityLedger,
  expiredRows,
  ReportBuilder,
  type JudgeOptions,
  type PoolFacts,
} from '../../domain/checks/index.ts';
import type { FactsPage, FactsSource, GatheredCluster } from './facts-source.ts';
import { judgeOptions, type CheckOptions } from './check-options.ts';

/** A pool that is skipped or already has LocalDNS is not reimaged. */
function willRun(pool: PoolSummary | undefined): boolean {
  return pool !== undefined && pool.eligibility !== 'enabled' && pool.eligibility !== 'skipped';
}

/** The source of the clusters in a report; if there are none, the source that was searched. */
class Origin {
  readonly #clusters = new Set<ReadFrom>();
  readonly #pages = new Set<ReadFrom>();

  see({ clusters, from }: FactsPage): void {
    if (from === undefined) return;
    this.#pages.add(from);
    if (clusters.length > 0) this.#clusters.add(from);
  }

  get source(): PrerequisiteReport['source'] {
    const [one, other] = this.#clusters.size > 0 ? this.#clusters : this.#pages;
    return other === undefined ? one : 'both';
  }
}

class ClusterCheck {
  readonly #builder: ReportBuilder;
  readonly #capacity = new CapacityLedger();
  readonly #options: CheckOptions;
  readonly #rules: JudgeOptions;
  readonly #gatheredAt: string | undefined;
  readonly #origin = new Origin();
  #clusters = 0;

  constructor(source: FactsSource, options: CheckOptions) {
    const { forecast, groupBy, version } = options;
    const detail = source.breadth === 'many' ? 'findings' : 'all';
    this.#options = options;
    this.#rules = judgeOptions(options);
    this.#builder = new ReportBuilder(source.scope, { ...this.#rules, detail, forecast, groupBy, version });
    this.#gatheredAt = source.gatheredAt;
    for (const subscription of source.subscriptions) this.#builder.subscription(subscription);
  }

  get clusters(): number {
    return this.#clusters;
  }

  judge(page: FactsPage): void {
    for (const cluster of page.clusters) this.#judgeCluster(cluster);
    for (const problem of page.problems) this.#builder.problem(problem);
    this.#origin.see(page);
  }

  finish(partial: string | undefined): PrerequisiteReport {
    const { ignoreFile } = this.#options;
    this.#builder.rows(this.#capacity.rows(this.#rules));
    if (ignoreFile !== undefined)
      this.#builder.rows(expiredRows(ignoreFile.entries, ignoreFile.today, ignoreFile.name, this.#rules));
    return this.#builder.finish(partial, { gatheredAt: this.#gatheredAt, source: this.#origin.source });
  }

  #judgeCluster({ facts: gathered, pools, named }: GatheredCluster): void {
    const facts = { ...gathered, config: this.#options.config };
    const members: readonly PoolFacts[] = pools.map((pool) => ({ ...facts, pool, named, isNew: false }));
    const summaries = this.#builder.add(facts, members);
    this.#capacity.add(
      facts,
      members.filter((_, index) => willRun(summaries[index])),
    );
    this.#clusters += 1;
  }
}

/**
 * Judges facts page by page. Read-only. After an interrupt the report contains what was judged so far, and `partial`
 * explains it.
 * @throws AzureError if nothing at all can be read; UsageError if --only or --ignore names no check
 */
export async function checkClusters(
  source: FactsSource,
  options: CheckOptions,
  emit: Emit,
): Promise<PrerequisiteReport> {
  const found = new ClusterCheck(source, options);
  let total: number | undefined;
  const judgePages = async (say: (message: string) => void): Promise<void> => {
    for await (const page of source.pages()) {
      found.judge(page);
      total = page.total ?? total;
      // The total of Resource Graph excludes clusters that it omits and those created since.
      if (total !== undefined && total < found.clusters) total = undefined;
      if (found.clusters > 0)
        say(
          `${total === undefined ? '' : `${String(found.clusters)} of `}${count(total ?? found.clusters, 'cluster')} judged`,
        );
    }
  };
  if (source.breadth !== 'many') {
    await judgePages(() => undefined);
    return found.finish(undefined);
  }
  const end = (outcome: 'succeeded' | 'stopped'): TaskEnd => ({
    outcome,
    message: `${count(found.clusters, 'cluster')} judged`,
  });
  const partial = await runTask(
    emit,
    { task: 'check', message: `Checking clusters: ${source.scope}` },
    async (say) => {
      try {
        await judgePages(say);
        return { value: undefined, ...end('succeeded') };
      } catch (error) {
        if (!(error instanceof InterruptedError)) throw error;
        const of = total === undefined ? '' : ` of ${String(total)}`;
        const value = `Interrupted after ${count(found.clusters, 'cluster')}${of}: the remaining clusters were not checked.`;
        return { value, ...end('stopped') };
      }
    },
    () => end('stopped'),
  );
  return found.finish(partial);
}
