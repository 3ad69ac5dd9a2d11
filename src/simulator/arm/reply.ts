import type { JsonObject, JsonValue } from '../../core/json.ts';

/** An answer without the headers that all answers have. */
export interface Reply {
  readonly status: number;
  readonly body: JsonValue | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** A body that is not JSON, with its type. */
  readonly text?: { readonly type: string; readonly content: string };
  /** Whether the resource provider answered, rather than ARM's gateway. */
  readonly fromProvider: boolean;
}

export function ok(body: JsonValue, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 200, body, headers, fromProvider: true };
}

export function reply(
  status: number,
  body: JsonValue | undefined,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status, body, headers, fromProvider: true };
}

/** An error of ARM itself: wrapped, with the gateway as its cause. Source: recorded 404. */
export function gatewayError(
  status: number,
  code: string,
  message: string,
  more: { readonly headers?: Readonly<Record<string, string>>; readonly error?: JsonObject } = {},
): Reply {
  return {
    status,
    body: { error: { code, message, ...more.error } },
    headers: { 'x-ms-failure-cause': 'gateway', ...more.headers },
    fromProvider: false,
  };
}

/** @param resource type and name */
export function resourceNotFound(resource: string, group: string): Reply {
  const message = `The Resource '${resource}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
  return gatewayError(404, 'ResourceNotFound', message);
}

/** An error of the AKS resource provider: bare, with `subcode`. Source: recorded 400. */
export function providerError(
  status: number,
  code: string,
  message: string,
  more: {
    readonly target?: string;
    readonly subcode?: string;
    readonly details?: JsonValue;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Reply {
  const body: JsonObject = {
    code,
    details: more.details ?? null,
    message,
    subcode: more.subcode ?? '',
    ...(more.target === undefined ? {} : { target: more.target }),
  };
  return { status, body, headers: more.headers ?? {}, fromProvider: true };
}

export function html(status: number, content: string): Reply {
  return { status, body: undefined, headers: {}, text: { type: 'text/html', content }, fromProvider: false };
}
