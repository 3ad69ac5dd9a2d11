import { isIP, isIPv4 } from 'node:net';
import { addressOf } from '../../../core/address.ts';
import { UsageError } from '../../../core/errors.ts';
import { clip, oneLine, shellWord } from '../../../core/text.ts';

/** Without the trailing dot. Source: RFC 1035, 2.3.4: 255 octets on the wire. */
export const maxNameLength = 253;
const maxLabelLength = 63;

/**
 * Labels of printable ASCII, such as `_sip` and `*`, as a resolver would send them. A backslash would start an escape.
 */
const label = /^[!-\-/-[\]-~]{1,63}$/;

/**
 * Validates a name, which can end with a dot, and returns it unchanged.
 * @throws UsageError for a name that no resolver would query.
 */
export function checkedName(name: string): string {
  if (name === '.') return name;
  // An IPv6 address has colons; for other names, isIP would first compile a large regular expression.
  if (name.includes(':') ? isIP(name) !== 0 : isIPv4(name)) {
    throw new UsageError(`'${oneLine(name)}' is an IP address, which needs no lookup.`, reverseHint(name));
  }
  const address = addressOf(name);
  // A label can have a slash; a URL, a port, or a path after a dotted name is a mistake.
  if (address !== undefined && (address.what !== 'a path' || address.host.includes('.')))
    throw new UsageError(`'${clip(oneLine(name), 200)}' is ${address.what}, not a DNS name.`, [
      `Did you mean ${shellWord(address.host)}?`,
    ]);
  checkedLabels(name, 'name');
  return name;
}

/** Returns it in lower case, without a trailing dot. */
export function checkedDomain(domain: string, what: string): string {
  checkedLabels(domain, what);
  return domain.toLowerCase().replace(/\.$/, '');
}

function checkedLabels(name: string, what: string): void {
  const bare = name.endsWith('.') ? name.slice(0, -1) : name;
  const bad = bare.split('.').find((candidate) => !label.test(candidate));
  if (bad === undefined && bare.length <= maxNameLength) return;
  const shown = clip(oneLine(name), maxLabelLength);
  throw new UsageError(
    `'${shown}' is not a DNS name (${what}): ${bad === undefined ? `it has more than ${String(maxNameLength)} characters` : problem(bad)}.`,
  );
}

function problem(bad: string): string {
  if (bad === '') return 'it has an empty label';
  if (/[^\u0000-\u007f]/.test(bad)) return 'it has non-ASCII characters; write it in its xn-- form';
  return bad.length > maxLabelLength
    ? `it has a label with more than ${String(maxLabelLength)} characters`
    : 'it has white space or another invalid character';
}

function reverseHint(address: string): readonly string[] {
  return isIPv4(address)
    ? [`For a reverse lookup, use ${address.split('.').reverse().join('.')}.in-addr.arpa. with type PTR.`]
    : [];
}
