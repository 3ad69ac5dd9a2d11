import { parseDuration } from '../../core/text.ts';
import { refused, type ConfigFacts } from '../../domain/checks/index.ts';
import type { Ruleset } from '../../model/check.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { poolLine } from '../../model/pool-lines.ts';
import type { Azure } from '../../model/ports.ts';
import type { LocalDnsProfile } from '../../model/profile.ts';
import { renderPoolPlan } from '../../report/pool-plan.ts';
import { planValue, type PoolWork, type WriteOptions, type WriteWork } from '../../usecases/nodepool/index.ts';
import { SharedFacts, checkPool } from '../../usecases/check/index.ts';
import type { Context } from '../framework/context.ts';
import { ignoresOf } from '../judging/ignores.ts';
import { rulesetOf } from '../options/judging.ts';
import { waiting } from '../options/waiting.ts';

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

export async function writeWork(
  context: Context,
  azure: Azure,
  subscriptionId: string,
  yes: boolean,
): Promise<WriteWork> {
  return {
    ...poolWork(context, azure),
    principal: await azure.accounts.principal(subscriptionId),
    asks: !yes && context.terminal.stdin && context.terminal.stderr,
    confirm: async (plan) =>
      context.consent({
        summary: renderPoolPlan(plan, context.terminal.columns),
        question: plan.reimages ? 'Reimage the nodes of this node pool now?' : 'Continue?',
        data: { plans: [planValue(plan)] },
        yes,
      }),
  };
}

export interface JudgingArguments {
  readonly ruleset: Ruleset | undefined;
  readonly ignore: readonly string[];
  readonly ignoreFile: string | undefined;
}

/** What is judged beside the pool itself. */
export interface JudgedWith {
  readonly subscriptionName: string;
  /** The profile that is wanted, if it is given. */
  readonly profile: Pick<LocalDnsProfile, 'mode'> | undefined;
  /** What is to be said of its file. */
  readonly config: ConfigFacts | undefined;
  /** The options that ask for a new pool. */
  readonly given?: readonly (readonly string[])[] | undefined;
}

/** Files are read before anything is asked of Azure. */
export async function judging(context: Context, args: JudgingArguments) {
  const ruleset = rulesetOf(context, args.ruleset);
  const ignores = await ignoresOf(context, args);
  let shared: SharedFacts | undefined;
  return {
    /** Judges a pool, or one that would be, and refuses by that judgement. What pools share is read once a command. */
    of: (azure: Azure, ref: PoolRef, { profile, config, subscriptionName, given }: JudgedWith) => {
      const purpose = profile?.mode === 'Disabled' ? ('disable' as const) : ('enable' as const);
      const options = { ...ignores, ruleset, purpose, config, subscriptionName, given };
      const once = (shared ??= new SharedFacts(azure, options));
      return {
        judge: async (wantedPool?: NodePool) => checkPool(azure, ref, { ...options, wantedPool }, once),
        refuse: refused,
      };
    },
  };
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
