import { BlockList, isIP } from 'node:net';

/** Whether a range of addresses holds an IPv4 address; undefined for what is not a range. */
export function holds(cidr: string, address: string): boolean | undefined {
  const [network = '', bits = ''] = cidr.split('/');
  const family = isIP(network);
  const length = Number(bits);
  if (family === 0 || !/^\d{1,3}$/.test(bits) || length > (family === 4 ? 32 : 128)) return undefined;
  if (family === 6) return false;
  const range = new BlockList();
  range.addSubnet(network, length, 'ipv4');
  return range.check(address, 'ipv4');
}
