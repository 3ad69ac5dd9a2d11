import type { ExitCodeName } from '../../core/exit-codes.ts';
import { oneLine } from '../../core/text.ts';
import { exclusionOf } from '../../domain/checks/index.ts';
import { checkStatuses, type ReportRow } from '../../model/check.ts';
import { clusterId, poolId } from '../../model/ids.ts';
import type { KubernetesWay } from '../../model/kubernetes.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { reportSchemaVersion } from '../../model/report.ts';
import type {
  Expectation,
  NodeVerification,
  PoolProof,
  PoolVerification,
  VerificationReport,
} from '../../model/verification.ts';
import { nodeRow, nodesRow, profileRow, skippedRow } from './rows.ts';
import type { VerifyRequest } from './verify.ts';

/** Nodes of one pool, or of none, with what was found. */
export interface JudgedPool<N> {
  /** Undefined if they belong to no node pool. */
  readonly pool: NodePool | undefined;
  readonly name: string;
  readonly nodes: readonly N[];
}

interface JudgedNode {
  readonly node: NodeVerification;
  readonly ready: boolean;
}

export type JudgedNodes = JudgedPool<JudgedNode> & { readonly expected: Expectation };

function rowsOf({ cluster: { ref }, level, selector }: VerifyRequest, judged: JudgedNodes): readonly ReportRow[] {
  const { pool, expected, nodes } = judged;
  const nodeRows = nodes.map(({ node, ready }) => nodeRow(node, { ref, pool, ready, level }));
  if (pool === undefined) return nodeRows;
  const exclusion = exclusionOf(pool);
  if (exclusion?.certain === true) return [skippedRow(pool, exclusion.observed, exclusion.reason)];
  // A selector may leave nodes of a pool out.
  const joined = selector === undefined ? nodesRow(pool, nodes.length) : undefined;
  return [profileRow(pool, expected), ...(joined === undefined ? [] : [joined]), ...nodeRows];
}

function proofOf(rows: readonly ReportRow[], proven: number): PoolProof {
  if (rows.some(({ status }) => status === 'fail')) return 'failed';
  if (rows.some(({ status }) => status === 'unknown')) return 'unknown';
  if (proven > 0) return 'proven';
  return rows.some(({ id }) => id === 'nodes-joined') ? 'applied' : 'skipped';
}

function poolOf({ cluster }: VerifyRequest, judged: JudgedNodes, rows: readonly ReportRow[]): PoolVerification {
  const { pool, name, expected, nodes } = judged;
  const { ref } = cluster;
  const proof = proofOf(rows, nodes.filter(({ node }) => node.proven).length);
  const deciding = proof === 'failed' ? 'fail' : proof === 'unknown' ? 'unknown' : undefined;
  return {
    resourceId: pool === undefined ? clusterId(ref) : poolId(pool.ref),
    subscriptionId: ref.subscriptionId,
    resourceGroup: ref.resourceGroup,
    cluster: ref.cluster,
    pool: name,
    expected,
    proof,
    nodes: rows.some(({ id }) => id === 'nodes-joined') ? Math.max(nodes.length, pool?.count ?? 0) : nodes.length,
    provenNodes: rows.filter(({ id, status }) => id === 'localdns-node' && status === 'pass').length,
    causes: [...new Set(rows.filter(({ status }) => status === deciding).map(({ id }) => id))],
    localDnsMode: oneLine(pool?.localDns?.mode ?? '-'),
    localDnsState: oneLine(pool?.localDns?.state ?? '-'),
  };
}

export function buildReport(
  request: VerifyRequest,
  via: KubernetesWay,
  judged: readonly JudgedNodes[],
): VerificationReport {
  const parts = judged.map((one) => ({ judged: one, rows: rowsOf(request, one) }));
  const rows = parts.flatMap((part) => part.rows);
  return {
    schemaVersion: reportSchemaVersion,
    generator: { name: 'aks-localdns', version: request.version },
    gatheredAt: request.gatheredAt,
    scope: request.scope,
    via,
    level: request.level,
    pools: parts.map((part) => poolOf(request, part.judged, part.rows)),
    nodes: judged.flatMap(({ nodes }) => nodes.map(({ node }) => node)),
    rows,
    counts: Object.fromEntries(
      checkStatuses.map((status) => [status, rows.filter((row) => row.status === status).length]),
    ) as VerificationReport['counts'],
    ignored: [],
  };
}

/** If no node is proven, the result is unknown, even without contradicting evidence. */
export function exitCodeOf({ counts, pools }: VerificationReport): ExitCodeName {
  if (counts.fail > 0) return 'findings';
  const proven = pools.some(({ provenNodes }) => provenNodes > 0);
  return counts.unknown > 0 || !proven ? 'unknown' : 'ok';
}
