import type { Hit, ProfileRule } from '../rules/rule.ts';
import type { LintFacts } from './facts.ts';
import type { LintView } from './view.ts';

/** A rule for a risk that neither the service nor CoreDNS rejects. */
export interface LintRule extends Omit<ProfileRule, 'judge'> {
  /** The facts about the cluster that the rule needs; without them it has no findings. */
  readonly needs?: readonly (keyof LintFacts)[];
  readonly judge: (view: LintView, facts: LintFacts) => Iterable<Hit>;
}
