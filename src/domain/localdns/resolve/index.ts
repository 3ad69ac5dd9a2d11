export { blockFor } from './block.ts';
export { explainLookup } from './explain.ts';
export { noteTexts, type NoteId } from './notes.ts';
export { answerKinds, cachedTtl, type AnswerKind } from './ttl.ts';
export { dnsPolicies } from './lookup-explanation.ts';
export type {
  CachePlan,
  Candidate,
  ForwardPlan,
  LookupExplanation,
  LookupInput,
  TtlRange,
} from './lookup-explanation.ts';
