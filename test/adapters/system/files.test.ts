import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemFiles } from '../../../src/adapters/system/index.ts';

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
