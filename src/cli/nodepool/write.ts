import { parseDuration } from '../../core/text.ts';
import { refused, type ConfigFacts, type Purpose } from '../../domain/checks/index.ts';
import type { Ruleset } from '../../model/check.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { Azure } from '../../model/ports.ts';
import { surveyPool } from '../../usecases/survey/index.ts';
import {
  describePlan,
  writeValue,
  type Judging,
  type PoolWork,
  type UpgradeSettings,
  type WriteOptions,
  type WriteResult,
  type WriteWork,
} from '../../usecases/nodepool/index.ts';
import type { Context } from '../framework/context.ts';
import type { CommandResult } from '../io/result.ts';
import { rulesetOf } from '../options/judging.ts';
import { waiting } from '../options/waiting.ts';

/** What joins the use cases of a node pool with judging, asking and this machine. */

export function poolWork(context: Context, azure: Azure): PoolWork {
  return { pools: azure.nodePools, clock: context.clock, emit: context.emit, signal: context.signal };
}

const questions = {
  add: 'Add the node pool?',
  update: 'Reimage the nodes of this pool now?',
  enable: 'Reimage the nodes of this pool now?',
  disable: 'Reimage the nodes of this pool now?',
  'upgrade-node-image': 'Reimage the nodes of this pool now?',
} as const;

export async function writeWork(context: Context, azure: Azure, ref: PoolRef, yes: boolean): Promise<WriteWork> {
  return {
    ...poolWork(context, azure),
    principal: await azure.accounts.principal(ref.subscriptionId),
    asks: !yes && context.terminal.stdin && context.terminal.stderr,
    confirm: async (plan) =>
      context.consent({
        summary: describePlan(plan, context.terminal.columns),
        question: plan.reimages ? questions[plan.action] : 'Go on?',
        yes,
      }),
  };
}

export interface JudgingInput {
  readonly args: { readonly ruleset: Ruleset | undefined; readonly ignore: readonly string[] };
  readonly purpose: Purpose;
  readonly config?: ConfigFacts | undefined;
  readonly subscriptionName: string;
  readonly wantedPool?: NodePool | undefined;
}

export function judging(context: Context, azure: Azure, ref: PoolRef, input: JudgingInput): Judging {
  const { args, wantedPool, ...rest } = input;
  const options = { ...rest, ruleset: rulesetOf(context, args.ruleset), ignore: args.ignore };
  return {
    judge: async () => surveyPool(azure, ref, { ...options, wantedPool }),
    refuse: refused,
  };
}

export function upgradeSettings(args: {
  readonly maxSurge: string | undefined;
  readonly maxUnavailable: string | undefined;
  readonly drainTimeout: number | undefined;
}): UpgradeSettings {
  return { maxSurge: args.maxSurge, maxUnavailable: args.maxUnavailable, drainTimeoutMinutes: args.drainTimeout };
}

/** What a write waits for. @throws UsageError naming the option. */
export function writeWaiting(args: {
  readonly noWait: boolean;
  readonly timeout: string | undefined;
  readonly dryRun: boolean;
  readonly waitForOperation: string | undefined;
}): WriteOptions {
  return {
    ...waiting(args),
    dryRun: args.dryRun,
    waitForOperationSeconds:
      args.waitForOperation === undefined ? undefined : parseDuration(args.waitForOperation, '--wait-for-operation'),
  };
}

/**
 * The result as it is printed; the sentence for people goes to stderr. A dry run shows its plan where a table would
 * stand.
 */
export function written(context: Context, result: WriteResult, showRequest = false): CommandResult {
  const { plan } = result;
  context.say(result.summary);
  const value = writeValue(result, { showRequest });
  if (plan === undefined || result.outcome !== 'planned') return { value };
  const request =
    showRequest && plan.requestBody !== undefined
      ? `\n\nRequest body:\n${JSON.stringify(plan.requestBody, null, 2)}`
      : '';
  return { value, formats: { table: () => `${describePlan(plan, context.terminal.columns)}${request}\n` } };
}
