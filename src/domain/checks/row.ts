import type { CheckLevel, CheckRow, Verdict } from '../../model/check.ts';
import type { Check } from './check.ts';
import type { IgnoreEntry } from './ignore/entry.ts';
import type { IgnoreRules } from './ignore/rules.ts';

export interface RowOptions {
  /** Check IDs; absent or empty for all. */
  readonly only?: readonly string[] | undefined;
  /** Check IDs whose rows stay in the report but are not counted. */
  readonly ignore?: readonly string[] | undefined;
  /** Entries of an ignore file: the same, for a part of the scope and until their expiry date. */
  readonly ignores?: IgnoreRules | undefined;
}

/** A row with the ignore file entry that covers it. A report leaves the entry out of its rows. */
export interface JudgedRow extends CheckRow {
  /** The entry of the ignore file that covers the row. */
  readonly ignoredBy?: IgnoreEntry;
}

/** What a row is about. All texts are ready to print. */
export interface Target {
  readonly target: string;
  readonly resourceId: string;
  /** Defaults to the level of the check. */
  readonly level?: CheckLevel;
}

export function selected(check: Check, { only }: RowOptions): boolean {
  return only === undefined || only.length === 0 || only.includes(check.id);
}

export function rowOf(
  check: Check,
  { target, resourceId, level }: Target,
  verdict: Verdict,
  options: RowOptions,
  rulesetNote?: string,
): JudgedRow {
  const { id, title } = check;
  const { link } = check.source;
  // Only findings have a problem and can be ignored.
  const isFinding = verdict.status !== 'pass' && verdict.status !== 'skip';
  // Most rows of a fleet, a hundred thousand of them: one literal is made in a third of the time.
  if (!isFinding && rulesetNote === undefined)
    return { id, level: level ?? check.level, title, target, resourceId, link, ...verdict, ignored: false };
  const byId = isFinding && options.ignore?.includes(id) === true;
  const entry = isFinding && !byId ? options.ignores?.entryFor({ id, resourceId }) : undefined;
  return {
    id,
    level: level ?? check.level,
    title,
    ...(isFinding ? { problem: check.problem } : {}),
    target,
    resourceId,
    link,
    ...verdict,
    ...(rulesetNote === undefined ? {} : { rulesetNote }),
    ignored: byId || entry !== undefined,
    ...(entry === undefined ? {} : { ignoredBy: entry }),
  };
}
