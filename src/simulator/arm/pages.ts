import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { Exchange } from './exchange.ts';

/** Where a page begins: the token that a nextLink carried. */
export function skipped(exchange: Exchange): number {
  const token = Number(exchange.query.get('$skiptoken') ?? exchange.query.get('skiptoken') ?? '0');
  return Number.isInteger(token) ? Math.max(0, token - tokenBase) : 0;
}

/** Tokens say nothing by themselves: a client must not make them up. */
const tokenBase = 5_115_850;

/** Source: recorded lists of pools: absolute, the token twice, the api-version of the request. */
export function nextLink(exchange: Exchange, skip: number): string {
  const token = String(tokenBase + skip);
  const { world, url, apiVersion } = exchange;
  return `${world.origin}${url.pathname}?%24skipToken=${token}&api-version=${apiVersion}&skipToken=${token}`;
}

/** One page; a nextLink only where more follows. */
export function page(exchange: Exchange, items: readonly JsonValue[], size: number): JsonObject {
  const skip = skipped(exchange);
  const value = items.slice(skip, skip + size);
  return items.length > skip + size ? { value, nextLink: nextLink(exchange, skip + size) } : { value };
}
