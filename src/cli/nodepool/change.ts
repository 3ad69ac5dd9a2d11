import { CliError, UsageError } from '../../core/errors.ts';
import { count, list, oneLine } from '../../core/text.ts';
import { exclusionOf, type ConfigFacts } from '../../domain/checks/index.ts';
import { hasNewerSettings } from '../../domain/localdns/index.ts';
import { checkName, type PoolRef } from '../../model/ids.ts';
import { poolLine } from '../../model/pool-lines.ts';
import type { Azure } from '../../model/ports.ts';
import type { LocalDnsProfile } from '../../model/profile.ts';
import { renderPoolPlan } from '../../report/pool-plan.ts';
import {
  changeProfile,
  changeSeveral,
  planValue,
  upgradeNodeImage,
  type WriteOptions,
  type WriteResult,
  type WriteWork,
} from '../../usecases/nodepool/index.ts';
import type { Context } from '../framework/context.ts';
import type { CommandResult } from '../io/result.ts';
import { clusterTarget } from '../options/pool.ts';
import { nodesAtOnce } from '../options/pool-write.ts';
import { judging, writeWaiting, writeWork, type JudgingArguments } from './work.ts';
import { requireDryRun, tellEnd, written, writtenSeveral, type ShowArguments } from './written.ts';

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

interface ChangeArguments extends PoolsArguments, JudgingArguments {
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

type Changes = (ref: PoolRef, work: WriteWork, options: WriteOptions) => Promise<WriteResult>;

/** The pools of the cluster without those that can never have LocalDNS, which are told. */
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

/** One pool as itself, several as a list: asked about once, changed one after the other. */
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
  const work = await writeWork(context, azure, cluster.subscriptionId, args.yes);
  const act = change({ azure, subscriptionName: subscription.name });
  const [only, ...more] = names;
  if (only !== undefined && more.length === 0)
    return written(context, await act({ ...cluster, pool: only }, work, options), args);
  const refs = args.allPools
    ? await allPools(context, azure, cluster)
    : names.map((pool): PoolRef => ({ ...cluster, pool }));
  const ends = await changeSeveral(
    {
      change: async (ref, given) => act(ref, work, given),
      confirm: async (plans) =>
        context.consent({
          summary: plans.map((plan) => renderPoolPlan(plan, context.terminal.columns)).join('\n\n'),
          question: plans.some(({ reimages }) => reimages)
            ? `Reimage the nodes of ${plans.length === 1 ? 'this node pool' : `these ${String(plans.length)} node pools, one after another,`} now?`
            : 'Continue?',
          data: { plans: plans.map((plan) => planValue(plan)) },
          yes: args.yes,
        }),
      tell: (end) => {
        tellEnd(context, end);
      },
    },
    refs,
    options,
  );
  return writtenSeveral(context, ends, args);
}

/** What the verbs ask for differs; all else about them is one. */
type Wanted =
  | { readonly action: 'update'; readonly profile: LocalDnsProfile }
  | { readonly action: 'enable'; readonly reset: boolean }
  | { readonly action: 'disable'; readonly abortRunning: boolean };

function profileOf(wanted: Wanted): Pick<LocalDnsProfile, 'mode'> {
  if (wanted.action === 'update') return wanted.profile;
  return { mode: wanted.action === 'enable' ? 'Required' : 'Disabled' };
}

/** `nodepool update`, `enable` and `disable`, once their own options are read. */
export async function changePools(
  context: Context,
  args: ChangeArguments,
  wanted: Wanted,
  config?: ConfigFacts,
): Promise<CommandResult> {
  const judge = await judging(context, args);
  const settings = {
    maxSurge: nodesAtOnce(args.maxSurge, '--max-surge'),
    maxUnavailable: nodesAtOnce(args.maxUnavailable, '--max-unavailable'),
    drainTimeoutMinutes: args.drainTimeout,
  };
  return overPools(
    context,
    args,
    ({ azure, subscriptionName }) =>
      async (ref, work, options) => {
        const judged = judge.of(azure, ref, { profile: profileOf(wanted), config, subscriptionName });
        return changeProfile({ ...work, ...judged }, { ...wanted, ref, force: args.force, settings }, options);
      },
    wanted.action === 'update' && hasNewerSettings(wanted.profile),
  );
}

/** `nodepool upgrade --node-image-only`. */
export async function upgradePools(context: Context, args: PoolsArguments): Promise<CommandResult> {
  return overPools(context, args, () => async (ref, work, options) => upgradeNodeImage(work, ref, options));
}
