import { count, list, oneLine, shellLine } from '../../core/text.ts';
import type { CheckStatus, ReportRow } from '../../model/check.ts';
import { clusterId, poolId, refArguments, type ClusterRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { isRunning } from '../../model/pool-state.ts';
import type { EvidenceLevel, Expectation, NodeVerification } from '../../model/verification.ts';
import { contradicts } from './judge-node.ts';

/** The rows of a verification: one for what Azure reports about a pool, one for its number of nodes, one per node. */

/** The content of a row: what differs between rows of the same kind. */
type RowContent = Pick<ReportRow, 'status' | 'observed' | 'required' | 'reason'> &
  Partial<Pick<ReportRow, 'fix' | 'problem'>>;

function row(
  id: string,
  level: string,
  title: string,
  target: string,
  resourceId: string,
  content: RowContent,
): ReportRow {
  return { id, level, title, target, resourceId, ...content, ignored: false };
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function target(ref: ClusterRef, ...parts: readonly string[]): string {
  return [ref.resourceGroup, ref.cluster, ...parts].map(oneLine).join('/');
}

export function profileRow(pool: NodePool, expected: Expectation): ReportRow {
  const { ref, localDns, provisioningState } = pool;
  const stored = localDns === undefined ? 'no profile' : `mode ${localDns.mode ?? '-'}, state ${localDns.state ?? '-'}`;
  const state = localDns?.state?.toLowerCase();
  const observed = oneLine(`${stored}; last operation ${provisioningState ?? '-'}`);
  const required = `state ${expected === 'on' ? 'Enabled' : 'Disabled'}, and the last operation Succeeded`;
  const wait = shellLine(['aks-localdns', 'nodepool', 'wait', ...refArguments(ref)]);
  const rowWith = (status: CheckStatus, reason: string, fix?: string): ReportRow =>
    row('localdns-profile', 'pool', `Azure reports LocalDNS ${expected}`, target(ref, ref.pool), poolId(ref), {
      status,
      observed,
      required,
      reason,
      ...(status === 'pass' ? {} : { problem: `Azure does not report LocalDNS ${expected}` }),
      ...(fix === undefined ? {} : { fix }),
    });
  if (isRunning(pool)) return rowWith('unknown', 'An operation is running, so nodes may still be reimaged.', wait);
  const wanted = expected === 'on' ? 'enabled' : 'disabled';
  // A pool that never had a profile has no state either.
  if (state !== 'enabled' && state !== 'disabled' && (localDns !== undefined || expected === 'on'))
    return rowWith('unknown', 'Azure does not say whether LocalDNS is on.');
  if (state !== undefined && state !== wanted)
    return rowWith(
      'fail',
      `The profile asks for LocalDNS ${expected}, and Azure reports the state ${oneLine(localDns?.state ?? '-')}.`,
    );
  if (provisioningState !== undefined && provisioningState.toLowerCase() !== 'succeeded')
    return rowWith('warn', 'The last operation did not succeed, so nodes may have different settings.');
  return rowWith('pass', `Azure reports LocalDNS ${expected}.`);
}

/** For a pool that can never have LocalDNS. */
export function skippedRow({ ref }: NodePool, observed: string, reason: string): ReportRow {
  return row('localdns-profile', 'pool', 'The pool can have LocalDNS', target(ref, ref.pool), poolId(ref), {
    status: 'skip',
    observed,
    required: 'a pool that can have LocalDNS',
    reason,
  });
}

/** Undefined if the cluster has every node that Azure counts, and there is one. */
export function nodesRow(pool: NodePool, seen: number): ReportRow | undefined {
  const { ref, count: counted } = pool;
  const rowWith = (content: RowContent): ReportRow =>
    row(
      'nodes-joined',
      'pool',
      'The nodes of the pool are in the cluster',
      target(ref, ref.pool),
      poolId(ref),
      content,
    );
  const required = count(counted ?? 1, 'node');
  if (seen === 0 && (counted ?? 0) === 0)
    return rowWith({
      status: 'skip',
      observed: 'no nodes',
      required: 'a node',
      reason: 'The pool has no nodes: the profile is applied, and not proven.',
    });
  if (counted === undefined || seen >= counted) return undefined;
  return rowWith({
    status: 'unknown',
    problem: 'Nodes are not in the cluster',
    observed: count(seen, 'node'),
    required,
    reason: `${count(counted - seen, 'node')} that Azure counts ${counted - seen === 1 ? 'is' : 'are'} not in the cluster.`,
    fix: 'kubectl get nodes',
  });
}

interface NodeContext {
  readonly ref: ClusterRef;
  /** Undefined for a node that belongs to no node pool. */
  readonly pool: NodePool | undefined;
  readonly ready: boolean;
  readonly level: EvidenceLevel;
}

function statusOf(node: NodeVerification, { pool, ready }: NodeContext): CheckStatus {
  if (node.proven) return ready ? 'pass' : 'unknown';
  if (!contradicts(node.verdict, node.expected)) return 'unknown';
  // Its other nodes are still to be reimaged.
  return pool !== undefined && isRunning(pool) ? 'unknown' : 'fail';
}

/** `the node label and the kubelet say` */
function sourcesSay(node: NodeVerification): string {
  const sources = node.evidence.filter((one) => one.level > 0 && one.says === node.verdict).map(({ source }) => source);
  const different = [...new Set(sources)].map((source) => `the ${source}`);
  return `${list(different)} ${different.length === 1 ? 'says' : 'say'}`;
}

function reasonOf(node: NodeVerification, { pool, ready, level }: NodeContext): string {
  const { verdict, expected, proven, evidence } = node;
  if (proven) return ready ? `LocalDNS is ${expected}.` : 'The node is not ready.';
  if (verdict === 'unknown') {
    const telling = evidence.filter((one) => one.level > 0 && one.says !== 'unknown');
    return telling.length > 1
      ? 'What the node says contradicts itself.'
      : 'The node does not say whether LocalDNS is on.';
  }
  if (verdict === expected)
    return capital(
      `${sourcesSay(node)} '${verdict}', which is not proof${level >= 2 ? ': no pod has asked LocalDNS' : ''}.`,
    );
  const running = pool !== undefined && isRunning(pool);
  return `${running ? 'An operation is running. ' : ''}LocalDNS should be ${expected}, but ${sourcesSay(node)} '${verdict}'.`;
}

export function nodeRow(node: NodeVerification, context: NodeContext): ReportRow {
  const { name, evidence, expected, proven } = node;
  const { ref, pool, level } = context;
  const status = statusOf(node, context);
  const resourceId = pool === undefined ? clusterId(ref) : poolId(pool.ref);
  const observed = evidence.filter((one) => one.level > 0).map(({ source, seen }) => `${source}: ${seen}`);
  const isWeak = !proven && node.verdict === expected;
  return row('localdns-node', 'node', `LocalDNS is ${expected} on the node`, target(ref, node.pool, name), resourceId, {
    status,
    observed: observed.length === 0 ? 'nothing' : observed.join('; '),
    required: level >= 2 ? `LocalDNS ${expected}, by answers to a pod` : `LocalDNS ${expected}`,
    reason: reasonOf(node, context),
    ...(status === 'pass' ? {} : { problem: status === 'fail' ? `LocalDNS is not ${expected}` : 'Not proven' }),
    ...(isWeak ? { fix: 'Accept what nodes say of themselves with --level 1.' } : {}),
  });
}
