import { asString, own, type JsonObject } from '../../core/json.ts';
import type { Lock } from '../world.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { covers, subscriptionOf } from './lookup.ts';
import { gatewayError, ok, reply, type Reply } from './reply.ts';

const provider = 'providers/Microsoft.Authorization/locks';

export function lockId({ scope, name }: Pick<Lock, 'scope' | 'name'>): string {
  return `${scope}/${provider}/${name}`;
}

/** What a request writes: an action of a resource is named behind it. */
function targetOf({ request, url }: Exchange): string {
  const path = url.pathname.replaceAll(/\/{2,}/g, '/').replace(/\/$/, '');
  return request.method === 'POST' ? path.replace(/\/[^/]+$/, '') : path;
}

/**
 * Locks count for everybody, for a scope and all below it. A ReadOnly lock refuses actions as well. Source: Azure docs,
 * locks; text as many users report it.
 */
export function checkLocks(exchange: Exchange): Reply | undefined {
  const { request, route, world } = exchange;
  if (['GET', 'HEAD'].includes(request.method) || route.name.startsWith('locks.')) return undefined;
  const deletes = request.method === 'DELETE';
  const target = targetOf(exchange);
  const locks = [...world.locks.values()].filter(
    ({ scope, level }) => (deletes || level === 'ReadOnly') && covers(scope, target),
  );
  if (locks.length === 0) return undefined;
  return gatewayError(
    409,
    'ScopeLocked',
    `The scope '${target}' cannot perform ${deletes ? 'delete' : 'write'} operation because following scope(s) are locked: '${locks.map(({ scope }) => scope).join(',')}'. Please remove the lock and try again.`,
  );
}

function render(lock: Lock): JsonObject {
  return {
    properties: { level: lock.level, ...(lock.notes === undefined ? {} : { notes: lock.notes }) },
    id: lockId(lock),
    type: 'Microsoft.Authorization/locks',
    name: lock.name,
  };
}

function scopeOf(exchange: Exchange): string {
  const [scope = ''] = targetOf(exchange).split(/\/providers\/Microsoft\.Authorization\/locks/i);
  return scope;
}

/** Those of the scope, above it and, unless only the scope is meant, below. Source: Locks API, list at each level. */
function list(exchange: Exchange): Reply {
  const scope = scopeOf(exchange);
  const below = exchange.query.get('$filter')?.replaceAll(/\s/g, '').toLowerCase() !== 'atscope()';
  const found = [...exchange.world.locks.values()].filter(
    (lock) => covers(lock.scope, scope) || (below && covers(scope, lock.scope)),
  );
  return ok({ value: found.map((lock) => render(lock)) });
}

function keyOf(exchange: Exchange): string {
  return lockId({ scope: scopeOf(exchange), name: param(exchange, 'lock') }).toLowerCase();
}

function get(exchange: Exchange): Reply {
  const lock = exchange.world.locks.get(keyOf(exchange));
  if (lock !== undefined) return ok(render(lock));
  return gatewayError(404, 'LockNotFound', `The lock '${param(exchange, 'lock')}' could not be found.`);
}

function put(exchange: Exchange): Reply {
  const properties = own(exchange.body, 'properties');
  const level = asString(own(properties, 'level'));
  const notes = asString(own(properties, 'notes'));
  if (level !== 'ReadOnly' && level !== 'CanNotDelete')
    return gatewayError(
      400,
      'InvalidRequestContent',
      `The lock level '${level ?? ''}' is not CanNotDelete or ReadOnly.`,
    );
  const key = keyOf(exchange);
  const status = exchange.world.locks.has(key) ? 200 : 201;
  const lock = { scope: scopeOf(exchange), name: param(exchange, 'lock'), level, notes } as const;
  exchange.world.locks.set(key, lock);
  return reply(status, render(lock));
}

function remove(exchange: Exchange): Reply {
  return exchange.world.locks.delete(keyOf(exchange)) ? reply(200, undefined) : reply(204, undefined);
}

/** A handler for a scope whose group, if it has one, is there. */
function inGroup(handle: Route['handler']): Route['handler'] {
  return (exchange) => {
    const group = exchange.params['resourceGroup'];
    return group === undefined || subscriptionOf(exchange).groups.has(group.toLowerCase())
      ? handle(exchange)
      : gatewayError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
  };
}

const subscription = '/subscriptions/{subscription}';
const group = `${subscription}/resourceGroups/{resourceGroup}`;
const scopes = {
  subscription,
  resourceGroup: group,
  resource: `${group}/providers/{namespace}/{type}/{name}`,
  child: `${group}/providers/{namespace}/{parentType}/{parent}/{type}/{name}`,
};
const actions = 'Microsoft.Authorization/locks';

export const lockRoutes: readonly Route[] = Object.entries(scopes).flatMap(([level, scope]): readonly Route[] => {
  const one = { template: `${scope}/${provider}/{lock}`, versions: 'authorization' } as const;
  return [
    {
      name: `locks.list.${level}`,
      method: 'GET',
      template: `${scope}/${provider}`,
      handler: inGroup(list),
      versions: 'authorization',
      action: `${actions}/read`,
    },
    { ...one, name: `locks.get.${level}`, method: 'GET', handler: inGroup(get), action: `${actions}/read` },
    { ...one, name: `locks.put.${level}`, method: 'PUT', handler: inGroup(put), action: `${actions}/write` },
    { ...one, name: `locks.delete.${level}`, method: 'DELETE', handler: inGroup(remove), action: `${actions}/delete` },
  ];
});
