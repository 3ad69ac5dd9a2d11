import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readStream, streamLines, systemFiles } from '../../../src/adapters/system/index.ts';
import { InterruptedError } from '../../../src/core/errors.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'aks-localdns-read-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const never = new AbortController().signal;
const files = systemFiles(never);
const at = (name: string): string => path.join(directory, name);

function put(name: string, content: string | Uint8Array = 'x'): string {
  writeFileSync(at(name), content);
  return at(name);
}

function pipe(name: string): string {
  execFileSync('mkfifo', [at(name)]);
  return at(name);
}

async function text(file: string, maxBytes = 1000): Promise<string | undefined> {
  const bytes = await files.read(file, maxBytes);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** Writes to a pipe, which waits for its reader. */
async function through(fifo: string, content: string): Promise<void> {
  const handle = await open(fifo, 'w');
  await handle.writeFile(content);
  await handle.close();
}

describe('a file', () => {
  test('that does not exist reads as undefined, also below a file', async () => {
    expect(await text(at('none'))).toBeUndefined();
    expect(await text(path.join(put('plain'), 'below'))).toBeUndefined();
    await expect(all(files.lines(at('none')))).rejects.toMatchObject({ code: 'file-not-found', exit: 'not-found' });
  });

  test('of the maximum size is read, a larger one rejected, with or without a known size', async () => {
    const file = put('data', '12345');
    expect(await text(file, 5)).toBe('12345');
    await expect(text(file, 4)).rejects.toMatchObject({
      code: 'file-too-large',
      message: `${file} is larger than 4 bytes.`,
    });
    await expect(text('/dev/zero', 100_000)).rejects.toMatchObject({ code: 'file-too-large' });
    truncateSync(file, 2 ** 40);
    await expect(text(file, 2 ** 30)).rejects.toMatchObject({ code: 'file-too-large' });
  });

  test('of many pieces arrives completely, and so does one without a size', async () => {
    const long = '€'.repeat(100_000);
    expect(await text(put('long', long), 1_000_000)).toBe(long);
    expect(await text('/proc/version')).toMatch(/^Linux/);
  });

  test('is read through links and by a relative name', async () => {
    symlinkSync(put('data', 'x'), at('link'));
    expect(await text(at('link'))).toBe('x');
    expect(await text(path.relative(process.cwd(), at('link')))).toBe('x');
  });
});

describe('what is no file', () => {
  test.each([
    ['a directory', () => directory, 'it is a directory'],
    ['a circle of links', () => (symlinkSync('round', at('round')), at('round')), 'its symbolic links form a loop'],
    ['a name that is too long', () => at('n'.repeat(300)), 'the name is too long'],
  ])('is reported in one line: %s', async (_, make, why) => {
    const file = make();
    const told = { code: 'file-not-readable', exit: 'error', message: `${file} could not be read: ${why}.` };
    await expect(text(file)).rejects.toMatchObject(told);
    await expect(all(files.lines(file))).rejects.toMatchObject(told);
  });

  test('but a pipe is read to its end, whoever comes first', async () => {
    const content = 'one\n'.repeat(50_000);
    const early = pipe('early');
    const [read] = await Promise.all([text(early, 1_000_000), through(early, content)]);
    expect(read).toBe(content);
    const late = pipe('late');
    const reading = all(files.lines(late));
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    await through(late, content);
    expect(await reading).toHaveLength(50_000);
  });

  test('and a pipe that never ends is bounded', async () => {
    const endless = pipe('endless');
    const handle = await open(endless, 'r+');
    await handle.writeFile('x'.repeat(2000));
    await expect(text(endless)).rejects.toMatchObject({ code: 'file-too-large' });
    await handle.close();
  });
});

describe('an interrupt ends immediately', () => {
  test.each([
    ['a pipe that nobody writes to', () => pipe('silent')],
    ['an endless device', () => '/dev/zero'],
  ])('%s', async (_, make) => {
    const stop = new AbortController();
    const interrupted = systemFiles(stop.signal);
    const file = make();
    const reading = Promise.allSettled([
      interrupted.read(file, Number.MAX_SAFE_INTEGER),
      all(interrupted.lines(file, Number.MAX_SAFE_INTEGER)),
    ]);
    setTimeout(() => {
      stop.abort();
    }, 20);
    for (const ended of await reading)
      expect(ended).toMatchObject({ status: 'rejected', reason: expect.any(InterruptedError) as unknown });
    await expect(interrupted.read(put('data'), 10)).rejects.toBeInstanceOf(InterruptedError);
  });

  test.each([
    ['bytes', async (stream: Readable, signal: AbortSignal) => readStream(stream, 1000, signal)],
    ['lines', async (stream: Readable, signal: AbortSignal) => all(streamLines(stream, signal))],
  ])('standard input without more data, as %s', async (_, read) => {
    const stop = new AbortController();
    const waiting = new PassThrough();
    waiting.write('one\ntw');
    setTimeout(() => {
      stop.abort();
    }, 5);
    await expect(read(waiting, stop.signal)).rejects.toBeInstanceOf(InterruptedError);
    expect(waiting.destroyed).toBe(true);
  });
});

describe('lines', () => {
  const linesOf = async (content: string, maxLength?: number) => all(files.lines(put('lines', content), maxLength));

  test('end only with a newline, whatever else they contain, and the last one needs none', async () => {
    expect(await linesOf('')).toEqual([]);
    expect(await linesOf('one\r\n\ntwo')).toEqual(['one', '', 'two']);
    expect(await linesOf('{"a":"\u2028\u2029\u0085"}\n{}\n')).toEqual(['{"a":"\u2028\u2029\u0085"}', '{}']);
  });

  test('that are longer than a chunk of the file are read completely, with their characters intact', async () => {
    const long = '€'.repeat(100_000);
    expect(await linesOf(`${long}\nx\n${long}`)).toEqual([long, 'x', long]);
  });

  test('without an end are refused before they fill the memory', async () => {
    await expect(linesOf('x'.repeat(1_000_000), 70_000)).rejects.toMatchObject({ code: 'file-too-large' });
    expect(await linesOf('x\n'.repeat(100_000), 70_000)).toHaveLength(100_000);
    await expect(all(files.lines('/dev/zero', 70_000))).rejects.toMatchObject({ code: 'file-too-large' });
  });
});

describe('standard input', () => {
  const pieces = (bytes: Buffer, size: number): Readable =>
    Readable.from(
      Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      ),
    );
  const bytes = Buffer.from('{"a":"größe"}\r\n{"b":"\u2028"}\nlast');

  test.each([1, 2, 7, 100])('is whole in pieces of %i', async (size) => {
    expect(await all(streamLines(pieces(bytes, size), never))).toEqual(['{"a":"größe"}', '{"b":"\u2028"}', 'last']);
    expect(await readStream(pieces(bytes, size), 1000, never)).toEqual(bytes);
  });

  test('is limited, and errors are reported', async () => {
    await expect(readStream(pieces(bytes, 2), 10, never)).rejects.toMatchObject({
      code: 'file-too-large',
      message: 'Standard input is larger than 10 bytes.',
    });
    const broken = new Readable({
      read() {
        this.destroy(Object.assign(new Error('EISDIR'), { code: 'EISDIR' }));
      },
    });
    await expect(readStream(broken, 10, never)).rejects.toMatchObject({
      message: 'Standard input could not be read: it is a directory.',
    });
  });
});
