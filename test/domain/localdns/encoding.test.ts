import { describe, expect, test } from 'vitest';
import { readProfile } from '../../../src/domain/localdns/index.ts';

const text = '{"mode":"Required","x😀":1}';

function utf16(value: string, littleEndian: boolean): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(value.length * 2));
  for (let index = 0; index < value.length; index += 1)
    bytes.setUint16(index * 2, value.charCodeAt(index), littleEndian);
  return new Uint8Array(bytes.buffer);
}

const utf8 = (value: string): Uint8Array => new TextEncoder().encode(value);
const mark = '\ufeff';

const readable: readonly (readonly [string, Uint8Array])[] = [
  ['UTF-8', utf8(text)],
  ['UTF-8 with a mark', utf8(mark + text)],
  ['UTF-16 LE', utf16(text, true)],
  ['UTF-16 LE with a mark', utf16(mark + text, true)],
  ['UTF-16 BE', utf16(text, false)],
  ['UTF-16 BE with a mark', utf16(mark + text, false)],
];

describe('encodings', () => {
  test.each(readable)('reads %s, without counting the mark as a column', (_name, bytes) => {
    expect(readProfile(bytes, 'add').findings).toMatchObject([{ rule: 'L002', line: 1, column: 20, path: '$["x😀"]' }]);
  });

  test.each(readable)('reads a mode in %s', (name, _bytes) => {
    const value = (name.endsWith('mark') ? mark : '') + '{"mode":"Required"}';
    const bytes = name.startsWith('UTF-8') ? utf8(value) : utf16(value, name.includes('LE'));
    expect(readProfile(bytes, 'add').profile).toEqual({ mode: 'Required' });
  });

  test.each([
    ['a byte that UTF-8 does not have', new Uint8Array([...utf8('{\n"é":"'), 0xff, ...utf8('"}')]), 2, 6],
    ['a UTF-8 character cut off at the end', new Uint8Array([...utf8('{"a'), 0xe2, 0x82]), 1, 4],
    ['half a surrogate pair in UTF-16', utf16('{"\ud83dx":1}', true), 1, 3],
    ['an odd number of bytes in UTF-16', utf16('{"a":1}', false).slice(0, 13), 1, 7],
    ['UTF-32', new Uint8Array([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]), 1, 1],
    ['UTF-32 without a mark', new Uint8Array([0, 0, 0, 0x7b, 0, 0, 0, 0x7d]), 1, 1],
  ])('rejects %s, with the position', (_name, bytes, line, column) => {
    expect(readProfile(bytes, 'add')).toMatchObject({
      profile: undefined,
      findings: [{ rule: 'R002', severity: 'fail', line, column }],
    });
  });

  test('removes only the first mark', () => {
    expect(readProfile(utf8(`${mark}${mark}{"mode":"Required"}`), 'add').findings).toMatchObject([
      { rule: 'R003', line: 1, column: 1 },
    ]);
  });

  test('replaces nothing in well-formed text, including U+FFFD itself', () => {
    expect(readProfile(utf8('{"mode":"Required","\ufffd":1}'), 'add').findings).toMatchObject([{ rule: 'L002' }]);
  });
});
