import type { Exchange } from '../arm/exchange.ts';
import type { Reply } from '../arm/reply.ts';
import { graphError } from './errors.ts';

type Headers = Readonly<Record<string, string>>;

export function quotaHeaders(remaining: number, milliseconds: number): Headers {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  return {
    'x-ms-user-quota-remaining': String(remaining),
    'x-ms-user-quota-resets-after': new Date(seconds * 1000).toISOString().slice(11, 19),
  };
}

/** Source: 429 as users report it; the wait is in its own header, not in Retry-After. */
export function rateLimiting(exchange: Exchange, headers: Headers): Reply {
  const message =
    'Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed. Please see https://aka.ms/resourcegraph-throttling for help.';
  return graphError(exchange, 429, 'RateLimiting', [{ code: 'RateLimiting', message }], headers);
}

/**
 * Takes one query from the caller's quota, or refuses it; the headers tell what remains. Source: Resource Graph docs,
 * 15 queries every 5 seconds.
 */
export function takeQuery(exchange: Exchange): { readonly headers: Headers; readonly refused?: Reply } {
  const { world, caller, now } = exchange;
  const { windows } = world.graph;
  const { queries, seconds } = world.settings.graph.quota;
  const known = windows.get(caller.objectId);
  const { start, taken } =
    known === undefined || now >= known.start + seconds * 1000 ? { start: now, taken: 0 } : known;
  const left = queries - taken - 1;
  windows.set(caller.objectId, { start, taken: left < 0 ? taken : taken + 1 });
  const headers = quotaHeaders(Math.max(0, left), start + seconds * 1000 - now);
  return left < 0 ? { headers, refused: rateLimiting(exchange, headers) } : { headers };
}
