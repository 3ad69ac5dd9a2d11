import { isIP, isIPv4 } from 'node:net';
import { addressOf } from '../../../core/address.ts';
import { UsageError } from '../../../core/errors.ts';
import { clip, oneLine, shellWord } from '../../../core/text.ts';

/** Without the final dot. Source: RFC 1035, 2.3.4: 255 octets on the wire. */
export const longestName = 253;
const longestLabel = 63;

/**
 * Labels of printable ASCII: `_sip`, `*` and whatever else a resolver would send. A backslash would begin an escape.
 */
const label = /^[!-\-/-[\]-~]{1,63}$/;

/**
 * The name as it was given; it may end in a dot.
 * @throws UsageError for what no resolver asks for
 */
export function checkedName(name: string): string {
  if (name === '.') return name;
  // An IPv6 address has colons; asked of any other name, Node compiles a large expression first.
  if (name.includes(':') ? isIP(name) !== 0 : isIPv4(name)) {
    throw new UsageError(`'${oneLine(name)}' is an IP address, which no resolver looks up.`, reverseHint(name));
  }
  const address = addressOf(name);
  // A label may have a slash; a URL, a port or a path behind dots is a slip.
  if (address !== undefined && (address.what !== 'a path' || address.host.includes('.')))
    throw new UsageError(`'${clip(oneLine(name), 200)}' is ${address.what}, not a DNS name.`, [
      `Did you mean ${shellWord(address.host)}?`,
    ]);
  checkedLabels(name, 'name');
  return name;
}

/** In lower case, without a final dot. */
export function checkedDomain(domain: string, what: string): string {
  checkedLabels(domain, what);
  return domain.toLowerCase().replace(/\.$/, '');
}

function checkedLabels(name: string, what: string): void {
  const bare = name.endsWith('.') ? name.slice(0, -1) : name;
  const bad = bare.split('.').find((candidate) => !label.test(candidate));
  if (bad === undefined && bare.length <= longestName) return;
  const shown = clip(oneLine(name), longestLabel);
  throw new UsageError(
    `'${shown}' is not a DNS name (${what}): ${bad === undefined ? `it has more than ${String(longestName)} characters` : problem(bad)}.`,
  );
}

function problem(bad: string): string {
  if (bad === '') return 'it has an empty label';
  if (/[^\u0000-\u007f]/.test(bad)) return 'it has letters beyond ASCII; write it in its xn-- form';
  return bad.length > longestLabel
    ? `it has a label of more than ${String(longestLabel)} characters`
    : 'it has white space or another character that no name has';
}

function reverseHint(address: string): readonly string[] {
  return isIPv4(address)
    ? [`For the name of an address, ask for ${address.split('.').reverse().join('.')}.in-addr.arpa. with type PTR.`]
    : [];
}
