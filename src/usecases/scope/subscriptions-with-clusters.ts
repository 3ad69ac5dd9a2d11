import { runTask } from '../../core/task.ts';
import { count } from '../../core/text.ts';
import type { ScopeProblem } from '../../model/inventory.ts';
import type { ResolvedScope, ScopeDeps } from './resolve-scope.ts';

/** Keys are subscription ids in lower case. */
export interface SearchResult {
  readonly withClusters: ReadonlySet<string>;
  readonly problems: ReadonlyMap<string, readonly ScopeProblem[]>;
}

/** True if no further page can tell more about the subscription. */
export function isSettled({ kind }: ScopeProblem): boolean {
  return kind === 'subscription-disabled' || kind === 'subscription-not-readable';
}

/**
 * Finds the subscriptions of a scope that contain matching clusters. Stops reading once every subscription is decided.
 * @throws AzureError if nothing could be read; InterruptedError
 */
export async function findSubscriptionsWithClusters(
  { azure, emit, signal }: ScopeDeps,
  { scope, description }: ResolvedScope,
): Promise<SearchResult> {
  const open = new Set(scope.subscriptions.map(({ id }) => id.toLowerCase()));
  const withClusters = new Set<string>();
  const problems = new Map<string, ScopeProblem[]>();
  const task = `Looking for subscriptions with clusters: ${description}`;
  const searched = count(open.size, 'subscription');
  const add = (id: string): void => {
    withClusters.add(id.toLowerCase());
    open.delete(id.toLowerCase());
  };
  // Without subscriptions, Resource Graph would search everything that the account can see.
  if (open.size === 0) return { withClusters, problems };
  return runTask(
    emit,
    { task, message: task },
    async () => {
      for await (const page of azure.fleet.clusters(scope, { source: 'auto', signal })) {
        for (const { ref } of page.clusters) add(ref.subscriptionId);
        for (const problem of page.problems) {
          const id = problem.subscriptionId.toLowerCase();
          problems.set(id, [...(problems.get(id) ?? []), problem]);
          // A cluster that cannot be read still exists.
          if (problem.kind === 'cluster-not-readable') add(id);
          if (isSettled(problem)) open.delete(id);
        }
        if (open.size === 0) break;
      }
      const message =
        withClusters.size === 0
          ? `No matching clusters found in ${searched}`
          : `${String(withClusters.size)} of ${searched}  ${withClusters.size === 1 ? 'contains' : 'contain'} matching clusters`;
      return { value: { withClusters, problems }, outcome: 'succeeded', message };
    },
    () => ({ outcome: 'stopped', message: task }),
  );
}
