import { clusterKey, type ClusterRef } from '../../../../model/ids.ts';
import type { Subscription } from '../../../../model/registration.ts';

/** How far a series has come: its rows are ordered by id, and so by subscription. */
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

  /** Those that more rows may come of: the last one's, and all behind it. */
  open(): readonly Subscription[] {
    return this.#subscriptions.filter(({ id }) => id.toLowerCase() >= this.#last);
  }

  /** Whether a cluster of an open subscription came already. */
  has(ref: ClusterRef): boolean {
    return this.#ofLast.has(clusterKey(ref));
  }

  /** Those that no row came of. */
  quiet(): readonly Subscription[] {
    return this.#subscriptions.filter(({ id }) => !this.#shown.has(id.toLowerCase()));
  }

  /** Those that no row came of, and that none will come of. */
  quietAndDone(): readonly Subscription[] {
    return this.quiet().filter(({ id }) => id.toLowerCase() < this.#last);
  }
}
