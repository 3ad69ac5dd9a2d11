/** Source: RFC 1035, 4.1.1. */
const rcodes = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'];

/** The name of the code in the flags of a message. */
export function rcodeName(flags: number): string {
  const code = flags & 15;
  return rcodes[code] ?? `RCODE${String(code)}`;
}

export function rcodeNumber(name: string): number {
  const code = rcodes.indexOf(name);
  if (code === -1) throw new Error(`No response code is named ${name}.`);
  return code;
}
