import type { AnswerKind, CachePlan } from '../../domain/localdns/resolve/index.ts';
import type { StubQuery, StubReply } from '../../model/rehearsal.ts';
import type { Ask } from './ask.ts';

/** How CoreDNS tells this reply apart from others. */
function kindOf(reply: StubReply, transport: StubQuery['transport']): AnswerKind {
  if (reply.truncated === true && transport === 'udp') return 'truncated';
  if (reply.rcode === 'SERVFAIL') return 'failure';
  if (reply.rcode === 'REFUSED') return 'other-code';
  if (reply.rcode === 'NXDOMAIN') return reply.content === 'nothing' ? 'negative-without-soa' : 'negative';
  return reply.content === 'answer' ? 'answer' : reply.content === 'soa' ? 'negative' : 'empty';
}

/** The TTL that the plan gives to this reply: within its range, the upstream's own. 0 for what is not kept. */
export function ttlFor(plan: CachePlan, reply: StubReply, transport: StubQuery['transport']): number {
  const kind = kindOf(reply, transport);
  if (kind === 'empty') return plan.positiveTtl.least;
  if (kind !== 'answer' && kind !== 'negative') return 0;
  const { least, most } = kind === 'answer' ? plan.positiveTtl : plan.negativeTtl;
  return Math.min(Math.max(reply.ttl, least), most);
}

/** What the node had of an answer when it was asked again. */
interface Entry {
  readonly query: StubQuery;
  readonly reply: StubReply;
  readonly ttl: number;
}

/** Between the upstream's reply and CoreDNS's having stored it, on a busy machine. */
const storeMilliseconds = 1500;

/** `last-second`: its TTL has come to 0, and it is given once more without a thought. */
type EntryState = 'fresh' | 'last-second' | 'stale' | 'gone';

export interface PossibleState {
  readonly entry: Entry;
  readonly state: EntryState;
  /** The TTL that a fresh one would be given with. */
  readonly remaining: number;
}

/** Source: CoreDNS, plugin/cache/handler.go, getIfNotStale; plugin/cache/item.go, ttl. */
function stateAt(age: number, entry: Entry, windowSeconds: number): PossibleState {
  const remaining = entry.ttl - age;
  if (remaining > 0) return { entry, state: 'fresh', remaining };
  if (windowSeconds === 0 || -remaining >= windowSeconds) return { entry, state: 'gone', remaining: 0 };
  return { entry, state: remaining === 0 ? 'last-second' : 'stale', remaining: 0 };
}

/** Clocks tick while a question is under way: every state that the entry may have been in when it was looked up. */
function statesOf(entry: Entry, ask: Ask, decided: number, windowSeconds: number): readonly PossibleState[] {
  const stored = entry.query.at + (entry.reply.afterMilliseconds ?? 0);
  const youngest = Math.max(0, Math.floor((ask.sent - stored - storeMilliseconds) / 1000));
  const oldest = Math.max(0, Math.floor((decided - entry.query.at) / 1000));
  return Array.from({ length: oldest - youngest + 1 }, (_, index) => stateAt(youngest + index, entry, windowSeconds));
}

/**
 * By the replies before the question; where the newest had hardly come, also by the one before. Empty: the node has
 * nothing.
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
  // The cache was looked into before an upstream was asked.
  const decided = queries.find(({ at }) => at >= ask.sent && at <= ask.got)?.at ?? ask.got;
  return entries.slice(settled ? -1 : -2).flatMap((entry) => statesOf(entry, ask, decided, plan.stale.windowSeconds));
}
