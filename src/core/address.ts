/** A URL or path that was given instead of a name, and its host or first part. */
export interface Address {
  /** `a URL`. */
  readonly what: string;
  readonly host: string;
}

/** A URL, `host:port` or a name with a path behind it; undefined for a plain word. The host may be any text. */
export function addressOf(word: string): Address | undefined {
  const scheme = /^[a-z][a-z\d+.-]*:\/\//i.exec(word)?.[0];
  const [authority = ''] = word.slice(scheme?.length ?? 0).split(/[/?#]/);
  const host = authority.replace(/^[^@]*@/, '').replace(/:\d*$/, '');
  if (scheme !== undefined) return { what: 'a URL', host };
  if (/:\d+$/.test(authority)) return { what: 'a host with a port', host };
  return word.includes('/') && host !== '' ? { what: 'a path', host } : undefined;
}
