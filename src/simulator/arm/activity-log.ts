import { createHash } from 'node:crypto';
import type { HttpResponse } from '../../core/http.ts';
import { asString, at, parseJson, type JsonObject } from '../../core/json.ts';
import type { ActivityEntry, World } from '../world.ts';
import type { Exchange, Route } from './exchange.ts';
import { comparisonsOf, type Comparison } from './filters.ts';
import { subscriptionOf } from './lookup.ts';
import { page } from './pages.ts';
import { gatewayError, ok, type Reply } from './reply.ts';

/** What never got past the gateway: no token, or too many requests. */
const unseen = [401, 429];

/** Reads are not logged. Source: Azure docs, activity log: administrative events are writes, deletes and actions. */
export function recordActivity(
  { world, request, route, params, caller, url, now }: Exchange,
  response: HttpResponse,
): void {
  const { subscription } = params;
  const reads = ['GET', 'HEAD'].includes(request.method);
  if (reads || subscription === undefined || route.action === undefined || unseen.includes(response.status)) return;
  const path = url.pathname.replace(/\/$/, '');
  const [, operation] = /\/operations\/([0-9a-f-]+)\?/i.exec(response.headers['azure-asyncoperation'] ?? '') ?? [];
  world.activity.push({
    at: now,
    subscriptionId: subscription,
    resourceGroup: params['resourceGroup'],
    resourceId: request.method === 'POST' ? path.replace(/\/[^/]+$/, '') : path,
    action: route.action,
    caller: caller.objectId,
    tenantId: caller.tenantId,
    method: request.method,
    correlationId:
      response.headers['x-ms-correlation-request-id'] ?? request.headers['x-ms-correlation-request-id'] ?? '',
    status: response.status,
    body: response.status >= 400 ? response.body : '',
    operation,
  });
}

