import type { OverrideMap } from '../../model/profile.ts';
import type { DnsAnswer, DnsQuestion, StubQuery, Transport } from '../../model/rehearsal.ts';
import type { QueryLog } from './query-log.ts';

/** One question to one listener, and its answer. */
export interface Ask {
  readonly question: DnsQuestion;
  readonly map: OverrideMap;
  readonly transport: Transport;
  /** Milliseconds since the epoch. */
  readonly sent: number;
  readonly got: number;
  /** Null if no answer arrived in time. */
  readonly answer: DnsAnswer | null;
}

/**
 * `upstream`: an upstream was asked. `cache`: cached; `stale`: cached and past its TTL. `node`: LocalDNS itself (guard,
 * hosts file, health check). `failed`: SERVFAIL or REFUSED. `nothing`: no answer.
 */
export const answerSources = ['upstream', 'cache', 'stale', 'node', 'failed', 'nothing'] as const;
export type AnswerSource = (typeof answerSources)[number];

export interface Seen {
  readonly source: AnswerSource;
  /** The upstream query that returned the records of the answer. */
  readonly from: StubQuery | undefined;
}

/** The source of an answer, derived from its records. */
export function seenIn(ask: Ask, log: QueryLog): Seen {
  const { answer, sent } = ask;
  if (answer === null) return { source: 'nothing', from: undefined };
  const from = log.bySerial(answer.serial);
  if (from !== undefined) return { source: from.at >= sent ? 'upstream' : answer.ttl === 0 ? 'stale' : 'cache', from };
  const asked = askedFor(ask, log).at(-1);
  if (answer.rcode === 'SERVFAIL' || answer.rcode === 'REFUSED') return { source: 'failed', from: asked };
  return asked === undefined ? { source: 'node', from: undefined } : { source: 'upstream', from: asked };
}

/** The upstream queries between the question and its answer. */
export function askedFor({ map, question, sent, got }: Ask, log: QueryLog): readonly StubQuery[] {
  return log.of(map, question).filter(({ at }) => at >= sent && at <= got);
}
