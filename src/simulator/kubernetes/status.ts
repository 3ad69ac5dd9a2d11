import type { HttpResponse } from '../../core/http.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { Resource } from './resources.ts';

export function answer(status: number, body: JsonValue): HttpResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

export function text(status: number, body: string): HttpResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

/** An object of kind Status, which is how the API server says no. */
export function failure(code: number, reason: string, message: string, details: JsonObject = {}): HttpResponse {
  return answer(code, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    details,
    code,
  });
}

function qualified({ plural, group }: Resource): string {
  return group === '' ? plural : `${plural}.${group}`;
}

function detailsOf(resource: Resource, name: string): JsonObject {
  return { name, ...(resource.group === '' ? {} : { group: resource.group }), kind: resource.plural };
}

export function notFound(resource: Resource, name: string): HttpResponse {
  return failure(404, 'NotFound', `${qualified(resource)} "${name}" not found`, detailsOf(resource, name));
}

export function alreadyExists(resource: Resource, name: string): HttpResponse {
  return failure(409, 'AlreadyExists', `${qualified(resource)} "${name}" already exists`, detailsOf(resource, name));
}

export function invalid(resource: Resource, name: string, problem: string): HttpResponse {
  const message = `${resource.kind}${resource.group === '' ? '' : `.${resource.group}`} "${name}" is invalid: ${problem}`;
  return failure(422, 'Invalid', message, detailsOf(resource, name));
}

export function forbidden(resource: Resource, name: string, why: string): HttpResponse {
  const what = name === '' ? qualified(resource) : `${qualified(resource)} "${name}"`;
  return failure(403, 'Forbidden', `${what} is forbidden: ${why}`, detailsOf(resource, name));
}

export function badRequest(message: string): HttpResponse {
  return failure(400, 'BadRequest', message);
}

/** A path that the API server does not serve. */
export function noSuchPath(): HttpResponse {
  return failure(404, 'NotFound', 'the server could not find the requested resource');
}
