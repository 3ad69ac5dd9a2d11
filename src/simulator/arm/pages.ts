import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { Exchange } from './exchange.ts';

/** Where a page begins, by the token of its nextLink. */
export function skipped(exchange: Exchange): number {
  const token = Number(exchange.query.get('$skiptoken') ?? exchange.query.get('skiptoken') ?? '0');
  return Number.isInteger(token) ? Math.max(0, token - tokenBase) : 0;
}

/** Makes tokens that a client cannot guess to be row numbers. */
const tokenBase = 5_115_850;

/** Source: recorded lists of pools: absolute, the token twice, the api-version of the request. */
export function nextLink(exchange: Exchange, skip: number): string {
  const token = String(tokenBase + skip);
  const { world, url, apiVersion } = exchange;
  return `${world.origin}${url.pathname}?%24skipToken=${token}&api-version=${apiVersion}&skipToken=${token}`;
}

/** One page, with a nextLink if more follows. */
export function page(exchange: Exchange, items: readonly JsonValue[], size: number): JsonObject {
  const skip = skipped(exchange);
  const value = items.slice(skip, skip + size);
  return items.length > skip + size ? { value, nextLink: nextLink(exchange, skip + size) } : { value };
}
