import { UsageError } from '../../../core/errors.ts';
import { clip, nearest, oneLine } from '../../../core/text.ts';
import type { ProfileDraft } from '../draft.ts';
import { readBy, type ProfileDocument } from '../profile-document.ts';
import { profileRules } from '../rules/index.ts';
import type { FindingSeverity, ProfileRule } from '../rules/rule.ts';
import type { LintFacts } from './facts.ts';
import type { LintRule } from './rule.ts';
import { lintRules } from './rules/index.ts';
import { lintView, type LintView } from './view.ts';

export { fixProfile, leftUnfixed } from './fix/fix.ts';
export { parseFacts, type LintFacts } from './facts.ts';

/** All errors and risks in a file, by position. Never throws, for any bytes. */
export function lintProfile(bytes: Uint8Array, purpose: 'add' | 'update', facts: LintFacts = {}): ProfileDocument {
  return readBy(bytes, purpose, [...profileRules, ...asProfileRules(lintRules, facts)]);
}

/** What the service or CoreDNS would reject on a cluster with this Kubernetes version. */
export function validateProfile(
  bytes: Uint8Array,
  purpose: 'add' | 'update',
  kubernetesVersion?: string,
): ProfileDocument {
  const facts = kubernetesVersion === undefined ? {} : { kubernetesVersion };
  const versionRules = lintRules.filter(({ id }) => id === 'L072');
  return readBy(bytes, purpose, [...profileRules, ...asProfileRules(versionRules, facts)]);
}

function asProfileRules(rules: readonly LintRule[], facts: LintFacts): readonly ProfileRule[] {
  const views = new WeakMap<ProfileDraft, LintView>();
  const viewOf = (draft: ProfileDraft): LintView => {
    const view = views.get(draft) ?? lintView(draft);
    views.set(draft, view);
    return view;
  };
  return rules.map((rule) => ({ ...rule, judge: (draft) => rule.judge(viewOf(draft), facts) }));
}

/** A rule as printed by `config rules list`. */
export interface RuleDescription {
  readonly id: string;
  readonly severity: FindingSeverity;
  readonly trigger: string;
  /** The trigger and its reason, as a sentence. */
  readonly message: string;
  readonly reason: string;
  readonly source: string;
  /** What `--fix` writes; absent if there is no automatic fix. */
  readonly fix?: string;
  /** The facts about the cluster that the rule needs; without them it has no findings. */
  readonly needs?: readonly string[];
}

/** All rules of `config validate` and `config lint`, by ID. */
export const allRules: readonly RuleDescription[] = [...profileRules, ...lintRules]
  .map((rule) => described(rule))
  .sort((left, right) => (left.id < right.id ? -1 : 1));

function described(rule: ProfileRule | LintRule): RuleDescription {
  const { id, severity, trigger, reason, source, fix } = rule;
  const needs = 'needs' in rule ? rule.needs : undefined;
  return {
    id,
    severity,
    trigger,
    message: `${trigger}: ${reason}.`,
    reason,
    source,
    ...(fix === undefined ? {} : { fix }),
    ...(needs === undefined ? {} : { needs }),
  };
}

/** Finds a rule by its case-insensitive ID. @throws UsageError for an unknown ID, with the most similar one. */
export function explainRule(id: string, place = 'config rules explain'): RuleDescription {
  const rule = allRules.find((candidate) => candidate.id === id.trim().toUpperCase());
  if (rule !== undefined) return rule;
  const near = nearest(
    id.slice(0, 64),
    allRules.map((candidate) => candidate.id),
  );
  throw new UsageError(`${place}: there is no rule '${clip(oneLine(id), 64)}'.`, [
    ...(near === undefined ? [] : [`Did you mean '${near}'?`]),
    'To list the rules: aks-localdns config rules list',
  ]);
}
