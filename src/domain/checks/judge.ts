import { oneLine } from '../../core/text.ts';
import { rulesets, type CheckStatus, type Ruleset, type Verdict } from '../../model/check.ts';
import { clusterId, subscriptionResourceId } from '../../model/ids.ts';
import type { Check, PoolCheck, SharedCheck } from './check.ts';
import { exclusionOf } from './exclusion.ts';
import { isOn, type ClusterFacts, type PoolFacts } from './facts.ts';
import { rowOf, selected, type JudgedRow, type RowOptions, type Target } from './row.ts';
import { catalogue } from './rules/index.ts';

/**
 * `report`: what blocks LocalDNS; only a warning if LocalDNS is already on.
 * `enable`: the same before a write, but what makes Azure reject every change fails even if LocalDNS is already on.
 * `disable`: turning LocalDNS off; only what makes Azure reject every change fails.
 */
export type Purpose = 'report' | 'enable' | 'disable';

export interface JudgeOptions extends RowOptions {
  readonly ruleset: Ruleset;
  readonly purpose?: Purpose | undefined;
}

interface Outcome {
  readonly verdict: Verdict;
  readonly rulesetNote: string | undefined;
}

const rulesetNotes: Readonly<Record<Ruleset, string>> = {
  preview:
    'Required only by the rules of the 2025 preview; the rules since general availability in November 2025 do not ' +
    'require it. Use --ruleset ga.',
  ga: 'Required only by the rules since general availability in November 2025, not by those of the preview. Use --ruleset preview.',
};

function bySeverity(check: Check, verdict: Verdict, ruleset: Ruleset): Verdict {
  const severity = check.severity[ruleset];
  if (severity === 'off') {
    const { fix: _, ...rest } = verdict;
    return {
      ...rest,
      status: 'skip',
      required: `not required with --ruleset ${ruleset}`,
      reason: `Not required by the rule set ${ruleset}${check.until === undefined ? '' : ` (dropped on ${check.until})`}.`,
    };
  }
  return verdict.status === 'fail' ? { ...verdict, status: severity } : verdict;
}

function stopsEvaluation(status: CheckStatus): boolean {
  return status === 'fail' || status === 'unknown';
}

function evaluate(
  check: Check,
  judge: (ruleset: Ruleset) => Verdict | undefined,
  ruleset: Ruleset,
): Outcome | undefined {
  const raw = judge(ruleset);
  if (raw === undefined) return undefined;
  const verdict = bySeverity(check, raw, ruleset);
  if (!stopsEvaluation(verdict.status)) return { verdict, rulesetNote: undefined };
  const lenient = rulesets.some((other) => {
    const otherwise = other === ruleset ? undefined : judge(other);
    return otherwise !== undefined && !stopsEvaluation(bySeverity(check, otherwise, other).status);
  });
  return { verdict, rulesetNote: lenient ? rulesetNotes[ruleset] : undefined };
}

/** Turns a failure into a warning if it does not block the purpose. */
function forPurpose(check: Check, outcome: Outcome, on: boolean, purpose: Purpose): Outcome {
  const { verdict } = outcome;
  if (verdict.status !== 'fail') return outcome;
  const always = check.stops === 'any-write' && purpose !== 'report';
  if (always) return outcome;
  const softened = (why: string): Outcome => ({
    verdict: { ...verdict, status: 'warn', reason: `${verdict.reason} ${why}` },
    rulesetNote: undefined,
  });
  if (purpose === 'disable') return softened('This does not block turning LocalDNS off.');
  return on && check.level !== 'config' ? softened('This is only a warning because LocalDNS is already on.') : outcome;
}

function sharedTarget(check: SharedCheck, facts: ClusterFacts): Target {
  const { subscription, clusterRef, config } = facts;
  if (check.level === 'subscription')
    return { target: oneLine(subscription.id), resourceId: subscriptionResourceId(oneLine(subscription.id)) };
  const resourceId = oneLine(clusterId(clusterRef));
  if (check.level === 'config') return { target: oneLine(config?.file ?? 'configuration'), resourceId };
  return { target: oneLine(`${clusterRef.resourceGroup}/${clusterRef.cluster}`), resourceId };
}

const sharedChecks = catalogue.filter(
  (check): check is SharedCheck => check.level !== 'pool' && check.judge !== undefined,
);
const poolChecks = catalogue.filter((check): check is PoolCheck => check.level === 'pool');

/** The rows of the subscription, the cluster and the configuration, which all pools share. */
export function judgeShared(
  facts: ClusterFacts,
  pools: readonly PoolFacts[],
  options: JudgeOptions,
): readonly JudgedRow[] {
  const eligible = pools.filter((pool) => exclusionOf(pool.pool) === undefined);
  const on = eligible.length > 0 && eligible.every((pool) => isOn(pool));
  return sharedChecks
    .filter((check) => selected(check, options))
    .flatMap((check) => {
      const outcome = evaluate(check, (ruleset) => check.judge(facts, ruleset), options.ruleset);
      if (outcome === undefined) return [];
      const { verdict, rulesetNote } = forPurpose(check, outcome, on, options.purpose ?? 'report');
      return [rowOf(check, sharedTarget(check, facts), verdict, options, rulesetNote)];
    });
}

/** The rows of a single pool. A pool that can never have LocalDNS has one row, which says why. */
export function judgePool(facts: PoolFacts, options: JudgeOptions): readonly JudgedRow[] {
  const exclusion = exclusionOf(facts.pool);
  const { resourceGroup, cluster, pool } = facts.pool.ref;
  const target = { target: oneLine(`${resourceGroup}/${cluster}/${pool}`), resourceId: oneLine(facts.pool.id) };
  return poolChecks
    .filter((check) => selected(check, options) && (exclusion === undefined || exclusion.check === check.id))
    .flatMap((check) => {
      const outcome = evaluate(check, (ruleset) => check.judge(facts, ruleset), options.ruleset);
      if (outcome === undefined) return [];
      const { verdict, rulesetNote } = forPurpose(check, outcome, isOn(facts), options.purpose ?? 'report');
      return [rowOf(check, target, verdict, options, rulesetNote)];
    });
}

/**
 * All rows that apply to a pool. Pure: the same facts give the same rows.
 * @testonly
 */
export function judge(facts: PoolFacts, options: JudgeOptions): readonly JudgedRow[] {
  return [...judgeShared(facts, [facts], options), ...judgePool(facts, options)];
}
