import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { streamLines, systemLargeFiles } from '../../../src/adapters/system/index.ts';
import { linesOf } from '../../../src/cli/files/lines.ts';
import { savingFacts } from '../../../src/cli/check/save-facts.ts';
import type { Context } from '../../../src/cli/framework/context.ts';
import { InterruptedError } from '../../../src/core/errors.ts';
import type { LargeFiles } from '../../../src/core/ports.ts';
import type { FactsSource } from '../../../src/usecases/survey/index.ts';
import { nodeError } from '../commands/support/files.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'aks-localdns-facts-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const { signal } = new AbortController();
const noInput = (): never => {
  throw new Error('Nothing comes from standard input here.');
};

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('the lines of a file of facts', () => {
  test('of a file that is not there, or a directory, are an error for people', async () => {
    await expect(
      all(linesOf({ largeFiles: systemLargeFiles, inputLines: noInput, signal }, path.join(directory, 'facts'))),
    ).rejects.toMatchObject({ code: 'file-not-found', exit: 'not-found' });
    await expect(
      all(linesOf({ largeFiles: systemLargeFiles, inputLines: noInput, signal }, directory)),
    ).rejects.toMatchObject({ code: 'file-not-readable', message: `${directory} cannot be read: it is a directory.` });
  });

  test('end on Ctrl-C, and the file is closed', async () => {
    const stop = new AbortController();
    let closed = false;
    const endless = async function* (): AsyncGenerator<string> {
      try {
        for (;;) yield await Promise.resolve('{}');
      } finally {
        closed = true;
      }
    };
    const reading = linesOf(
      { largeFiles: { ...systemLargeFiles, lines: endless }, inputLines: noInput, signal: stop.signal },
      'facts',
    );
    expect(await reading.next()).toEqual({ done: false, value: '{}' });
    stop.abort();
    await expect(reading.next()).rejects.toBeInstanceOf(InterruptedError);
    expect(closed).toBe(true);
  });
});

describe('the lines of standard input', () => {
  const linesFrom = (stream: NodeJS.ReadableStream, stop = signal) =>
    linesOf(
      { largeFiles: systemLargeFiles, inputLines: () => streamLines(stream, 'Standard input', stop), signal: stop },
      '-',
    );

  test('are those of -, whatever pieces they come in', async () => {
    const bytes = Buffer.from('{"a":"größe"}\r\n{"b":"\u2028"}\nlast');
    for (const size of [1, 2, 7, 100]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      expect(await all(linesFrom(Readable.from(pieces)))).toEqual(['{"a":"größe"}', '{"b":"\u2028"}', 'last']);
    }
    expect(await all(linesFrom(Readable.from([])))).toEqual([]);
  });

  test('end on Ctrl-C while nothing comes', async () => {
    const stop = new AbortController();
    const waiting = new PassThrough();
    waiting.write('one\ntw');
    const reading = linesFrom(waiting, stop.signal);
    expect(await reading.next()).toEqual({ done: false, value: 'one' });
    const rest = reading.next();
    setTimeout(() => stop.abort(), 5);
    await expect(rest).rejects.toBeInstanceOf(InterruptedError);
    expect(waiting.destroyed).toBe(true);
  });
});

describe('facts that are saved as they pass', () => {
  const asked: string[] = [];
  const source = (fails = false): FactsSource => ({
    scope: 'all subscriptions',
    breadth: 'many',
    subscriptions: [],
    pages: async function* () {
      asked.push('page');
      yield await Promise.resolve({ clusters: [], troubles: [], total: 0 });
      if (fails) throw new InterruptedError();
    },
  });
  const notices: string[] = [];
  const context = (largeFiles: LargeFiles): Context =>
    ({
      largeFiles,
      emit: (event: { readonly type: string; readonly code?: string }) => notices.push(event.code ?? event.type),
    }) as unknown as Context;
  const save = async (file: string, from = source(), files: LargeFiles = systemLargeFiles) =>
    all(savingFacts(context(files), file, from, { ruleset: 'ga' }).pages());
  beforeEach(() => {
    asked.length = 0;
    notices.length = 0;
  });

  test('are the same pages, and the file is there with its last line', async () => {
    const file = path.join(directory, 'facts.ndjson');
    expect(await save(file)).toEqual([{ clusters: [], troubles: [], total: 0 }]);
    const kinds = (await readFile(file, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { readonly kind: string }).kind);
    expect(kinds).toEqual(['header', 'page', 'end']);
    expect(notices).toEqual([]);
  });

  test('are not kept where they are not whole, and that is told', async () => {
    await expect(save(path.join(directory, 'facts.ndjson'), source(true))).rejects.toBeInstanceOf(InterruptedError);
    expect(await readdir(directory)).toEqual([]);
    expect(notices).toEqual(['facts-not-saved']);
  });

  test.each(['/dev/stdout', '/proc/self/fd/1'])(
    'never take the place of a device (%s), and nothing is asked of Azure before that is known',
    async (file) => {
      await expect(save(file)).rejects.toMatchObject({
        code: 'file-not-written',
        message: expect.stringContaining('no place for a file'),
      });
      expect(asked).toEqual([]);
    },
  );

  test('that find no space end with an error that says so', async () => {
    const full: LargeFiles = {
      ...systemLargeFiles,
      writer: async () =>
        Promise.resolve({
          write: async () => Promise.reject(nodeError('ENOSPC')),
          commit: async () => Promise.resolve(),
          discard: async () => Promise.resolve(),
        }),
    };
    await expect(save('facts.ndjson', source(), full)).rejects.toMatchObject({
      code: 'file-not-written',
      message: 'facts.ndjson cannot be written: no space is left.',
    });
    expect(notices).toEqual(['facts-not-saved']);
  });
});
