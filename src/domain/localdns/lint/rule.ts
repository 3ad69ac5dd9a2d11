import type { Hit, ProfileRule } from '../rules/rule.ts';
import type { LintFacts } from './facts.ts';
import type { LintView } from './view.ts';

/** A risk that neither the service nor CoreDNS refuses. */
export interface LintRule extends Omit<ProfileRule, 'judge'> {
  /** The facts about the cluster without which it finds nothing. */
  readonly needs?: readonly (keyof LintFacts)[];
  readonly judge: (view: LintView, facts: LintFacts) => Iterable<Hit>;
}
