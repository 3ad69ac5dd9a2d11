import type { JsonObject } from '../../core/json.ts';
import type { Exchange } from '../arm/exchange.ts';
import type { Reply } from '../arm/reply.ts';
import type { Outcome } from '../world.ts';

/** How an operation that is about to start shall end. */
export interface OperationShape {
  readonly outcome?: Exclude<Outcome, 'Succeeded'>;
  /** Nodes that are done before it ends so; all of them unless told otherwise. */
  readonly afterNodes?: number;
  /** Seconds on top of what the nodes take. */
  readonly seconds?: number;
  /** Ends when the drain timeout of the pool has passed. */
  readonly waitsForDrain?: boolean;
  readonly never?: boolean;
  readonly error?: (subject: {
    readonly pool: string;
    readonly cluster: string;
    readonly laterOperation: string;
  }) => JsonObject;
  /** What else has happened to the pool by its end. */
  readonly finish?: (properties: JsonObject) => JsonObject;
  readonly texts?: readonly string[];
}

export type Effect =
  /** Answered so, and not carried out. */
  | { readonly kind: 'answer'; readonly answer: (exchange: Exchange) => Reply }
  /** The connection ends; nothing is carried out. */
  | { readonly kind: 'reset' }
  /** Somebody else does this just before. */
  | { readonly kind: 'change'; readonly change: (exchange: Exchange) => void }
  /** The operation that the request starts goes so. */
  | { readonly kind: 'operation'; readonly shape: OperationShape }
  /** What is stored differs from what was accepted. */
  | { readonly kind: 'store'; readonly store: (accepted: JsonObject, before: JsonObject | undefined) => JsonObject }
  /** Carried out, and answered so. */
  | { readonly kind: 'answer-after'; readonly answer: (exchange: Exchange) => Reply }
  /** Carried out; the connection ends before the answer. */
  | { readonly kind: 'lose-answer' };

export interface Fault {
  /** Names of routes; a final `*` stands for any rest. */
  readonly routes: readonly string[];
  /** Requests that go well first. */
  readonly skip?: number;
  /** How often it strikes; once unless told otherwise. */
  readonly times?: number;
  /** Requests that it does not hold for are not counted. */
  readonly when?: (exchange: Exchange) => boolean;
  readonly effect: Effect;
}

export interface Faults {
  add(faults: readonly Fault[]): void;
  /** The effects of this kind that strike now; each call counts. */
  strike<K extends Effect['kind']>(kind: K, route: string, exchange: Exchange): readonly Extract<Effect, { kind: K }>[];
}

interface Armed {
  readonly fault: Fault;
  seen: number;
}

function aimsAt(fault: Fault, route: string): boolean {
  return fault.routes.some((name) => (name.endsWith('*') ? route.startsWith(name.slice(0, -1)) : name === route));
}

export function createFaults(): Faults {
  const armed: Armed[] = [];
  return {
    add(faults) {
      armed.push(...faults.map((fault) => ({ fault, seen: 0 })));
    },
    strike<K extends Effect['kind']>(kind: K, route: string, exchange: Exchange) {
      const struck: Extract<Effect, { kind: K }>[] = [];
      for (const entry of armed) {
        const { effect, skip = 0, times = 1 } = entry.fault;
        if (effect.kind !== kind || !aimsAt(entry.fault, route) || entry.fault.when?.(exchange) === false) continue;
        entry.seen += 1;
        if (entry.seen > skip && entry.seen <= skip + times) struck.push(effect as Extract<Effect, { kind: K }>);
      }
      return struck;
    },
  };
}
