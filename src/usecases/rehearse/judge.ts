import type { Candidate } from '../../domain/localdns/index.ts';
import { askedFor, type Ask } from './ask.ts';
import { forwardedProblems } from './judge-forwarded.ts';
import { problem, unless, type Problem } from './problem.ts';
import type { QueryLog } from './query-log.ts';

function fromNode(ask: Ask, log: QueryLog, rcode: string, nsid: string | null): readonly Problem[] {
  const { answer } = ask;
  if (answer === null) return [problem('answer', rcode, 'nothing in time')];
  return [...unless('rcode', rcode, answer.rcode), ...unless('nsid', nsid, answer.nsid), ...unless('queries to upstreams', 0, askedFor(ask, log).length)];
}

/** Holds an explanation of a name to one question for it: every difference. */
export function problemsOf(candidate: Candidate, ask: Ask, log: QueryLog): readonly Problem[] {
  const { answer } = ask;
  switch (candidate.answeredBy) {
    case 'resolver':
      return [];
    case 'listener':
      return fromNode(ask, log, candidate.rcode, null);
    case 'health-check':
      return [...fromNode(ask, log, candidate.rcode, null), ...unless('records', 0, answer?.records ?? 0), ...unless('authoritative', true, answer?.authoritative ?? false)];
    case 'guard':
      return [...fromNode(ask, log, candidate.rcode, candidate.nsid), ...unless('SOA record', false, answer?.soa ?? false)];
    case 'hosts': {
      const { most } = candidate.cache.positiveTtl;
      const tooLong = (answer?.ttl ?? 0) > most ? [problem('ttl', `at most ${String(most)}`, answer?.ttl)] : [];
      return [...fromNode(ask, log, candidate.rcode, candidate.nsid), ...tooLong];
    }
    case 'upstream':
      return forwardedProblems(candidate, ask, log);
  }
}
