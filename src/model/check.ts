/** One scale for findings; `unknown` means "could not be evaluated" and is never a pass. */
export const checkStatuses = ['fail', 'unknown', 'warn', 'skip', 'pass'] as const;
export type CheckStatus = (typeof checkStatuses)[number];

export const checkLevels = ['subscription', 'cluster', 'pool', 'config'] as const;
export type CheckLevel = (typeof checkLevels)[number];

export const rulesets = ['preview', 'ga'] as const;
/** `preview`: the complete guide of 2025. `ga`: the service since November 2025. */
export type Ruleset = (typeof rulesets)[number];

export type FailOn = 'fail' | 'warn' | 'none';

/** The result of one check on one target. All texts are ready to print. */
export interface Verdict {
  readonly status: CheckStatus;
  readonly observed: string;
  readonly required: string;
  /** One sentence: the reason for the status. */
  readonly reason: string;
  /** The fix as a command, or what to do if no command helps. */
  readonly fix?: string;
}

/** A row of a report: the result of judging one thing. */
export interface ReportRow extends Verdict {
  readonly id: string;
  /** The kind of thing that was judged: `subscription`, `cluster`, `pool`, `node`, … */
  readonly level: string;
  /** The requirement: `The pool runs Kubernetes 1.31 or later`. */
  readonly title: string;
  /** Of a finding: the condition that was found, as a heading over a number, `Kubernetes older than 1.31`. */
  readonly problem?: string;
  /** What was judged, in words. */
  readonly target: string;
  /** The ARM ID of the target, or of the resource it belongs to. */
  readonly resourceId: string;
  readonly link?: string;
  /** Set if the row would not fail under the other rule set: says so and names the flag. */
  readonly rulesetNote?: string;
  /** A finding that --ignore or an entry of the ignore file covers: it stays in the report but is not counted. */
  readonly ignored: boolean;
}

/**
 * A row of the prerequisite report. Its target is a subscription ID, `group/cluster`, or `group/cluster/pool`. For
 * resources that a scope shares, below the subscription's ID: a region, a VM family there, or a subnet as
 * `group/network/subnet`. For an ignore file: its name and the number of the entry.
 */
export interface CheckRow extends ReportRow {
  readonly level: CheckLevel;
  readonly link: string;
}
