import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemFiles } from '../../../src/adapters/system/index.ts';
import { factsOutput } from '../../../src/cli/check/source.ts';
import { InterruptedError } from '../../../src/core/errors.ts';
import { notWritten } from '../../../src/core/file-errors.ts';
import type { Files } from '../../../src/core/ports.ts';
import { savingFacts, type FactsSource } from '../../../src/usecases/check/index.ts';
import { nodeError } from '../../support/memory-files.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'aks-localdns-facts-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('facts that are saved during a check', () => {
  const asked: string[] = [];
  const source = (fails = false): FactsSource => ({
    scope: 'all subscriptions',
    breadth: 'many',
    subscriptions: [],
    pages: async function* () {
      asked.push('page');
      yield await Promise.resolve({ clusters: [], problems: [], total: 0 });
      if (fails) throw new InterruptedError();
    },
  });
  const notices: string[] = [];
  const onDisk = systemFiles(new AbortController().signal);
  const save = async (file: string, from = source(), files: Files = onDisk) => {
    const emit = (event: { readonly type: string; readonly code?: string }) => notices.push(event.code ?? event.type);
    const output = { file, options: factsOutput({ saveFacts: file, force: false }).options };
    return all(savingFacts({ files, emit }, output, from, { ruleset: 'ga' }).pages());
  };
  beforeEach(() => {
    asked.length = 0;
    notices.length = 0;
  });

  test('are the same pages, and the file exists once its last line is written', async () => {
    const file = path.join(directory, 'facts.ndjson');
    expect(await save(file)).toEqual([{ clusters: [], problems: [], total: 0 }]);
    const kinds = (await readFile(file, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { readonly kind: string }).kind);
    expect(kinds).toEqual(['header', 'page', 'end']);
    expect(notices).toEqual([]);
  });

  test('replace facts that were saved before, and no other file', async () => {
    const file = path.join(directory, 'facts.ndjson');
    await save(file);
    await save(file);
    await writeFile(file, '# Notes');
    await expect(save(file)).rejects.toMatchObject({ code: 'file-exists' });
    expect(await readFile(file, 'utf8')).toBe('# Notes');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('are not saved if they are incomplete, with a notice', async () => {
    await expect(save(path.join(directory, 'facts.ndjson'), source(true))).rejects.toBeInstanceOf(InterruptedError);
    expect(await readdir(directory)).toEqual([]);
    expect(notices).toEqual(['facts-not-saved']);
  });

  test.each(['/dev/stdout', '/proc/self/fd/1'])(
    'never replace a device (%s), which is checked before any request to Azure',
    async (file) => {
      await expect(save(file)).rejects.toMatchObject({
        code: 'file-not-written',
        message: expect.stringContaining('files cannot be created there'),
      });
      expect(asked).toEqual([]);
    },
  );

  test('fail with a clear error if the disk is full', async () => {
    const full: Files = {
      ...onDisk,
      writer: async () =>
        Promise.resolve({
          write: async () => Promise.reject(notWritten('facts.ndjson', nodeError('ENOSPC'))),
          commit: async () => Promise.resolve(),
          discard: async () => Promise.resolve(),
        }),
    };
    await expect(save('facts.ndjson', source(), full)).rejects.toMatchObject({
      code: 'file-not-written',
      message: 'facts.ndjson could not be written: no space left on the device.',
    });
    expect(notices).toEqual(['facts-not-saved']);
  });
});
