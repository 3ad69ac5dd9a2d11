import type { CheckRow } from '../../../model/check.ts';
import { isExpired, type IgnoreEntry } from './entry.ts';
import { compileScope, segmentsOf, type Segments } from './scope.ts';

interface Rule {
  readonly entry: IgnoreEntry;
  readonly covers: (segments: Segments) => boolean;
}

/** The entries that apply on a day, indexed for lookups by a large number of rows. */
export class IgnoreRules {
  readonly #rules = new Map<string, Rule[]>();
  /** The entries that have not expired, in the order of the file. */
  readonly entries: readonly IgnoreEntry[];

  /** `today`: `2026-09-30`. */
  constructor(entries: readonly IgnoreEntry[], today: string) {
    this.entries = entries.filter((one) => !isExpired(one, today));
    for (const entry of this.entries) {
      const rule = { entry, covers: entry.scope === undefined ? () => true : compileScope(entry.scope) };
      const others = this.#rules.get(entry.id);
      if (others === undefined) this.#rules.set(entry.id, [rule]);
      else others.push(rule);
    }
  }

  /** The first entry of the file that applies to the row. */
  entryFor({ id, resourceId }: Pick<CheckRow, 'id' | 'resourceId'>): IgnoreEntry | undefined {
    const rules = this.#rules.get(id);
    if (rules === undefined) return undefined;
    const segments = segmentsOf(resourceId);
    return rules.find(({ covers }) => covers(segments))?.entry;
  }
}
