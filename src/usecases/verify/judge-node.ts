import type { Evidence, EvidenceLevel, Expectation, NodeVerdict, NodeVerification } from '../../model/verification.ts';

/** What Azure says of a pool is true of the pool, and not of each of its nodes: it decides about none. */
const leastOfNode: EvidenceLevel = 1;

interface Finding {
  readonly verdict: NodeVerdict;
  readonly level: EvidenceLevel;
}

/** Pods on one node that see different things: what is worst decides, since it is true of some pods. */
const worstFirst: readonly NodeVerdict[] = [
  'closed',
  'silent',
  'udp-blocked',
  'tcp-blocked',
  'upstream-trouble',
  'bypassed',
  'off',
  'on',
];

/**
 * The highest level with any evidence decides; within it, sure evidence takes precedence. If settings contradict each
 * other, the verdict is unknown; if pods disagree, the worst result decides.
 */
function weigh(evidence: readonly Evidence[]): Finding {
  const telling = evidence.filter(({ says, level }) => says !== 'unknown' && level >= leastOfNode);
  const level = telling.reduce<EvidenceLevel>((most, one) => (one.level > most ? one.level : most), 0);
  const top = telling.filter((one) => one.level === level);
  const sure = top.filter((one) => one.sure);
  const verdicts = new Set((sure.length > 0 ? sure : top).map(({ says }) => says));
  const [only] = verdicts;
  if (verdicts.size === 1 && only !== undefined) return { level, verdict: only };
  const worst = level >= 2 ? worstFirst.find((verdict) => verdicts.has(verdict)) : undefined;
  return { level, verdict: worst ?? 'unknown' };
}

/** `level`: what counts as proof. */
export function judgeNode(
  node: Pick<NodeVerification, 'name' | 'pool' | 'expected'>,
  evidence: readonly Evidence[],
  level: EvidenceLevel,
): NodeVerification {
  const found = weigh(evidence);
  return {
    ...node,
    verdict: found.verdict,
    proven: found.verdict === node.expected && found.level >= level,
    evidence: [...evidence].sort((left, right) => right.level - left.level),
  };
}

/** Whether a verdict contradicts what is expected, and is not only unknown. */
export function contradicts(verdict: NodeVerdict, expected: Expectation): boolean {
  return verdict !== 'unknown' && verdict !== expected;
}
