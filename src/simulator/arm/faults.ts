import type { JsonObject } from '../../core/json.ts';
import type { OperationShape } from '../world.ts';
import type { Exchange } from './exchange.ts';
import type { Reply } from './reply.ts';

export type Effect =
  /** This is answered, and nothing is carried out. */
  | { readonly kind: 'answer'; readonly answer: (exchange: Exchange) => Reply }
  /** The connection ends; nothing is carried out. */
  | { readonly kind: 'reset' }
  /** Somebody else does this just before. */
  | { readonly kind: 'change'; readonly change: (exchange: Exchange) => void }
  /** The operation that the request starts takes this shape. */
  | { readonly kind: 'operation'; readonly shape: OperationShape }
  /** What is stored differs from what was accepted. */
  | { readonly kind: 'store'; readonly store: (accepted: JsonObject, before: JsonObject | undefined) => JsonObject }
  /** Carried out, and this is answered. */
  | { readonly kind: 'answer-after'; readonly answer: (exchange: Exchange) => Reply }
  /** Carried out; the connection ends before the answer. */
  | { readonly kind: 'lose-answer' };

export interface Fault {
  /** Names of routes; a final `*` stands for any rest. */
  readonly routes: readonly string[];
  /** Requests that go well first. */
  readonly skip?: number;
  /** How often it happens; defaults to once. */
  readonly times?: number;
  /** Other requests are not counted. */
  readonly when?: (exchange: Exchange) => boolean;
  readonly effect: Effect;
}

type EffectOf<K extends Effect['kind']> = Extract<Effect, { kind: K }>;

/** The faults of the scenarios in use, counted request by request. */
export class Faults {
  readonly #faults: { readonly fault: Fault; seen: number }[] = [];

  add(faults: readonly Fault[]): void {
    this.#faults.push(...faults.map((fault) => ({ fault, seen: 0 })));
  }

  /** The effects of this kind that this request meets; each call counts. */
  trigger<K extends Effect['kind']>(kind: K, exchange: Exchange): readonly EffectOf<K>[] {
    const triggered: EffectOf<K>[] = [];
    for (const entry of this.#faults) {
      const { effect, routes, skip = 0, times = 1, when } = entry.fault;
      const meant = effect.kind === kind && routes.some((name) => matches(name, exchange.route.name));
      if (!meant || when?.(exchange) === false) continue;
      entry.seen += 1;
      if (entry.seen > skip && entry.seen <= skip + times) triggered.push(effect as EffectOf<K>);
    }
    return triggered;
  }
}

function matches(name: string, route: string): boolean {
  return name.endsWith('*') ? route.startsWith(name.slice(0, -1)) : name === route;
}
