import type { CheckLevel, CheckRow, Verdict } from '../../model/check.ts';
import type { Check } from './check.ts';
import type { IgnoreEntry } from './ignore/entry.ts';
import type { IgnoreRules } from './ignore/rules.ts';

export interface RowOptions {
  /** Check ids; all where absent or empty. */
  readonly only?: readonly string[] | undefined;
  /** Check ids whose rows stay in the report and count for nothing. */
  readonly ignore?: readonly string[] | undefined;
  /** Entries of an ignore file: the same, for a part of the scope and until a day. */
  readonly ignores?: IgnoreRules | undefined;
}

/** A row as it was judged. A report leaves the entry out: it would print it once for each row. */
export interface JudgedRow extends CheckRow {
  /** The entry of the ignore file that set the row aside. */
  readonly ignoredBy?: IgnoreEntry;
}

/** What a row is about. Texts are ready to print. */
export interface Target {
  readonly target: string;
  readonly resourceId: string;
  /** The check's own where absent. */
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
  // What holds is no problem, and needs no setting aside.
  const isFinding = verdict.status !== 'pass' && verdict.status !== 'skip';
  const named = isFinding && options.ignore?.includes(check.id) === true;
  const entry = isFinding && !named ? options.ignores?.entryFor({ id: check.id, resourceId }) : undefined;
  return {
    id: check.id,
    level: level ?? check.level,
    title: check.title,
    ...(isFinding ? { problem: check.problem } : {}),
    target,
    resourceId,
    link: check.source.link,
    ...verdict,
    ...(rulesetNote === undefined ? {} : { rulesetNote }),
    ignored: named || entry !== undefined,
    ...(entry === undefined ? {} : { ignoredBy: entry }),
  };
}
