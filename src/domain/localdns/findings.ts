import { count, printable } from '../../core/text.ts';
import { positionsOf } from './positions.ts';
import { readingRules, type ReadingRuleId } from './rules/reading.ts';
import type { FindingSeverity, Hit, ProfileRule } from './rules/rule.ts';

/** A finding in a file. All texts are ready to print. */
export interface ProfileFinding {
  /** `L001`… for the profile, `R001`… for reading the file. */
  readonly rule: string;
  readonly severity: FindingSeverity;
  /** What is wrong and why, on one line. */
  readonly message: string;
  /** What to write instead, such as the most similar valid value. */
  readonly instead?: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in characters. */
  readonly column: number;
  /** A JSON path such as `kubeDNSOverrides["."].serveStale`, or `$`. */
  readonly path: string;
  readonly source: string;
}

interface Found {
  readonly rule: ProfileRule;
  readonly hit: Hit;
}

/**
 * The maximum number of listed findings per rule; further ones are counted. A file of another kind may violate a rule
 * at every other character.
 */
export const maxPerRule = 1000;

/** Collects findings in any order. */
export class Findings {
  readonly #found: Found[] = [];
  readonly #amounts = new Map<ProfileRule, number>();
  #failed = false;

  /**
   * Adds a finding of the reader itself. A hit whose text is expensive can be a function; it is not called if the
   * finding would not be listed.
   */
  report(id: ReadingRuleId, hit: Hit | (() => Hit)): void {
    const rule = readingRules[id];
    if (typeof hit !== 'function') this.add(rule, hit);
    else if ((this.#amounts.get(rule) ?? 0) < maxPerRule) this.add(rule, hit());
    else this.#count(rule, rule.severity);
  }

  add(rule: ProfileRule, hit: Hit): void {
    if (this.#count(rule, hit.severity ?? rule.severity) <= maxPerRule) this.#found.push({ rule, hit });
  }

  #count(rule: ProfileRule, severity: FindingSeverity): number {
    const amount = (this.#amounts.get(rule) ?? 0) + 1;
    this.#amounts.set(rule, amount);
    this.#failed ||= severity === 'fail';
    return amount;
  }

  get failed(): boolean {
    return this.#failed;
  }

  /** Sorted by position, then by rule. */
  locatedIn(text: string): readonly ProfileFinding[] {
    const sorted = [...this.#found].sort(
      (left, right) => left.hit.place.offset - right.hit.place.offset || (left.rule.id < right.rule.id ? -1 : 1),
    );
    const positions = positionsOf(
      text,
      sorted.map(({ hit }) => hit.place.offset),
    );
    const last = new Map(sorted.map(({ rule }, index) => [rule, index]));
    return sorted.map(({ rule, hit }, index) => ({
      rule: rule.id,
      severity: hit.severity ?? rule.severity,
      message: printable(`${hit.what}: ${hit.why ?? rule.reason}.${last.get(rule) === index ? this.#more(rule) : ''}`),
      ...(hit.instead === undefined ? {} : { instead: printable(hit.instead) }),
      line: positions[index]?.line ?? 1,
      column: positions[index]?.column ?? 1,
      path: hit.place.path,
      source: rule.source,
    }));
  }

  #more(rule: ProfileRule): string {
    const more = (this.#amounts.get(rule) ?? 0) - maxPerRule;
    return more > 0 ? ` ${count(more, 'further finding')} of this rule ${more === 1 ? 'is' : 'are'} not listed.` : '';
  }
}
