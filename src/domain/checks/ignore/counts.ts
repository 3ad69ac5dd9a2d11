import type { IgnoredSummary } from '../../../model/report.ts';
import type { JudgedRow } from '../row.ts';
import type { IgnoreEntry } from './entry.ts';

/** Counts the findings that are set aside, as they come: by id of --ignore, and by entry of the ignore file. */
export class IgnoreCounts {
  readonly #ids = new Map<string, number>();
  readonly #entries = new Map<IgnoreEntry, number>();

  see({ id, ignored, ignoredBy }: JudgedRow): void {
    if (!ignored) return;
    if (ignoredBy === undefined) this.#ids.set(id, (this.#ids.get(id) ?? 0) + 1);
    else this.#entries.set(ignoredBy, (this.#entries.get(ignoredBy) ?? 0) + 1);
  }

  /**
   * Every one of the ids of --ignore; then `entries`, those that set nothing aside too: their scope may not be what was
   * meant.
   */
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
