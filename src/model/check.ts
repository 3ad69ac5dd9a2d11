/** One scale for findings; `unknown` is what could not be evaluated, and is never a pass. */
export const checkStatuses = ['fail', 'unknown', 'warn', 'skip', 'pass'] as const;
export type CheckStatus = (typeof checkStatuses)[number];

export const checkLevels = ['subscription', 'cluster', 'pool', 'config'] as const;
export type CheckLevel = (typeof checkLevels)[number];

export const rulesets = ['preview', 'ga'] as const;
/** `preview`: the guide of 2025 in full. `ga`: the service since November 2025. */
export type Ruleset = (typeof rulesets)[number];

export type FailOn = 'fail' | 'warn' | 'none';

/** What judging one check of one target gave. All texts are ready to print. */
export interface Verdict {
  readonly status: CheckStatus;
  readonly observed: string;
  readonly required: string;
  /** One sentence: why it is so. */
  readonly reason: string;
  /** The fix as a command, or what to do where no command helps. */
  readonly fix?: string;
}

/** A row of the prerequisite report. */
export interface CheckRow extends Verdict {
  readonly id: string;
  readonly level: CheckLevel;
  readonly title: string;
  /**
   * What was judged: a subscription id, `group/cluster`, or `group/cluster/pool`. Of what a scope shares, below its
   * subscription's id: a region, a family of sizes there, or a subnet as `group/network/subnet`. Of an ignore file: its
   * name and the number of the entry.
   */
  readonly target: string;
  readonly resourceId: string;
  readonly link: string;
  /** Set where the row would not fail under the other rule set: says so, and names the flag. */
  readonly rulesetNote?: string;
  /**
   * A finding that --ignore or an entry of the ignore file set aside: it stays in the report and counts for nothing.
   */
  readonly ignored: boolean;
}
