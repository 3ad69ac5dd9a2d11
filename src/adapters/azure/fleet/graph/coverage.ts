import { clusterKey, type ClusterRef } from '../../../../model/ids.ts';
import type { Subscription } from '../../../../model/registration.ts';

/** How far a series has progressed: its rows are ordered by ID, and therefore by subscription. */
export class Coverage {
  readonly #subscriptions: readonly Subscription[];
  readonly #known: ReadonlySet<string>;
  readonly #shown = new Set<string>();
  #last = '';
  #ofLast = new Set<string>();

  constructor(subscriptions: readonly Subscription[]) {
    this.#subscriptions = subscriptions;
    this.#known = new Set(subscriptions.map(({ id }) => id.toLowerCase()));
  }

  saw(ref: ClusterRef): void {
    const id = ref.subscriptionId.toLowerCase();
    if (!this.#known.has(id)) return;
    this.#shown.add(id);
    if (id !== this.#last) this.#ofLast = new Set();
    this.#last = id;
    this.#ofLast.add(clusterKey(ref));
  }

  /** Subscriptions that may have further rows: the current one and all after it. */
  open(): readonly Subscription[] {
    return this.#subscriptions.filter(({ id }) => id.toLowerCase() >= this.#last);
  }

  /** Whether a cluster of an open subscription was already returned. */
  has(ref: ClusterRef): boolean {
    return this.#ofLast.has(clusterKey(ref));
  }

  /** Subscriptions without rows so far. */
  withoutRows(): readonly Subscription[] {
    return this.#subscriptions.filter(({ id }) => !this.#shown.has(id.toLowerCase()));
  }

  /** Subscriptions without rows that will not get any. */
  finishedWithoutRows(): readonly Subscription[] {
    return this.withoutRows().filter(({ id }) => id.toLowerCase() < this.#last);
  }
}