/** The same event has the same id each time. */
function eventId(entry: ActivityEntry, status: string): string {
  const hex = createHash('sha256')
    .update(`${entry.correlationId}/${String(entry.at)}/${status}`)
    .digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

interface Ended {
  readonly status: string;
  readonly at: number;
  readonly message: string;
}

/** A request that started an operation is Accepted, and ends with a second event. */
function eventsOf(world: World, entry: ActivityEntry): readonly Ended[] {
  if (entry.status >= 400) return [{ status: 'Failed', at: entry.at, message: entry.body }];
  const ended = world.operations.get(entry.operation ?? '')?.ended;
  if (entry.operation === undefined) return [{ status: 'Succeeded', at: entry.at, message: '' }];
  const accepted = { status: 'Accepted', at: entry.at, message: '' };
  if (ended === undefined) return [accepted];
  const status = ended.outcome === 'Succeeded' ? 'Succeeded' : 'Failed';
  return [accepted, { status, at: ended.at, message: ended.error === undefined ? '' : JSON.stringify(ended.error) }];
}

const named = (value: string, localizedValue = value): JsonObject => ({ value, localizedValue });

function typeOf(entry: ActivityEntry): string {
  return entry.action.replace(/\/(?:write|delete|[^/]+\/action)$/i, '');
}

function messageOf(message: string): JsonObject {
  if (message === '') return {};
  const parsed = parseJson(message);
  const code = asString(at(parsed, 'error', 'code')) ?? asString(at(parsed, 'code')) ?? '';
  return { statusMessage: message, ...(code === '' ? {} : { errorCode: code }) };
}

/** Source: Azure docs, activity log event schema, category Administrative. */
function render(entry: ActivityEntry, ended: Ended): JsonObject {
  const id = eventId(entry, ended.status);
  const time = new Date(ended.at).toISOString().replace('Z', '0000Z');
  const failed = ended.status === 'Failed';
  const started = ended.status === 'Accepted';
  return {
    authorization: { action: entry.action, scope: entry.resourceId },
    caller: entry.caller,
    channels: 'Operation',
    claims: {},
    correlationId: entry.correlationId,
    description: '',
    eventDataId: id,
    eventName: started ? named('BeginRequest', 'Begin request') : named('EndRequest', 'End request'),
    category: named('Administrative'),
    eventTimestamp: time,
    httpRequest: { clientRequestId: entry.correlationId, clientIpAddress: '127.0.0.1', method: entry.method },
    id: `${entry.resourceId}/events/${id}/ticks/${String(ended.at * 10_000)}`,
    level: failed ? 'Error' : 'Informational',
    operationId: entry.operation ?? entry.correlationId,
    operationName: named(entry.action),
    ...(entry.resourceGroup === undefined ? {} : { resourceGroupName: entry.resourceGroup }),
    resourceId: entry.resourceId,
    resourceProviderName: named(entry.action.split('/')[0] ?? ''),
    resourceType: named(typeOf(entry)),
    status: named(ended.status),
    subStatus: named('', `HTTP Status Code: ${String(entry.status)}`),
    submissionTimestamp: time,
    subscriptionId: entry.subscriptionId,
    tenantId: entry.tenantId,
    properties: { statusCode: String(entry.status), ...messageOf(ended.message) },
  };
}

/** Where the fields of the filter are. Source: Activity Logs API, list. */
const fields: Readonly<Record<string, (event: JsonObject) => string>> = {
  eventtimestamp: (event) => asString(event['eventTimestamp']) ?? '',
  resourcegroupname: (event) => asString(event['resourceGroupName']) ?? '',
  resourceuri: (event) => asString(event['resourceId']) ?? '',
  resourceid: (event) => asString(event['resourceId']) ?? '',
  resourceprovider: (event) => asString(at(event, 'resourceProviderName', 'value')) ?? '',
  correlationid: (event) => asString(event['correlationId']) ?? '',
  caller: (event) => asString(event['caller']) ?? '',
  status: (event) => asString(at(event, 'status', 'value')) ?? '',
  eventchannels: () => 'Admin, Operation',
};

/** A time without a zone is UTC. */
function timeOf(text: string): number {
  return Date.parse(/(?:Z|[+-]\d{2}:\d{2})$/i.test(text) ? text : `${text}Z`);
}

function holds({ field, operator, value }: Comparison, event: JsonObject): boolean {
  const has = fields[field]?.(event) ?? '';
  if (operator === 'eq') return has.toLowerCase() === value.toLowerCase();
  return operator === 'ge' ? timeOf(has) >= timeOf(value) : timeOf(has) <= timeOf(value);
}

function isUsable({ field, operator, value }: Comparison): boolean {
  return fields[field] !== undefined && (operator === 'eq' || !Number.isNaN(timeOf(value)));
}

/** Newest first. Source: Activity Logs API: without a time to begin with, a filter is refused. */
function list(exchange: Exchange): Reply {
  const { world } = exchange;
  const comparisons = comparisonsOf(exchange.query.get('$filter') ?? '');
  const begins = comparisons?.some(({ field, operator }) => field === 'eventtimestamp' && operator === 'ge') === true;
  if (comparisons === undefined || !begins || !comparisons.every((one) => isUsable(one)))
    return gatewayError(
      400,
      'BadRequest',
      "The filter is not valid: it needs 'eventTimestamp ge', and takes resourceGroupName, resourceUri, resourceId, resourceProvider, correlationId, caller and status.",
    );
  const subscription = subscriptionOf(exchange).id.toLowerCase();
  const events = world.activity
    .filter((entry) => entry.subscriptionId.toLowerCase() === subscription)
    .flatMap((entry) => eventsOf(world, entry).map((ended) => ({ at: ended.at, event: render(entry, ended) })))
    .filter(({ event }) => comparisons.every((one) => holds(one, event)))
    .toReversed()
    .sort((left, right) => right.at - left.at)
    .map(({ event }) => event);
  return ok(page(exchange, events, 200));
}

export const activityLogRoutes: readonly Route[] = [
  {
    name: 'activityLogs.list',
    method: 'GET',
    template: '/subscriptions/{subscription}/providers/Microsoft.Insights/eventtypes/management/values',
    handler: list,
    versions: 'insights',
    action: 'Microsoft.Insights/eventtypes/values/Read',
  },
];
