import type { Place, ProfileDraft } from '../draft.ts';

export type FindingSeverity = 'fail' | 'warn' | 'info';

/** One breach of a rule. */
export interface Hit {
  readonly place: Place;
  /** What is wrong, without a final dot; ready to print. */
  readonly what: string;
  /** Why, where it is not the rule's own reason. */
  readonly why?: string;
  /** What to write instead; the nearest right word where there is one. */
  readonly instead?: string;
  /** Where it is not the rule's own. */
  readonly severity?: FindingSeverity;
}

export interface ProfileRule {
  /** Stable: `R…` for reading a file, `L…` for the profile in it. */
  readonly id: string;
  readonly severity: FindingSeverity;
  /** What sets it off, in a few words. */
  readonly trigger: string;
  /** Why it matters: the second half of the message, without a final dot. */
  readonly reason: string;
  readonly source: string;
  /** What `--fix` writes instead; absent if only a person can know. */
  readonly fix?: string;
  /** Absent for what the reader itself notices while it reads. */
  readonly judge?: (draft: ProfileDraft) => Iterable<Hit>;
}
