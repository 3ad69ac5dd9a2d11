import { describe, expect, test } from 'vitest';
import { unzip } from '../../src/simulator/server/zip.ts';
import { zipOf } from '../support/zip.ts';

describe('the archive of a run command', () => {
  const archive = zipOf('pods.json', Buffer.from('{"kind": "List"}'.repeat(50)));

  test('is unpacked', () => {
    expect(unzip(archive)?.map(({ name, data }) => [name, data.length])).toEqual([['pods.json', 800]]);
  });

  test('that is cut short is rejected', () => {
    // The last two bytes are the length of a comment, which is not read.
    for (let length = 0; length < archive.length - 2; length += 1)
      expect(unzip(archive.subarray(0, length))).toBeUndefined();
  });

  test('that is damaged is rejected or unpacked without an exception', () => {
    for (let index = 0; index < archive.length; index += 1) {
      const damaged = Buffer.from(archive);
      damaged[index] = (damaged[index] ?? 0) ^ 0xff;
      const files = unzip(damaged);
      expect(files === undefined || Array.isArray(files)).toBe(true);
    }
  });
});
