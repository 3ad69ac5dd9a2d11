import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockOf, contains, isPrivate, overlaps, sizeOf } from '../../../../src/domain/checks/network/addresses.ts';

const block = (text: string) => {
  const found = blockOf(text);
  if (found === undefined) throw new Error(`${text} is no block.`);
  return found;
};

describe('blocks of addresses', () => {
  test.each([
    '10.0.0.256',
    '10.0.0',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    'fd00::/8',
    'Internet',
    '',
    '10.0.0.0/-1',
    '1.2.3.4.5',
  ])('%j is none', (text) => {
    expect(blockOf(text)).toBeUndefined();
  });

  test.each([
    ['0.0.0.0/0', '255.255.255.255', true],
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.250.0.9/24', '10.250.0.4', true],
    ['10.250.0.4', '10.250.0.4', true],
    ['10.250.0.4', '10.250.0.0/24', false],
    ['192.168.0.0/16', '192.168.4.0/24', true],
  ])('%s contains %s: %s', (outer, inner, expected) => {
    expect(contains(block(outer), block(inner))).toBe(expected);
    expect(overlaps(block(inner), block(outer))).toBe(expected || contains(block(inner), block(outer)));
  });

  test('a block contains an address if their first bits are the same', () => {
    const address = fc.integer({ min: 0, max: 0xffff_ffff });
    const dotted = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
    fc.assert(
      fc.property(address, address, fc.integer({ min: 0, max: 32 }), (base, other, bits) => {
        const same = bits === 0 || base >>> (32 - bits) === other >>> (32 - bits);
        expect(contains(block(`${dotted(base)}/${String(bits)}`), block(dotted(other)))).toBe(same);
        expect(sizeOf(block(`${dotted(base)}/${String(bits)}`))).toBe(2 ** (32 - bits));
      }),
    );
  });

  test.each([
    ['10.1.2.3', true],
    ['172.31.0.1', true],
    ['172.32.0.1', false],
    ['192.168.1.1', true],
    ['100.64.0.1', true],
    ['8.8.8.8', false],
    ['fd12::1', true],
    ['2001:db8::1', false],
  ])('%s is private: %s', (text, expected) => {
    expect(isPrivate(text)).toBe(expected);
  });
});
