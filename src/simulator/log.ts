import type { RequestLogEntry } from './options.ts';

export interface Log {
  readonly requests: readonly RequestLogEntry[];
  readonly unknownRoutes: readonly string[];
  add(time: number, method: string, url: URL, status: number): void;
  unknown(method: string, url: URL): void;
}

/** The parts of a signed operation URL: whoever has them can read the operation. */
const secret = new Set(['c', 's', 'h', 'sig']);

export function hiddenQuery(url: URL): string {
  const parts = url.search
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '');
  return parts
    .map((part) => {
      const [name = ''] = part.split('=');
      return secret.has(name.toLowerCase()) ? `${name}=[hidden]` : part;
    })
    .join('&');
}

export function createLog(): Log {
  const requests: RequestLogEntry[] = [];
  const unknownRoutes: string[] = [];
  return {
    requests,
    unknownRoutes,
    add(time, method, url, status) {
      requests.push({
        time: new Date(time).toISOString(),
        method,
        path: url.pathname,
        query: hiddenQuery(url),
        status,
      });
    },
    unknown(method, url) {
      unknownRoutes.push(`${method} ${url.pathname}`);
    },
  };
}
