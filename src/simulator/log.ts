export interface RequestLogEntry {
  /** ISO 8601. */
  readonly time: string;
  readonly method: string;
  readonly path: string;
  /** Without `?`; signature values are hidden. */
  readonly query: string;
  /** 0 if the connection ended without an answer. */
  readonly status: number;
}

/** The parts of a signed operation URL: whoever has them can read the operation. */
const secrets = new Set(['c', 's', 'h', 'sig']);

function hideSecrets(url: URL): string {
  const parts = url.search
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '');
  return parts
    .map((part) => {
      const [name = ''] = part.split('=');
      return secrets.has(name.toLowerCase()) ? `${name}=[hidden]` : part;
    })
    .join('&');
}

export function logEntry(time: number, method: string, url: URL, status: number): RequestLogEntry {
  return { time: new Date(time).toISOString(), method, path: url.pathname, query: hideSecrets(url), status };
}
