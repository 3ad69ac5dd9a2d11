import type { Emit } from '../../core/events.ts';
import { mapLimited } from '../../core/limit.ts';
import { runTask } from '../../core/task.ts';
import { count, oneLine } from '../../core/text.ts';
import { exclusionOf } from '../../domain/checks/index.ts';
import type { Cluster } from '../../model/cluster.ts';
import { sameId } from '../../model/ids.ts';
import type { Kubectl } from '../../model/kubernetes.ts';
import { listNodes, type KubernetesNode } from '../../model/kubernetes-lists.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type {
  Evidence,
  EvidenceLevel,
  Expectation,
  NodeVerification,
  VerificationReport,
} from '../../model/verification.ts';
import { judgeNode } from './judge-node.ts';
import { azureEvidence, kubeletEvidence, labelEvidence } from './node-evidence.ts';
import { isAllowed, readKubelet, readNodes, requireAllowed, runProbes } from './permissions.ts';
import { probeNodes, type ProbeDeps, type ProbeOptions } from './probe-nodes.ts';
import { buildReport, type JudgedPool } from './report.ts';

export interface VerifyRequest {
  readonly cluster: Cluster;
  /** The node pools to verify; not given with `selector`. */
  readonly pools: readonly NodePool[];
  /** A label selector for nodes. */
  readonly selector?: string | undefined;
  /** What counts as proof. */
  readonly level: EvidenceLevel;
  /** How pods query DNS; undefined if no pods are created. */
  readonly probes: ProbeOptions | undefined;
  readonly version: string;
  /** `2026-11-25T09:31:00Z` */
  readonly gatheredAt: string;
  /** The scope of the request, in words. */
  readonly scope: string;
}

export interface VerifyDeps extends ProbeDeps {
  readonly kubectl: Kubectl;
  readonly emit: Emit;
}

/** Reading a kubelet takes a request each; this many are read at the same time. */
const kubeletsAtOnce = 8;

const poolLabel = 'kubernetes.azure.com/agentpool';
const karpenterLabel = 'karpenter.sh/nodepool';

/** Preferred turns LocalDNS on only if Azure reports the state Enabled. Source: AKS docs, LocalDNS modes. */
function expectationOf({ localDns }: NodePool): Expectation {
  if (localDns?.mode === 'Required') return 'on';
  return localDns?.mode === 'Preferred' && localDns.state?.toLowerCase() === 'enabled' ? 'on' : 'off';
}

function selectorOf({ selector, pools }: VerifyRequest): string {
  return selector ?? `${poolLabel} in (${pools.map(({ ref }) => ref.pool).join(',')})`;
}

/** Reads the kubelet of each node if that is permitted and a request for each node is not too many. */
async function readKubelets(
  { kubectl, emit }: VerifyDeps,
  nodes: readonly KubernetesNode[],
): Promise<ReadonlyMap<string, Evidence>> {
  const found = new Map<string, Evidence>();
  // With run command, each request would start a pod in the cluster.
  if (kubectl.via === 'run-command' || nodes.length === 0 || !(await isAllowed(kubectl, readKubelet))) return found;
  const task = 'Reading the settings of kubelets';
  return runTask(
    emit,
    { task, message: `${task} (${count(nodes.length, 'node')})` },
    async (report) => {
      let read = 0;
      await mapLimited(nodes, kubeletsAtOnce, async (node) => {
        const evidence = await kubeletEvidence(kubectl, node);
        if (evidence !== undefined) found.set(node.name, evidence);
        read += 1;
        if (read % 50 === 0 && read < nodes.length)
          report(`${task}: ${String(read)} of ${count(nodes.length, 'node')}`);
      });
      return {
        value: found,
        outcome: 'succeeded',
        message: `${task}: ${String(found.size)} of ${count(nodes.length, 'node')}`,
      };
    },
    () => ({ outcome: 'failed', message: `${task} failed` }),
  );
}

/** The nodes by node pool; a pool without nodes has an empty list. */
function byPool(request: VerifyRequest, nodes: readonly KubernetesNode[]): readonly JudgedPool<KubernetesNode>[] {
  const groups = new Map<string, { pool: NodePool | undefined; name: string; nodes: KubernetesNode[] }>();
  for (const pool of request.pools) groups.set(pool.ref.pool.toLowerCase(), { pool, name: pool.ref.pool, nodes: [] });
  for (const node of nodes) {
    const label = node.labels[poolLabel];
    const pool = request.cluster.pools.find(({ ref }) => label !== undefined && sameId(ref.pool, label));
    const name = pool?.ref.pool ?? oneLine(node.labels[karpenterLabel] ?? label ?? '-');
    const group = groups.get(name.toLowerCase()) ?? { pool, name, nodes: [] };
    groups.set(name.toLowerCase(), group);
    group.nodes.push(node);
  }
  return [...groups.values()];
}

/**
 * Finds out for each node whether LocalDNS is on or off as its pool specifies. Changes nothing except for the pods that
 * query DNS, which it removes.
 * @throws CliError `kubernetes-*`, `run-command-*`; InterruptedError
 */
export async function verify(deps: VerifyDeps, request: VerifyRequest): Promise<VerificationReport> {
  const { kubectl } = deps;
  await requireAllowed(kubectl, readNodes);
  if (request.probes !== undefined)
    for (const permission of runProbes) await requireAllowed(kubectl, permission, request.probes.namespace);
  const able = request.pools.filter((pool) => exclusionOf(pool)?.certain !== true);
  const needsNodes = request.selector !== undefined || able.length > 0;
  const nodes = needsNodes ? await listNodes(kubectl, selectorOf({ ...request, pools: able })) : [];
  const kubelets = await readKubelets(deps, nodes);
  const probed =
    request.probes === undefined
      ? new Map<string, readonly Evidence[]>()
      : await probeNodes(deps, nodes, request.probes);
  const judge = (node: KubernetesNode, name: string, pool: NodePool | undefined): NodeVerification => {
    const evidence = [
      pool === undefined ? undefined : azureEvidence(pool),
      labelEvidence(node),
      kubelets.get(node.name),
      ...(probed.get(node.name) ?? []),
    ].filter((one) => one !== undefined);
    const expected = pool === undefined ? 'on' : expectationOf(pool);
    return judgeNode({ name: oneLine(node.name), pool: name, expected }, evidence, request.level);
  };
  const judged = byPool(request, nodes).map(({ pool, name, nodes: members }) => ({
    pool,
    name,
    expected: pool === undefined ? ('on' as const) : expectationOf(pool),
    nodes: members.map((node) => ({ ready: node.ready, node: judge(node, name, pool) })),
  }));
  return buildReport(request, kubectl.via, judged);
}
