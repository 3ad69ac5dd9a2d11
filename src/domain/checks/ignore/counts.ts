import type { IgnoredSummary } from '../../../model/report.ts';
import type { JudgedRow } from '../row.ts';
import type { IgnoreEntry } from './entry.ts';

/** Counts the ignored findings: by id of --ignore, and by entry of the ignore file. */
export class IgnoreCounts {
  readonly #ids = new Map<string, number>();
  readonly #entries = new Map<IgnoreEntry, number>();

  add({ id, ignored, ignoredBy }: JudgedRow): void {
    if (!ignored) return;
    if (ignoredBy === undefined) this.#ids.set(id, (this.#ids.get(id) ?? 0) + 1);
    else this.#entries.set(ignoredBy, (this.#entries.get(ignoredBy) ?? 0) + 1);
  }

  /** All ids of --ignore, then all `entries`, including those that match nothing, because their scope may be wrong. */
  summaries(ids: readonly string[], entries: readonly IgnoreEntry[]): readonly IgnoredSummary[] {
    return [
      ...[...new Set(ids)].map((id) => ({ id, rows: this.#ids.get(id) ?? 0 })),
      ...entries.map((entry) => {
        const { id, scope, owner, reason, expires } = entry;
        return {
          id,
          rows: this.#entries.get(entry) ?? 0,
          ...(scope === undefined ? {} : { scope }),
          owner,
          reason,
          expires,
        };
      }),
    ];
  }
}
