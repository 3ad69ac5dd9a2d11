import type { AnswerKind, CachePlan } from '../../domain/localdns/resolve/index.ts';
import type { StubQuery, StubReply } from '../../model/rehearsal.ts';
import type { Ask } from './ask.ts';

/** How CoreDNS classifies this reply. */
function kindOf(reply: StubReply, transport: StubQuery['transport']): AnswerKind {
  if (reply.truncated === true && transport === 'udp') return 'truncated';
  if (reply.rcode === 'SERVFAIL') return 'failure';
  if (reply.rcode === 'REFUSED') return 'other-code';
  if (reply.rcode === 'NXDOMAIN') return reply.content === 'nothing' ? 'negative-without-soa' : 'negative';
  return reply.content === 'answer' ? 'answer' : reply.content === 'soa' ? 'negative' : 'empty';
}

/** The upstream's TTL, limited to the range of the plan. 0 if the reply is not cached. */
export function ttlFor(plan: CachePlan, reply: StubReply, transport: StubQuery['transport']): number {
  const kind = kindOf(reply, transport);
  if (kind === 'empty') return plan.positiveTtl.least;
  if (kind !== 'answer' && kind !== 'negative') return 0;
  const { least, most } = kind === 'answer' ? plan.positiveTtl : plan.negativeTtl;
  return Math.min(Math.max(reply.ttl, least), most);
}

/** A cache entry at the time of a question. */
interface Entry {
  readonly query: StubQuery;
  readonly reply: StubReply;
  readonly ttl: number;
}

/** How long CoreDNS may take to store a reply on a busy machine. */
const storeMilliseconds = 1500;

/** `last-second`: the TTL is 0, but CoreDNS still returns the entry as fresh. */
type EntryState = 'fresh' | 'last-second' | 'stale' | 'gone';

export interface PossibleState {
  readonly entry: Entry;
  readonly state: EntryState;
  /** The TTL of the answer if the entry is fresh. */
  readonly remaining: number;
}

/** Source: CoreDNS, plugin/cache/handler.go, getIfNotStale; plugin/cache/item.go, ttl. */
function stateAt(age: number, entry: Entry, windowSeconds: number): PossibleState {
  const remaining = entry.ttl - age;
  if (remaining > 0) return { entry, state: 'fresh', remaining };
  if (windowSeconds === 0 || -remaining >= windowSeconds) return { entry, state: 'gone', remaining: 0 };
  return { entry, state: remaining === 0 ? 'last-second' : 'stale', remaining: 0 };
}

/** Every state that the entry may have had when it was looked up, since time passes during a question. */
function statesOf(entry: Entry, ask: Ask, decided: number, windowSeconds: number): readonly PossibleState[] {
  const stored = entry.query.at + (entry.reply.afterMilliseconds ?? 0);
  const youngest = Math.max(0, Math.floor((ask.sent - stored - storeMilliseconds) / 1000));
  const oldest = Math.max(0, Math.floor((decided - entry.query.at) / 1000));
  return Array.from({ length: oldest - youngest + 1 }, (_, index) => stateAt(youngest + index, entry, windowSeconds));
}

/**
 * The possible states by the newest reply before the question, and by the one before it if the newest may not have been
 * stored yet. Empty if nothing is cached.
 */
export function statesBefore(ask: Ask, queries: readonly StubQuery[], plan: CachePlan): readonly PossibleState[] {
  const entries = queries
    .filter(({ at }) => at < ask.sent)
    .flatMap((query): readonly Entry[] => {
      const ttl = query.reply === undefined ? 0 : ttlFor(plan, query.reply, query.transport);
      return query.reply === undefined || ttl === 0 ? [] : [{ query, reply: query.reply, ttl }];
    });
  const newest = entries.at(-1);
  if (newest === undefined) return [];
  const settled = newest.query.at + (newest.reply.afterMilliseconds ?? 0) + storeMilliseconds < ask.sent;
  // CoreDNS looks into the cache before it asks an upstream.
  const decided = queries.find(({ at }) => at >= ask.sent && at <= ask.got)?.at ?? ask.got;
  return entries.slice(settled ? -1 : -2).flatMap((entry) => statesOf(entry, ask, decided, plan.stale.windowSeconds));
}
