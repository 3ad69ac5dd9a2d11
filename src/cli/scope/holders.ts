import type { ClusterScope, ScopeTrouble } from '../../model/inventory.ts';
import type { Fleet } from '../../model/ports.ts';
import { count } from '../../core/text.ts';
import type { Context } from '../framework/context.ts';

/** By the subscription's id in lower case. */
export interface Holders {
  readonly holders: ReadonlySet<string>;
  readonly troubles: ReadonlyMap<string, readonly ScopeTrouble[]>;
}

/** Whether nothing more can be learnt about a subscription. */
export function isSettled({ kind }: ScopeTrouble): boolean {
  return kind === 'subscription-disabled' || kind === 'subscription-not-readable';
}

/**
 * Which subscriptions of a scope hold clusters that fit. Reads no further than until that is known of each.
 * @throws AzureError where nothing could be read; InterruptedError
 */
export async function findHolders(
  { emit, signal }: Pick<Context, 'emit' | 'signal'>,
  fleet: Fleet,
  scope: ClusterScope,
  words: string,
): Promise<Holders> {
  const open = new Set(scope.subscriptions.map(({ id }) => id.toLowerCase()));
  const holders = new Set<string>();
  const troubles = new Map<string, ScopeTrouble[]>();
  const task = `Looking for subscriptions with clusters: ${words}`;
  const looked = count(open.size, 'subscription');
  const hold = (id: string): void => {
    holders.add(id.toLowerCase());
    open.delete(id.toLowerCase());
  };
  // Without subscriptions Resource Graph would search all that the account sees.
  if (open.size === 0) return { holders, troubles };
  emit({ type: 'task.started', task, message: task });
  let read = false;
  try {
    for await (const page of fleet.clusters(scope, { source: 'auto', signal })) {
      for (const { ref } of page.clusters) hold(ref.subscriptionId);
      for (const trouble of page.troubles) {
        const id = trouble.subscriptionId.toLowerCase();
        troubles.set(id, [...(troubles.get(id) ?? []), trouble]);
        // A cluster that may not be read is there all the same.
        if (trouble.kind === 'cluster-not-readable') hold(id);
        if (isSettled(trouble)) open.delete(id);
      }
      if (open.size === 0) break;
    }
    read = true;
  } finally {
    const found =
      holders.size === 0
        ? `No cluster of the scope was found in ${looked}`
        : `${String(holders.size)} of ${looked} ${holders.size === 1 ? 'holds' : 'hold'} clusters of the scope`;
    emit({ type: 'task.finished', task, outcome: read ? 'succeeded' : 'stopped', message: read ? found : task });
  }
  return { holders, troubles };
}
