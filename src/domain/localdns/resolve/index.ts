export { explainLookup } from './explain.ts';
export { type AnswerKind } from './ttl.ts';
export type { CachePlan, Candidate, ForwardPlan, LookupExplanation, TtlRange } from './lookup-explanation.ts';
