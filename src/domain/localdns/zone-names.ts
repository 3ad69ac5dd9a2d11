import { addressOf } from '../../core/address.ts';

/** What is wrong with a zone name, and what to write instead. */
export interface NameProblem {
  readonly what: string;
  readonly instead?: string;
}

/** In characters, including a trailing dot. */
export const maxNameLength = 254;
/** Source: AKSNodeClass CRD of Karpenter's Azure provider, pattern of `zone`. */
const label = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$/;
const labels = new RegExp(`^(?:${label.source.slice(1, -1)}\\.)*${label.source.slice(1, -1)}\\.?$`);
const addressOfIpv6 = /^[0-9a-f]*:[0-9a-f]*:[0-9a-f:./]*$/i;
const addressRange = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,3})$/;
const address = /^\d{1,3}(?:\.\d{1,3}){3}\.?$/;

/**
 * Finds characters with a special meaning in the head of a CoreDNS server block: a port, an address range, the next
 * block.
 */
export function reservedCharacter(zone: string): NameProblem | undefined {
  const found = /[:/\s]/.exec(zone)?.[0];
  if (found === undefined) return undefined;
  const name = found === ':' || found === '/' ? `'${found}'` : 'white space';
  if (addressOfIpv6.test(zone)) return { what: 'is an IPv6 address' };
  const range = addressRange.exec(zone);
  if (range !== null) return { what: 'is an IP address range', ...reverseOfRange(range[1] ?? '', Number(range[2])) };
  const asAddress = addressOf(zone.trim());
  const cut = asAddress?.host ?? zone.trim().split(/[:/\s]/)[0] ?? '';
  const usable = cut !== zone && nameProblem(cut) === undefined;
  const what = asAddress === undefined ? `contains ${name}` : `is ${asAddress.what} and contains ${name}`;
  return { what, ...(usable ? { instead: cut } : {}) };
}

/** Why a name is not a valid DNS name; undefined if it is valid. */
export function nameProblem(zone: string): NameProblem | undefined {
  if (zone === '.') return undefined;
  if (zone === '') return { what: 'is empty', instead: '.' };
  if (zone.length > maxNameLength)
    return { what: `has ${String(zone.length)} characters, more than ${String(maxNameLength)}` };
  if (address.test(zone)) return { what: 'is an IP address', instead: reverseZone(zone) };
  if (labels.test(zone)) return undefined;
  const parts = (zone.endsWith('.') ? zone.slice(0, -1) : zone).split('.');
  const bad = parts.find((candidate) => !label.test(candidate));
  return bad === undefined ? undefined : { what: labelProblem(bad), ...suggestion(zone) };
}

function labelProblem(bad: string): string {
  if (bad === '') return 'has an empty label (two consecutive dots, or a leading dot)';
  if (bad === '*') return 'has a wildcard (a zone covers all of its subdomains without one)';
  if (bad.length > 63) return 'has a label with more than 63 characters';
  if (/[^\u0000-\u007f]/.test(bad)) return 'has non-ASCII characters; write it in its xn-- form';
  return 'has a label with characters other than letters, digits and inner hyphens';
}

function suggestion(zone: string): { readonly instead?: string } {
  const plain = zone.replace(/^\*?\.+/, '').replaceAll(/\.{2,}/g, '.');
  return plain !== zone && plain !== '' && nameProblem(plain) === undefined ? { instead: plain } : {};
}

/** Only ranges of whole octets have a reverse zone. */
function reverseOfRange(start: string, bits: number): { readonly instead?: string } {
  return [8, 16, 24].includes(bits)
    ? {
        instead: reverseZone(
          start
            .split('.')
            .slice(0, bits / 8)
            .join('.'),
        ),
      }
    : {};
}

function reverseZone(zone: string): string {
  return `${zone.replace(/\.$/, '').split('.').reverse().join('.')}.in-addr.arpa`;
}
