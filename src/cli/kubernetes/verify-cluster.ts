import { CliError, UsageError } from '../../core/errors.ts';
import { isWord } from '../../core/json.ts';
import { count, list, oneLine } from '../../core/text.ts';
import type { Cluster } from '../../model/cluster.ts';
import { findCloud } from '../../model/clouds.ts';
import { checkName, sameId } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { poolLine } from '../../model/pool-command.ts';
import type { VerificationReport } from '../../model/verification.ts';
import { maskIds } from '../../report/index.ts';
import { verify, type ProbeOptions } from '../../usecases/verify/index.ts';
import type { Context } from '../framework/context.ts';
import { requireOutputs } from '../named-files.ts';
import { namespaceOf, waysOf, type KubernetesArguments } from '../options/kubernetes.ts';
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
  readonly namespace: string | undefined;
  readonly image: string | undefined;
  readonly externalName: string | undefined;
  readonly keep: boolean;
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

/** A reference of a container image: registry, path, and a tag or a digest. Source: distribution, reference. */
const imagePattern = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,254}(@sha256:[0-9a-f]{64})?$/;
const dnsNamePattern =
  /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$/;

/** How pods ask DNS; undefined if none are to. `cloud` is the Azure CLI's name of it. @throws UsageError */
function probeOptionsOf(
  { level, namespace, image, externalName = 'mcr.microsoft.com', keep }: VerifyArguments,
  cloud: string,
): ProbeOptions | undefined {
  const probes = {
    namespace: namespaceOf(namespace, 'default'),
    image: image ?? `${findCloud(cloud).registry}/azurelinux/busybox:1.36`,
    externalName,
    keep,
  };
  if (!imagePattern.test(probes.image))
    throw new UsageError(`--image: '${oneLine(probes.image)}' is not the name of a container image.`);
  if (!dnsNamePattern.test(externalName))
    throw new UsageError(`--external-name: '${oneLine(externalName)}' is not a DNS name.`);
  return level === '1' ? undefined : probes;
}

/** Words and files are checked before Azure is asked, and Azure before the cluster. */
export async function verifyCluster(
  context: Context,
  args: VerifyArguments,
  destinations: readonly ReportDestination[],
): Promise<VerificationReport> {
  waysOf(args);
  const probes = probeOptionsOf(args, context.settings.cloud);
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
      { kubectl, emit: context.emit, clock: context.clock, ids: context.ids, signal: context.signal },
      { cluster, pools, selector: args.nodes, level, probes, version: context.version, gatheredAt, scope },
    ),
  );
  return args.maskIds ? maskIds(found) : found;
}
