import { CliError } from '../../core/errors.ts';
import { isWord } from '../../core/json.ts';
import { count, list, oneLine } from '../../core/text.ts';
import type { Cluster } from '../../model/cluster.ts';
import { checkName, sameId } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { poolLine } from '../../model/pool-lines.ts';
import type { VerificationReport } from '../../model/verification.ts';
import { maskIds } from '../../report/index.ts';
import { verify } from '../../usecases/verify/index.ts';
import type { Context } from '../framework/context.ts';
import { requireOutputs } from '../named-files.ts';
import { waysOf, type KubernetesArguments } from '../options/kubernetes.ts';
import { clusterTarget } from '../options/pool.ts';
import { replacedByReport, type ReportDestination } from '../options/report.ts';
import { withKubectl } from './open.ts';

interface VerifyArguments extends KubernetesArguments {
  readonly resourceGroup: string;
  readonly clusterName: string;
  readonly subscription: string | undefined;
  readonly name: readonly string[];
  readonly allPools: boolean;
  readonly nodes: string | undefined;
  readonly level: '1' | '2' | undefined;
  readonly maskIds: boolean;
  readonly force: boolean;
}

/** @throws CliError `pool-not-found`, `no-pools` */
function poolsOf({ ref, pools }: Cluster, names: readonly string[], all: boolean): readonly NodePool[] {
  if (all) {
    if (pools.length > 0) return pools;
    throw new CliError({
      code: 'no-pools',
      message: 'The cluster has no node pool.',
      hints: ['Verify autoprovisioned nodes with --nodes SELECTOR.'],
    });
  }
  return names.map((name) => {
    const found = pools.find((pool) => sameId(pool.ref.pool, name));
    if (found !== undefined) return found;
    throw new CliError({
      code: 'pool-not-found',
      message: `The node pool ${name} was not found in the cluster.`,
      hints: [`List its node pools: ${poolLine('list', ref)}`],
    });
  });
}

function requireRunning({ ref, powerState }: Cluster): void {
  if (isWord(powerState, 'Stopped'))
    throw new CliError({
      code: 'kubernetes-unreachable',
      message: `The cluster ${ref.resourceGroup}/${ref.cluster} is stopped: it has no nodes to verify.`,
    });
}

function scopeOf({ ref }: Cluster, pools: readonly NodePool[], { nodes, allPools }: VerifyArguments): string {
  const cluster = `${ref.resourceGroup}/${ref.cluster}`;
  if (nodes !== undefined) return `nodes ${oneLine(nodes)} of cluster ${cluster}`;
  if (allPools) return `cluster ${cluster}`;
  const names = pools.map((pool) => pool.ref.pool);
  return `${names.length === 1 ? 'node pool' : count(names.length, 'node pool')} ${list(names)} of cluster ${cluster}`;
}

/** Words and files are checked before Azure is asked, and Azure before the cluster. */
export async function verifyCluster(
  context: Context,
  args: VerifyArguments,
  destinations: readonly ReportDestination[],
): Promise<VerificationReport> {
  waysOf(args);
  const names = [...new Set(args.name.map((name) => checkName('pool', name, '--name/-n')))];
  const report = { mode: 0o644, replaces: replacedByReport(args.force) };
  await requireOutputs(
    context.files,
    [],
    destinations.map(({ file }) => ({ option: '--report', file, options: report })),
  );
  const { azure, ref } = await clusterTarget(context.azure, args);
  const gatheredAt = new Date(context.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
  const cluster = await azure.nodePools.readCluster(ref);
  const pools = args.nodes === undefined ? poolsOf(cluster, names, args.allPools) : [];
  requireRunning(cluster);
  const level = args.level === '1' ? 1 : 2;
  const scope = scopeOf(cluster, pools, args);
  const found = await withKubectl({ context, azure: azure.clusterAccess, cluster }, args, async (kubectl) =>
    verify(
      { kubectl, emit: context.emit },
      { cluster, pools, selector: args.nodes, level, version: context.version, gatheredAt, scope },
    ),
  );
  return args.maskIds ? maskIds(found) : found;
}
