import { parseDuration } from '../../core/text.ts';
import { refused, type ConfigFacts } from '../../domain/checks/index.ts';
import type { Ruleset } from '../../model/check.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { poolLine } from '../../model/pool-command.ts';
import type { Azure } from '../../model/ports.ts';
import type { LocalDnsProfile } from '../../model/profile.ts';
import { renderPoolPlan } from '../../report/pool-plan.ts';
import { planValue, type PoolDeps, type WriteOptions, type WriteDeps } from '../../usecases/nodepool/index.ts';
import { SharedFacts, checkPool } from '../../usecases/check/index.ts';
import type { Context } from '../framework/context.ts';
import { ignoresOf } from '../judging/ignores.ts';
import { rulesetOf } from '../options/judging.ts';
import { waiting } from '../options/waiting.ts';

/** What the node pool use cases need, made from the context of a command. */

export function poolDeps(context: Context, azure: Azure): PoolDeps {
  return {
    pools: azure.nodePools,
    clock: context.clock,
    emit: context.emit,
    signal: context.signal,
    continueWith: (ref, waitFor) => poolLine('wait', ref, waitFor === undefined ? [] : [`--${waitFor}`]),
  };
}

export async function writeDeps(
  context: Context,
  azure: Azure,
  subscriptionId: string,
  yes: boolean,
): Promise<WriteDeps> {
  return {
    ...poolDeps(context, azure),
    principal: await azure.accounts.principal(subscriptionId),
    canPrompt: !yes && context.terminal.stdin && context.terminal.stderr,
    confirm: async (plan) =>
      context.consent({
        summary: renderPoolPlan(plan, context.terminal.columns),
        question: plan.reimages ? 'Reimage the nodes of this node pool now?' : 'Continue?',
        data: { plans: [planValue(plan)] },
        yes,
      }),
  };
}

export interface JudgeArguments {
  readonly ruleset: Ruleset | undefined;
  readonly ignore: readonly string[];
  readonly ignoreFile: string | undefined;
}

/** What is judged together with the pool. */
export interface JudgeContext {
  readonly subscriptionName: string;
  /** The requested profile, if there is one. */
  readonly profile: Pick<LocalDnsProfile, 'mode'> | undefined;
  /** The findings about the file of the profile. */
  readonly config: ConfigFacts | undefined;
  /** The command-line options of a new pool. */
  readonly given?: readonly (readonly string[])[] | undefined;
}

/** Reads the files first, before any request to Azure. */
export async function judgeDeps(context: Context, args: JudgeArguments) {
  const ruleset = rulesetOf(context, args.ruleset);
  const ignores = await ignoresOf(context, args);
  let shared: SharedFacts | undefined;
  return {
    /** Judges a pool that exists or is to be added. Facts that pools share are read once per command. */
    of: (azure: Azure, ref: PoolRef, { profile, config, subscriptionName, given }: JudgeContext) => {
      const purpose = profile?.mode === 'Disabled' ? ('disable' as const) : ('enable' as const);
      const options = { ...ignores, ruleset, purpose, config, subscriptionName, given };
      const once = (shared ??= new SharedFacts(azure, options));
      return {
        judge: async (newPool?: NodePool) => checkPool(azure, ref, { ...options, newPool }, once),
        refuse: refused,
      };
    },
  };
}

/** The wait options of a write. @throws UsageError naming the option. */
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
