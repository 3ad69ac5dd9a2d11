/** A block of IPv4 addresses; a single address has 32 prefix bits. */
export interface Block {
  readonly base: number;
  readonly bits: number;
}

function address(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  const parts = match.slice(1).map(Number);
  return parts.every((part) => part <= 255) ? parts.reduce((sum, part) => sum * 256 + part, 0) : undefined;
}

/** Parses `10.0.0.0/8` or `10.0.0.4`; undefined for IPv6 and for invalid text. */
export function blockOf(text: string): Block | undefined {
  const [head = '', tail, more] = text.trim().split('/');
  const base = address(head);
  if (base === undefined || more !== undefined) return undefined;
  if (tail === undefined) return { base, bits: 32 };
  const bits = /^\d{1,2}$/.test(tail) ? Number(tail) : 33;
  if (bits > 32) return undefined;
  const size = sizeOf({ base, bits });
  return { base: Math.floor(base / size) * size, bits };
}

/** The number of addresses in a block. */
export function sizeOf({ bits }: Block): number {
  return 2 ** (32 - bits);
}

export function contains(outer: Block, inner: Block): boolean {
  return outer.bits <= inner.bits && Math.floor(inner.base / sizeOf(outer)) * sizeOf(outer) === outer.base;
}

export function overlaps(one: Block, other: Block): boolean {
  return contains(one, other) || contains(other, one);
}

/** Source: RFC 1918, private address space; RFC 6598, shared address space. */
const privateBlocks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10']
  .map((text) => blockOf(text))
  .filter((block) => block !== undefined);

/** Whether an address is private; for IPv6, whether it has the prefix fc00::/7. */
export function isPrivate(text: string): boolean {
  const block = blockOf(text);
  return block === undefined ? /^f[cd][0-9a-f]{2}:/i.test(text) : privateBlocks.some((outer) => contains(outer, block));
}
