import { listeners } from '../../domain/localdns/render/index.ts';
import { overrideMaps } from '../../model/profile.ts';
import { answerSources, askedFor, seenIn, type Ask, type AnswerSource } from './ask.ts';
import { problemsOf } from './judge.ts';
import type { Plan, Subject } from './plan.ts';
import type { QueryLog } from './query-log.ts';
import type { CacheCount, RehearsalDifference, RehearsalStep, RehearsedAsk, RehearsedName } from './rehearsal.ts';

/** A question and its step in the rehearsal. */
export interface StepAsk {
  readonly subject: Subject;
  readonly step: RehearsalStep;
  readonly ask: Ask;
}

function rehearsedAsk({ step, ask }: StepAsk, log: QueryLog, start: number): RehearsedAsk {
  const { answer, sent, got, transport } = ask;
  const { source, from } = seenIn(ask, log);
  const given = answer !== null && answer.serial !== null && from !== undefined;
  return {
    step,
    transport,
    atSeconds: Math.round((sent - start) / 100) / 10,
    rcode: answer?.rcode ?? null,
    source,
    upstream: from?.upstream.address ?? null,
    upstreamTransport: from?.transport ?? null,
    ttl: answer?.ttl ?? null,
    ageSeconds: given ? Math.max(0, Math.round((got - from.at) / 100) / 10) : null,
    nsid: answer?.nsid ?? null,
    milliseconds: got - sent,
  };
}

/** Derived from the upstream port that was asked, if any. */
function zoneSeen(subject: Subject, asks: readonly StepAsk[], log: QueryLog): string | null {
  const asked = asks.flatMap(({ ask }) => askedFor(ask, log)).at(0);
  return asked?.upstream.zone ?? ('zone' in subject.candidate ? subject.candidate.zone : null);
}

export function rehearsedNames(
  subjects: readonly Subject[],
  asks: readonly StepAsk[],
  log: QueryLog,
  start: number,
): readonly RehearsedName[] {
  return subjects.map((subject) => {
    const own = asks.filter((item) => item.subject === subject);
    return {
      name: subject.question.name,
      type: subject.question.type,
      map: subject.map,
      listener: subject.listener,
      zone: zoneSeen(subject, own, log),
      asks: own.map((item) => rehearsedAsk(item, log, start)),
    };
  });
}

export function cacheCounts(names: readonly RehearsedName[]): readonly CacheCount[] {
  return overrideMaps.map((map) => {
    const sources = names.filter((name) => name.map === map).flatMap(({ asks }) => asks.map(({ source }) => source));
    const count = (...counted: readonly AnswerSource[]): number =>
      sources.filter((source) => counted.includes(source)).length;
    const possible = count('cache', 'stale', 'upstream', 'failed', 'nothing');
    return {
      map,
      listener: listeners[map].address,
      asked: sources.length,
      bySource: Object.fromEntries(answerSources.map((source) => [source, count(source)])) as Record<
        AnswerSource,
        number
      >,
      hitRatio: possible === 0 ? null : Math.round((count('cache', 'stale') / possible) * 1000) / 1000,
    };
  });
}

export function differencesIn(asks: readonly StepAsk[], log: QueryLog): readonly RehearsalDifference[] {
  return asks.flatMap(({ subject, step, ask }) =>
    problemsOf(subject.candidate, ask, log).map((found) => ({
      name: subject.question.name,
      map: subject.map,
      step,
      ...found,
    })),
  );
}

export function upstreamsUsed(
  plan: Plan,
): readonly { readonly address: string; readonly standsFor: 'cluster DNS' | 'VNet DNS'; readonly ttl: number }[] {
  return [...new Set(plan.upstreams.map(({ address }) => address))].sort().map((address) => ({
    address,
    standsFor: address === plan.clusterDns ? 'cluster DNS' : 'VNet DNS',
    ttl: plan.ttlOf(address),
  }));
}
