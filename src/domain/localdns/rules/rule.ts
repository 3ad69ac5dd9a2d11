import type { Place, ProfileDraft } from '../draft.ts';

export type FindingSeverity = 'fail' | 'warn' | 'info';

/** One violation of a rule. */
export interface Hit {
  readonly place: Place;
  /** What is wrong, without a final period; ready to print. */
  readonly what: string;
  /** Why, if it differs from the reason of the rule. */
  readonly why?: string;
  /** What to write instead, such as the most similar valid value. */
  readonly instead?: string;
  /** Set if it differs from the severity of the rule. */
  readonly severity?: FindingSeverity;
}

export interface ProfileRule {
  /** Stable: `R…` for reading a file, `L…` for the profile in it. */
  readonly id: string;
  readonly severity: FindingSeverity;
  /** The condition, in a few words. */
  readonly trigger: string;
  /** Why it matters: the second half of the message, without a final period. */
  readonly reason: string;
  readonly source: string;
  /** What `--fix` writes; absent if there is no automatic fix. */
  readonly fix?: string;
  /** Absent for rules that are checked while the file is read. */
  readonly judge?: (draft: ProfileDraft) => Iterable<Hit>;
}
