import type { Candidate } from '../../domain/localdns/resolve/index.ts';
import type { DnsAnswer } from '../../model/rehearsal.ts';
import { askedFor, type Ask } from './ask.ts';
import { forwardedProblems } from './judge-forwarded.ts';
import { nothing, problem, unless, type Problem } from './problem.ts';
import type { QueryLog } from './query-log.ts';

function fromNode(ask: Ask, log: QueryLog, rcode: string, nsid: string | null): readonly Problem[] {
  const { answer } = ask;
  if (answer === null) return [problem('answer', rcode, nothing(ask))];
  return [
    ...unless('rcode', rcode, answer.rcode),
    ...unless('nsid', nsid, answer.nsid),
    ...unless('queries to upstreams', 0, askedFor(ask, log).length),
  ];
}

/** Compares the explanation of a name with one question for it, and returns every difference. */
export function problemsOf(candidate: Candidate, ask: Ask, log: QueryLog): readonly Problem[] {
  if (candidate.answeredBy === 'resolver') return [];
  if (candidate.answeredBy === 'upstream') return forwardedProblems(candidate, ask, log);
  const answered = fromNode(ask, log, candidate.rcode, 'nsid' in candidate ? candidate.nsid : null);
  return [...answered, ...(ask.answer === null ? [] : contentProblems(candidate, ask.answer))];
}

function contentProblems(candidate: Candidate, answer: DnsAnswer): readonly Problem[] {
  if (candidate.answeredBy === 'guard') return unless('SOA record', false, answer.soa);
  if (candidate.answeredBy === 'health-check')
    return [...unless('records', 0, answer.records), ...unless('authoritative', true, answer.authoritative)];
  if (candidate.answeredBy !== 'hosts') return [];
  const { most } = candidate.cache.positiveTtl;
  return answer.ttl !== null && answer.ttl > most ? [problem('ttl', `at most ${String(most)}`, answer.ttl)] : [];
}
