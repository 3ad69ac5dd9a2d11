import { parseDuration } from '../../core/text.ts';
import { refused, type ConfigFacts } from '../../domain/checks/index.ts';
import type { Ruleset } from '../../model/check.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { poolLine } from '../../model/pool-lines.ts';
import type { Azure } from '../../model/ports.ts';
import type { LocalDnsProfile } from '../../model/profile.ts';
import { renderPoolPlan } from '../../report/pool-plan.ts';
import {
  changeProfile,
  writeValue,
  type PoolWork,
  type ProfileRequest,
  type WriteOptions,
  type WriteResult,
  type WriteWork,
} from '../../usecases/nodepool/index.ts';
import { surveyPool } from '../../usecases/survey/index.ts';
import { rulesetOf } from '../options/judging.ts';
import { poolTarget } from '../options/pool.ts';
import { waiting } from '../options/waiting.ts';
import type { Context } from '../framework/context.ts';
import type { CommandResult } from '../io/result.ts';

/** What joins the use cases of a node pool with judging, asking and this machine. */

export function poolWork(context: Context, azure: Azure): PoolWork {
  return {
    pools: azure.nodePools,
    clock: context.clock,
    emit: context.emit,
    signal: context.signal,
    continueWith: (ref, waitFor) => poolLine('wait', ref, waitFor === undefined ? [] : [`--${waitFor}`]),
  };
}

export async function writeWork(context: Context, azure: Azure, ref: PoolRef, yes: boolean): Promise<WriteWork> {
  return {
    ...poolWork(context, azure),
    principal: await azure.accounts.principal(ref.subscriptionId),
    asks: !yes && context.terminal.stdin && context.terminal.stderr,
    confirm: async (plan) =>
      context.consent({
        summary: renderPoolPlan(plan, context.terminal.columns),
        question: plan.reimages ? 'Reimage the nodes of this pool now?' : 'Go on?',
        yes,
      }),
  };
}

interface JudgingInput {
  readonly args: { readonly ruleset: Ruleset | undefined; readonly ignore: readonly string[] };
  readonly subscriptionName: string;
  /** The profile that is wanted, if it is given; and what is to be said of its file. */
  readonly profile: Pick<LocalDnsProfile, 'mode'> | undefined;
  readonly config: ConfigFacts | undefined;
}

/** Judges a pool, or the pool that would be, and refuses by that judgement. */
export function judging(context: Context, azure: Azure, ref: PoolRef, input: JudgingInput) {
  const { args, profile, config, subscriptionName } = input;
  const ruleset = rulesetOf(context, args.ruleset);
  const purpose = profile?.mode === 'Disabled' ? ('disable' as const) : ('enable' as const);
  return {
    judge: async (wantedPool?: NodePool) =>
      surveyPool(azure, ref, { ruleset, ignore: args.ignore, purpose, config, subscriptionName, wantedPool }),
    refuse: refused,
  };
}

interface ChangeArguments {
  readonly resourceGroup: string;
  readonly clusterName: string;
  readonly name: string;
  readonly subscription: string | undefined;
  readonly ruleset: Ruleset | undefined;
  readonly ignore: readonly string[];
  readonly maxSurge: string | undefined;
  readonly maxUnavailable: string | undefined;
  readonly drainTimeout: number | undefined;
  readonly force: boolean;
  readonly yes: boolean;
  readonly noWait: boolean;
  readonly timeout: string | undefined;
  readonly dryRun: boolean;
  readonly showRequest: boolean;
  readonly waitForOperation: string | undefined;
}

/** What the verbs ask for differs; all else about them is one. */
type Wanted =
  | { readonly action: 'update'; readonly profile: LocalDnsProfile }
  | { readonly action: 'enable'; readonly reset: boolean }
  | { readonly action: 'disable'; readonly abortRunning: boolean };

/** `nodepool update`, `enable` and `disable`, once their own options are read. */
export async function changePool(
  context: Context,
  args: ChangeArguments,
  wanted: Wanted,
  config?: ConfigFacts,
): Promise<CommandResult> {
  const waits = writeWaiting(args);
  const { azure, ref, subscription } = await poolTarget(context.azure, args);
  const profile =
    wanted.action === 'update'
      ? wanted.profile
      : ({ mode: wanted.action === 'enable' ? 'Required' : 'Disabled' } as const);
  const { maxSurge, maxUnavailable, drainTimeout, force } = args;
  const request: ProfileRequest = {
    ...wanted,
    ref,
    force,
    settings: { maxSurge, maxUnavailable, drainTimeoutMinutes: drainTimeout },
  };
  const work = {
    ...(await writeWork(context, azure, ref, args.yes)),
    ...judging(context, azure, ref, { args, profile, config, subscriptionName: subscription.name }),
  };
  return written(context, await changeProfile(work, request, waits), args.showRequest);
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
  return { value, formats: { table: () => `${renderPoolPlan(plan, context.terminal.columns)}${request}\n` } };
}
