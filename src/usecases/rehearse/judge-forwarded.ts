import type { Candidate } from '../../domain/localdns/resolve/index.ts';
import type { StubQuery } from '../../model/rehearsal.ts';
import { askedFor, type Ask } from './ask.ts';
import { statesBefore, ttlFor, type PossibleState } from './cache-state.ts';
import { nothing, problem, unless, type Problem } from './problem.ts';
import type { QueryLog } from './query-log.ts';

type Forwarded = Extract<Candidate, { readonly answeredBy: 'upstream' }>;

/**
 * An answer from the cache has the records that the upstream returned, and causes no upstream query, unless it is
 * refreshed in the background.
 */
function cachedProblems(
  candidate: Forwarded,
  ask: Ask,
  during: readonly StubQuery[],
  { entry, state, remaining }: PossibleState,
): readonly Problem[] {
  const { answer } = ask;
  if (answer === null) return [problem('answer', 'from the cache', nothing(ask))];
  const { mode } = candidate.cache.stale;
  const behind = state === 'stale' && mode === 'Immediate';
  return [
    ...unless('rcode', entry.reply.rcode, answer.rcode),
    ...(entry.reply.content === 'nothing'
      ? []
      : [
          ...unless('serial', entry.query.serial, answer.serial),
          ...unless('ttl', state === 'fresh' ? remaining : 0, answer.ttl),
        ]),
    ...unless('nsid', candidate.nsid, answer.nsid),
    ...(during.length === 0
      ? []
      : behind
        ? during.flatMap((query) => pathProblems(candidate, query, candidate.forward.refreshProtocol ?? 'none'))
        : [problem('queries to upstreams', 0, during.length)]),
  ];
}

function pathProblems(candidate: Forwarded, query: StubQuery, transport: string): readonly Problem[] {
  const { zone, address } = query.upstream;
  return [
    ...unless('block', candidate.zone, zone),
    ...(candidate.forward.upstreams.includes(address)
      ? []
      : [problem('upstream', candidate.forward.upstreams.join(' '), address)]),
    ...unless('protocol to the upstream', transport, query.transport),
  ];
}

/**
 * The protocol of each upstream query for one question. If UDP is only preferred, a truncated answer is asked for again
 * over TCP.
 */
function transports({ forward }: Forwarded, ask: Ask, during: readonly StubQuery[]): readonly string[] {
  const first = forward.protocol === 'as-client' ? ask.transport : forward.protocol;
  let next: string = first;
  return during.map((query) => {
    const now = next;
    if (forward.protocol === 'udp' && query.transport === 'udp' && query.reply?.truncated === true) next = 'tcp';
    return now;
  });
}

function routeProblems(
  candidate: Forwarded,
  ask: Ask,
  during: readonly StubQuery[],
  log: QueryLog,
): readonly Problem[] {
  const expected = transports(candidate, ask, during);
  const { policy, upstreams } = candidate.forward;
  const inOrder = policy === 'Sequential' && !log.anySilent && during[0] !== undefined;
  return [
    ...during.flatMap((query, index) => pathProblems(candidate, query, expected[index] ?? '')),
    ...(inOrder ? unless('first upstream', upstreams[0] ?? '', during[0]?.upstream.address ?? '') : []),
  ];
}

/** CoreDNS returns SERVFAIL itself, without the plugin that adds the NSID. */
function failedProblems(ask: Ask): readonly Problem[] {
  if (ask.answer === null) return [problem('answer', 'SERVFAIL', nothing(ask))];
  return [...unless('rcode', 'SERVFAIL', ask.answer.rcode), ...unless('nsid', null, ask.answer.nsid)];
}

function deliveredProblems(candidate: Forwarded, ask: Ask, query: StubQuery): readonly Problem[] {
  const { answer } = ask;
  const { reply } = query;
  if (reply === undefined) return failedProblems(ask);
  if (answer === null) return [problem('answer', 'from the upstream', nothing(ask))];
  const ttl = ttlFor(candidate.cache, reply, query.transport);
  const cut = reply.truncated === true && query.transport === 'udp';
  return [
    ...unless('rcode', reply.rcode, answer.rcode),
    ...unless('truncated', cut, answer.truncated),
    ...(reply.content === 'nothing' || cut ? [] : unless('serial', query.serial, answer.serial)),
    ...(ttl === 0 || reply.content === 'nothing' ? [] : unless('ttl', ttl, answer.ttl)),
    ...unless('nsid', candidate.nsid, answer.nsid),
  ];
}

function askedProblems(
  candidate: Forwarded,
  ask: Ask,
  during: readonly StubQuery[],
  log: QueryLog,
): readonly Problem[] {
  // CoreDNS also accepts a late reply, after it has asked again.
  const last =
    during.find(({ serial }) => serial === ask.answer?.serial) ??
    during.findLast(({ reply }) => reply !== undefined) ??
    during.at(-1);
  if (last === undefined) return [problem('queries to upstreams', 'at least 1', 0)];
  return [...routeProblems(candidate, ask, during, log), ...deliveredProblems(candidate, ask, last)];
}

/** Verify asks the upstream first, and returns the stale answer if nothing usable comes back. */
function verifiedProblems(
  candidate: Forwarded,
  ask: Ask,
  during: readonly StubQuery[],
  possible: PossibleState,
  log: QueryLog,
): readonly Problem[] {
  const usable = during.some(({ reply }) => reply?.rcode === 'NOERROR' || reply?.rcode === 'NXDOMAIN');
  if (usable) return askedProblems(candidate, ask, during, log);
  const asked =
    during.length === 0
      ? [problem('queries to upstreams', 'at least 1', 0)]
      : routeProblems(candidate, ask, during, log);
  return [...asked, ...cachedProblems(candidate, ask, [], possible)];
}

function problemsIn(
  candidate: Forwarded,
  ask: Ask,
  during: readonly StubQuery[],
  possible: PossibleState,
  log: QueryLog,
): readonly Problem[] {
  if (possible.state === 'gone') return askedProblems(candidate, ask, during, log);
  if (possible.state === 'stale' && candidate.cache.stale.mode === 'Verify')
    return verifiedProblems(candidate, ask, during, possible, log);
  return cachedProblems(candidate, ask, during, possible);
}

/** Compares the explanation of a forwarded name with a question. Differences that timing explains are ignored. */
export function forwardedProblems(candidate: Forwarded, ask: Ask, log: QueryLog): readonly Problem[] {
  const during = askedFor(ask, log);
  const states = statesBefore(ask, log.of(ask.map, ask.question), candidate.cache);
  if (states.length === 0) return askedProblems(candidate, ask, during, log);
  const found = states.map((possible) => problemsIn(candidate, ask, during, possible, log));
  return found.some((problems) => problems.length === 0) ? [] : (found[0] ?? []);
}
