import { createHash } from 'node:crypto';
import type { JsonObject } from '../../core/json.ts';
import type { Exchange } from '../arm/exchange.ts';
import type { Reply } from '../arm/reply.ts';
import type { QueryRefused } from './syntax.ts';

function correlationOf(exchange: Exchange): string {
  const given = exchange.request.headers['x-ms-correlation-request-id'];
  if (given !== undefined) return given;
  const hex = createHash('sha256')
    .update(`${String(exchange.now)} ${exchange.request.body ?? ''}`)
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The shape of every error of Resource Graph: what happened is in `details`. Source: bodies that users report. */
export function graphError(
  exchange: Exchange,
  status: number,
  code: string,
  details: readonly JsonObject[],
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const timestamp = new Date(exchange.now).toISOString().replace('Z', '0000Z');
  const message = `Please provide below info when asking for support: timestamp = ${timestamp}, correlationId = ${correlationOf(exchange)}.`;
  return { status, body: { error: { code, message, details } }, headers, fromProvider: true };
}

export function badRequest(exchange: Exchange, code: string, message: string): Reply {
  return graphError(exchange, 400, 'BadRequest', [{ code, message }]);
}

export function invalidQuery(exchange: Exchange, query: string, refused: QueryRefused): Reply {
  const before = query.slice(0, refused.position).split('\n');
  const place = { line: before.length, characterPositionInLine: before.at(-1)?.length ?? 0, token: refused.token };
  return graphError(exchange, 400, 'BadRequest', [
    {
      code: 'InvalidQuery',
      message:
        'Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.',
    },
    { code: refused.code, message: refused.message, ...place },
  ]);
}

export function accessDenied(exchange: Exchange): Reply {
  return graphError(exchange, 403, 'AccessDenied', [
    {
      code: 'AccessDenied',
      message: 'Access is denied to the requested resource. The user might not have enough permission.',
    },
  ]);
}
