import { CliError, UsageError } from '../../core/errors.ts';
import { count, list, oneLine } from '../../core/text.ts';
import { exclusionOf, type ConfigFacts } from '../../domain/checks/index.ts';
import { hasNewerSettings } from '../../domain/localdns/index.ts';
import { checkName, type PoolRef } from '../../model/ids.ts';
import { poolLine } from '../../model/pool-command.ts';
import type { Azure } from '../../model/ports.ts';
import type { LocalDnsProfile } from '../../model/profile.ts';
import { renderPoolPlan } from '../../report/pool-plan.ts';
import {
  changeProfile,
  changeInTurn,
  planValue,
  upgradeNodeImage,
  type WriteOptions,
  type WriteResult,
  type WriteDeps,
} from '../../usecases/nodepool/index.ts';
import type { Context } from '../framework/context.ts';
import type { CommandResult } from '../io/result.ts';
import { clusterTarget } from '../options/pool.ts';
import { nodesAtOnce } from '../options/pool-write.ts';
import { judgeDeps, writeWaiting, writeDeps, type JudgeArguments } from './pool-deps.ts';
import { requireDryRun, announceEnd, writeOutput, severalOutput, type ShowArguments } from './write-output.ts';

interface PoolsArguments extends ShowArguments {
  readonly resourceGroup: string;
  readonly clusterName: string;
  readonly name: readonly string[];
  readonly allPools: boolean;
  readonly subscription: string | undefined;
  readonly yes: boolean;
  readonly noWait: boolean;
  readonly timeout: string | undefined;
  readonly waitForOperation: string | undefined;
}

interface ChangeArguments extends PoolsArguments, JudgeArguments {
  readonly maxSurge: string | undefined;
  readonly maxUnavailable: string | undefined;
  readonly drainTimeout: number | undefined;
  readonly force: boolean;
}

/** Names are checked before anything is sent. @throws UsageError */
function namesOf(args: PoolsArguments): readonly string[] {
  if (args.allPools && args.name.length > 0) throw new UsageError('--all-pools and --name/-n are mutually exclusive.');
  if (!args.allPools && args.name.length === 0)
    throw new UsageError('--name/-n with one or more node pools is required, or --all-pools.');
  const names = [...new Set(args.name.map((name) => checkName('pool', name, '--name/-n')))];
  if ((names.length > 1 || args.allPools) && args.noWait)
    throw new UsageError(
      '--no-wait supports only one node pool, because AKS rejects further changes while the first is running.',
    );
  return names;
}

type Changes = (ref: PoolRef, deps: WriteDeps, options: WriteOptions) => Promise<WriteResult>;

/** The pools of the cluster without those that can never have LocalDNS; a notice names the others. */
async function allPools(context: Context, azure: Azure, ref: Omit<PoolRef, 'pool'>): Promise<readonly PoolRef[]> {
  const pools = await azure.nodePools.listPools(ref);
  const excluded = pools.filter((pool) => exclusionOf(pool)?.certain === true);
  if (excluded.length > 0) {
    const names = list(excluded.map((pool) => oneLine(pool.ref.pool)));
    const message = `${count(excluded.length, 'node pool')} ${excluded.length === 1 ? 'does' : 'do'} not support LocalDNS and ${excluded.length === 1 ? 'is' : 'are'} skipped: ${names}.`;
    context.emit({ type: 'notice', level: 'info', code: 'pools-left-out', message });
  }
  const able = pools.filter((pool) => !excluded.includes(pool)).map((pool) => pool.ref);
  if (able.length > 0) return able;
  throw new CliError({
    code: 'no-pools',
    message: 'The cluster has no node pool that supports LocalDNS.',
    hints: [`List its node pools: ${poolLine('list', ref)}`],
  });
}

/** One pool gives an object, several a list. Several pools are confirmed once and changed one after another. */
async function overPools(
  context: Context,
  args: PoolsArguments,
  change: (target: { readonly azure: Azure; readonly subscriptionName: string }) => Changes,
  newerSettings = false,
): Promise<CommandResult> {
  requireDryRun(args);
  const options = writeWaiting(args);
  const names = namesOf(args);
  const { azure, ref: cluster, subscription } = await clusterTarget(context.azure, args);
  if (newerSettings) await azure.nodePools.useNewerSettings(cluster.subscriptionId);
  const deps = await writeDeps(context, azure, cluster.subscriptionId, args.yes);
  const act = change({ azure, subscriptionName: subscription.name });
  const [only, ...more] = names;
  if (only !== undefined && more.length === 0)
    return writeOutput(context, await act({ ...cluster, pool: only }, deps, options), args);
  const refs = args.allPools
    ? await allPools(context, azure, cluster)
    : names.map((pool): PoolRef => ({ ...cluster, pool }));
  const ends = await changeInTurn(
    {
      change: async (ref, given) => act(ref, deps, given),
      confirm: async (plans) =>
        context.consent({
          summary: plans.map((plan) => renderPoolPlan(plan, context.terminal.columns)).join('\n\n'),
          question: plans.some(({ reimages }) => reimages)
            ? `Reimage the nodes of ${plans.length === 1 ? 'this node pool' : `these ${String(plans.length)} node pools, one after another,`} now?`
            : 'Continue?',
          data: { plans: plans.map((plan) => planValue(plan)) },
          yes: args.yes,
        }),
      announce: (end) => {
        announceEnd(context, end);
      },
    },
    refs,
    options,
  );
  return severalOutput(context, ends, args);
}

/** How the three commands differ. */
type ProfileChange =
  | { readonly action: 'update'; readonly profile: LocalDnsProfile }
  | { readonly action: 'enable'; readonly reset: boolean }
  | { readonly action: 'disable'; readonly abortRunning: boolean };

function profileOf(change: ProfileChange): Pick<LocalDnsProfile, 'mode'> {
  if (change.action === 'update') return change.profile;
  return { mode: change.action === 'enable' ? 'Required' : 'Disabled' };
}

/** `nodepool update`, `enable` and `disable`, after each has read its own options. */
export async function changePools(
  context: Context,
  args: ChangeArguments,
  profileChange: ProfileChange,
  config?: ConfigFacts,
): Promise<CommandResult> {
  const judge = await judgeDeps(context, args);
  const settings = {
    maxSurge: nodesAtOnce(args.maxSurge, '--max-surge'),
    maxUnavailable: nodesAtOnce(args.maxUnavailable, '--max-unavailable'),
    drainTimeoutMinutes: args.drainTimeout,
  };
  return overPools(
    context,
    args,
    ({ azure, subscriptionName }) =>
      async (ref, deps, options) => {
        const judged = judge.of(azure, ref, { profile: profileOf(profileChange), config, subscriptionName });
        return changeProfile({ ...deps, ...judged }, { ...profileChange, ref, force: args.force, settings }, options);
      },
    profileChange.action === 'update' && hasNewerSettings(profileChange.profile),
  );
}

/** `nodepool upgrade --node-image-only`. */
export async function upgradePools(context: Context, args: PoolsArguments): Promise<CommandResult> {
  return overPools(context, args, () => async (ref, deps, options) => upgradeNodeImage(deps, ref, options));
}
