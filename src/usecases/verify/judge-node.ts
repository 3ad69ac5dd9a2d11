import type { Evidence, EvidenceLevel, Expectation, NodeVerdict, NodeVerification } from '../../model/verification.ts';

/** The state that Azure reports is that of the pool, not of each node, so it decides no verdict. */
const leastOfNode: EvidenceLevel = 1;

interface Finding {
  readonly verdict: NodeVerdict;
  readonly level: EvidenceLevel;
}

/** If pods on one node get different results, the worst one decides, because it affects some pods. */
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

/** Whether a verdict contradicts the expectation; unknown does not. */
export function contradicts(verdict: NodeVerdict, expected: Expectation): boolean {
  return verdict !== 'unknown' && verdict !== expected;
}
