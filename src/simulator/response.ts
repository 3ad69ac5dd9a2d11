import type { HttpRequest, HttpResponse } from '../core/http.ts';
import type { Exchange } from './arm/exchange.ts';
import { findCluster } from './arm/lookup.ts';
import type { Reply } from './arm/reply.ts';
import type { World } from './world.ts';

export interface Answered {
  readonly reply: Reply;
  readonly rateHeaders: Readonly<Record<string, string>>;
  readonly exchange?: Exchange;
}

function region(exchange: Exchange | undefined): string {
  if (exchange === undefined) return 'westeurope';
  return exchange.params['location'] ?? findCluster(exchange)?.location ?? 'westeurope';
}

/** Source: recordings: the AKS resource provider names tenant, caller, region and a GUID of the request. */
function operationIdentifier(world: World, exchange: Exchange): Readonly<Record<string, string>> {
  const { tenantId, objectId } = exchange.caller;
  return {
    'x-ms-operation-identifier': `tenantId=${tenantId},objectId=${objectId}/${region(exchange)}/${world.random.guid()}`,
  };
}

/** The whole answer, with the headers that all answers of ARM have. */
export function toResponse(world: World, request: HttpRequest, answered: Answered): HttpResponse {
  const { reply, rateHeaders, exchange } = answered;
  const content = reply.text?.content ?? (reply.body === undefined ? '' : JSON.stringify(reply.body));
  const type = reply.text?.type ?? 'application/json; charset=utf-8';
  const requestId = world.random.guid();
  const correlationId = request.headers['x-ms-correlation-request-id'] ?? requestId;
  const stamp = new Date(world.now()).toISOString().replace(/[-:]|\.\d+/g, '');
  const fromAks = reply.fromProvider && exchange?.route.template.includes('Microsoft.ContainerService/') === true;
  const clientId = request.headers['x-ms-client-request-id'];
  const returnsClientId = clientId !== undefined && request.headers['x-ms-return-client-request-id'] === 'true';
  return {
    status: reply.status,
    headers: {
      'cache-control': 'no-cache',
      ...(content === '' ? {} : { 'content-type': type }),
      'content-length': String(Buffer.byteLength(content)),
      date: new Date(world.now()).toUTCString(),
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-ms-request-id': requestId,
      'x-ms-correlation-request-id': correlationId,
      'x-ms-routing-request-id': `${region(exchange).toUpperCase()}:${stamp}:${requestId}`,
      ...(returnsClientId ? { 'x-ms-client-request-id': clientId } : {}),
      ...(fromAks && exchange !== undefined ? operationIdentifier(world, exchange) : {}),
      ...rateHeaders,
      ...reply.headers,
    },
    body: request.method === 'HEAD' ? '' : content,
  };
}
