import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemFiles, systemLargeFiles } from '../../../src/adapters/system/index.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'aks-localdns-files-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

test('a file that is not there reads as undefined, also below a file', async () => {
  expect(await systemFiles.read(path.join(directory, 'none'))).toBeUndefined();
  await systemFiles.write(path.join(directory, 'plain'), 'x');
  expect(await systemFiles.read(path.join(directory, 'plain', 'below'))).toBeUndefined();
});

test('a directory is an error with its code, not a missing file', async () => {
  await expect(systemFiles.read(directory)).rejects.toMatchObject({ code: 'EISDIR' });
  await expect(systemFiles.read(directory, 10)).rejects.toMatchObject({ code: 'EISDIR' });
});

test('a write creates directories, replaces whole, is private and leaves nothing else behind', async () => {
  const file = path.join(directory, 'a', 'b.json');
  await systemFiles.write(file, 'first, and longer');
  await systemFiles.write(file, 'second');
  expect(new TextDecoder().decode(await systemFiles.read(file))).toBe('second');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(path.join(directory, 'a'))).toEqual(['b.json']);
});

test('a write that cannot be finished leaves no temporary file', async () => {
  await expect(systemFiles.write(directory, 'x')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(await readdir(directory)).toEqual([]);
});

test('a file larger than allowed is refused, one exactly as large is read', async () => {
  const file = path.join(directory, 'data');
  await systemFiles.write(file, '12345');
  expect(await systemFiles.read(file, 5)).toHaveLength(5);
  await expect(systemFiles.read(file, 4)).rejects.toMatchObject({ code: 'file-too-large' });
});

test('removing twice is no error', async () => {
  const file = path.join(directory, 'data');
  await systemFiles.write(file, 'x');
  await systemFiles.remove(file);
  await systemFiles.remove(file);
  expect(await systemFiles.read(file)).toBeUndefined();
});

async function linesOf(text: string, longest?: number): Promise<readonly string[]> {
  const file = path.join(directory, 'lines');
  await writeFile(file, text);
  const lines: string[] = [];
  for await (const line of systemLargeFiles.lines(file, longest)) lines.push(line);
  return lines;
}

test('lines end with a newline alone, whatever else stands in them, and the last one needs none', async () => {
  expect(await linesOf('')).toEqual([]);
  expect(await linesOf('one\r\n\ntwo')).toEqual(['one', '', 'two']);
  expect(await linesOf('{"a":"\u2028\u2029\u0085"}\n{}\n')).toEqual(['{"a":"\u2028\u2029\u0085"}', '{}']);
});

test('a line that is longer than a piece of the file arrives whole, its characters too', async () => {
  const long = '€'.repeat(100_000);
  expect(await linesOf(`${long}\nx\n${long}`)).toEqual([long, 'x', long]);
});

test('a line without an end is refused before it fills the memory', async () => {
  await expect(linesOf('x'.repeat(1_000_000), 70_000)).rejects.toMatchObject({ code: 'file-too-large' });
  expect(await linesOf('x\n'.repeat(100_000), 70_000)).toHaveLength(100_000);
});

test("lines of what cannot be read reject with Node's code", async () => {
  const first = async (file: string): Promise<unknown> => systemLargeFiles.lines(file)[Symbol.asyncIterator]().next();
  await expect(first(path.join(directory, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(first(directory)).rejects.toMatchObject({ code: 'EISDIR' });
});

test('a large file is there once it is committed, private and whole, and nothing is left of one that is discarded', async () => {
  const file = path.join(directory, 'deep', 'facts');
  const writer = await systemLargeFiles.writer(file);
  await writer.write('one\n');
  await writer.write('two\n');
  expect(await systemFiles.read(file)).toBeUndefined();
  await writer.commit();
  await writer.discard();
  expect(new TextDecoder().decode(await systemFiles.read(file))).toBe('one\ntwo\n');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const other = await systemLargeFiles.writer(path.join(directory, 'deep', 'other'));
  await other.write('x');
  await other.discard();
  expect(await readdir(path.join(directory, 'deep'))).toEqual(['facts']);
});
