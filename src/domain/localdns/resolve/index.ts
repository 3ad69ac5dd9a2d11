export { blockFor, type BlockChoice } from './block.ts';
export { explainLookup } from './explain.ts';
export { noteTexts, type Note, type NoteId } from './notes.ts';
export { answerKinds, cachedTtl, defaultCoreDnsVersion, type AnswerKind, type TtlInput } from './ttl.ts';
export { dnsPolicies } from './types.ts';
export type {
  CachePlan,
  Candidate,
  DnsPolicy,
  FailurePlan,
  ForwardPlan,
  HostsHit,
  ListenerChoice,
  LookupExplanation,
  LookupInput,
  SearchPath,
  StalePlan,
  TtlRange,
} from './types.ts';
