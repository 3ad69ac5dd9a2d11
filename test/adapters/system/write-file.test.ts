import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemFiles } from '../../../src/adapters/system/index.ts';
import type { OutputOptions } from '../../../src/core/ports.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'aks-localdns-write-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const files = systemFiles(new AbortController().signal);
const anything: OutputOptions = { mode: 0o644, replaces: 'any' };
const isRoot = process.getuid?.() === 0;
const at = (...names: readonly string[]): string => path.join(directory, ...names);

function put(name: string, content = 'before', mode = 0o600): string {
  writeFileSync(at(name), content);
  chmodSync(at(name), mode);
  return at(name);
}

function link(name: string, target: string): string {
  symlinkSync(target, at(name));
  return at(name);
}

function pipe(name: string): string {
  execFileSync('mkfifo', [at(name)]);
  return at(name);
}

const modeOf = (file: string): number => statSync(file).mode & 0o7777;

async function save(file: string, content = 'after', options = anything): Promise<void> {
  const writer = await files.writer(file, options);
  await writer.write(content);
  await writer.commit();
}

/** The three ways to write a file that the user named. */
const ways = {
  writer: async (file: string, options: OutputOptions) => (await files.writer(file, options)).discard(),
  save: async (file: string, options: OutputOptions) => save(file, 'after', options),
  log: async (file: string, options: OutputOptions) => (await files.log(file, options)).close(),
};

describe('a file that the user names', () => {
  test('exists completely once it is committed, without leftovers', async () => {
    const writer = await files.writer(at('deep', 'er', 'facts'), anything);
    await writer.write('one\n');
    await writer.write(new TextEncoder().encode('two\n'));
    expect(existsSync(at('deep', 'er', 'facts'))).toBe(false);
    await writer.commit();
    await writer.discard();
    expect(readFileSync(at('deep', 'er', 'facts'), 'utf8')).toBe('one\ntwo\n');
    const other = await files.writer(at('deep', 'er', 'other'), anything);
    await other.write('x');
    await other.discard();
    expect(readdirSync(at('deep', 'er'))).toEqual(['facts']);
  });

  test('has the requested mode if it is new, or that of the file it replaces', async () => {
    const mask = process.umask();
    await save(at('new'), 'x', { ...anything, mode: 0o604 });
    expect(modeOf(at('new'))).toBe(0o604 & ~mask);
    for (const mode of [0o600, 0o640, 0o666, 0o755]) {
      const file = put(`mode-${String(mode)}`, 'before', mode);
      await save(file);
      expect([modeOf(file), readFileSync(file, 'utf8')]).toEqual([mode, 'after']);
    }
  });

  test.skipIf(!isRoot)('keeps its owner if root replaces it', async () => {
    const file = put('theirs');
    chownSync(file, 65_534, 65_533);
    await save(file);
    expect(statSync(file)).toMatchObject({ uid: 65_534, gid: 65_533 });
  });

  test('may have a name as long as the system allows', async () => {
    await save(at('n'.repeat(255)));
    expect(readdirSync(directory)).toEqual(['n'.repeat(255)]);
  });

  test('is written through links, which are kept, even if their target does not exist', async () => {
    mkdirSync(at('elsewhere'));
    const links = [link('absolute', put('plain')), link('relative', 'plain'), link('twice', 'relative')];
    links.push(link('nothing', 'elsewhere/new'), link('away', 'elsewhere'));
    for (const file of links.slice(0, 4)) await save(file, file);
    await save(at('away', 'below'));
    expect(links.map((file) => lstatSync(file).isSymbolicLink())).toEqual([true, true, true, true, true]);
    expect(readlinkSync(at('nothing'))).toBe('elsewhere/new');
    expect(readFileSync(at('plain'), 'utf8')).toBe(at('twice'));
    expect(readFileSync(at('elsewhere', 'new'), 'utf8')).toBe(at('nothing'));
    expect(readFileSync(at('elsewhere', 'below'), 'utf8')).toBe('after');
    expect(await files.destination(at('twice'))).toBe(await files.destination(at('plain')));
    expect(await files.destination(at('nothing'))).toBe(await files.destination(at('elsewhere', 'new')));
  });

  test.skipIf(!existsSync('/dev/shm'))('may be in shared memory', async () => {
    const shared = mkdtempSync('/dev/shm/aks-localdns-write-');
    await save(path.join(shared, 'x'));
    expect(readdirSync(shared)).toEqual(['x']);
    rmSync(shared, { recursive: true });
  });

  test('that was replaced meanwhile by something else is not overwritten', async () => {
    const writer = await files.writer(at('data'), { ...anything, replaces: 'none' });
    await writer.write('x');
    put('data');
    await expect(writer.commit()).rejects.toMatchObject({ code: 'file-exists' });
    const other = await files.writer(at('device'), anything);
    pipe('device');
    await expect(other.commit()).rejects.toMatchObject({ code: 'file-not-written' });
    expect(readFileSync(at('data'), 'utf8')).toBe('before');
    expect(readdirSync(directory).sort()).toEqual(['data', 'device']);
  });
});

describe.each(Object.entries(ways))('what cannot be written (%s)', (_, write) => {
  test.each([
    ['a directory', () => directory, 'it is a directory'],
    ['a name that ends as a directory does', () => `${at('new')}/`, 'it is a directory'],
    ['a pipe', () => pipe('pipe'), 'it is a pipe'],
    ['a link to a pipe', () => link('link', pipe('pipe')), 'it is a pipe'],
    ['a name among the devices', () => '/dev/aks-localdns', 'files cannot be created there'],
    ['such a name by a link', () => path.join(link('dev', '/dev'), 'aks-localdns'), 'files cannot be created there'],
    ['an open file', () => '/proc/self/fd/1', 'files cannot be created there'],
    ['a name below /proc', () => '/proc/nope/x.json', 'files cannot be created there'],
    ['a circle of links', () => link('round', 'round'), 'its symbolic links form a loop'],
    ['a circle beside what is not there', () => link('odd', 'none/../odd'), 'its symbolic links form a loop'],
    ['a name below a file', () => path.join(put('plain'), 'x'), 'part of its path is not a directory'],
    ['a name two below a file', () => path.join(put('plain'), 'x', 'y'), 'part of its path is not a directory'],
    ['a name that is too long', () => at('n'.repeat(256)), 'the name is too long'],
    ['a name below nothing', () => path.join(link('nowhere', '/proc/nope'), 'x'), 'files cannot be created there'],
  ])('is reported in one line and not changed: %s', async (_, make, why) => {
    const file = make();
    const before = readdirSync(directory);
    await expect(write(file, anything)).rejects.toMatchObject({
      code: 'file-not-written',
      exit: 'error',
      message: `${file} could not be written: ${why}.`,
    });
    expect(readdirSync(directory)).toEqual(before);
  });

  test('a device, and a link to one', async (t) => {
    // Not a device of the machine: as root, a mistake would destroy it.
    const made = spawnSync('mknod', [at('null'), 'c', '1', '3']).status === 0;
    t.skip(!made, 'No device can be made here.');
    for (const file of [at('null'), link('link', 'null')])
      await expect(write(file, anything)).rejects.toMatchObject({
        message: `${file} could not be written: it is a device.`,
      });
    expect(lstatSync(at('null')).isCharacterDevice()).toBe(true);
  });

  test('a socket', async () => {
    const server = createServer().listen(at('socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    await expect(write(at('socket'), anything)).rejects.toMatchObject({
      message: `${at('socket')} could not be written: it is a socket.`,
    });
    server.close();
  });

  test('is an existing file, unless it may be replaced', async () => {
    const beginsOurs: OutputOptions = { mode: 0o644, replaces: /^ours/ };
    const told = { code: 'file-exists', exit: 'error', hints: ['To replace it, use --force.'] };
    await expect(write(put('theirs'), beginsOurs)).rejects.toMatchObject({
      ...told,
      message: `${at('theirs')} already exists and does not look like a file that this command wrote: it was not changed.`,
    });
    await expect(write(put('any', 'ours'), { ...anything, replaces: 'none' })).rejects.toMatchObject({
      ...told,
      message: `${at('any')} already exists and was not changed.`,
    });
    expect([readFileSync(at('theirs'), 'utf8'), readFileSync(at('any'), 'utf8')]).toEqual(['before', 'ours']);
    await write(put('ours', 'ours, an older one'), beginsOurs);
    await write(put('empty', ''), beginsOurs);
    await write(put('forced'), anything);
    await write(at('new'), beginsOurs);
  });
});

describe('a log', () => {
  test('grows line by line, in the file that a link points to', async () => {
    put('log', 'older lines\n', 0o640);
    const log = await files.log(link('link', 'log'), anything);
    expect(readFileSync(at('log'), 'utf8')).toBe('');
    log.line('one');
    log.line('two');
    await log.close();
    expect(readFileSync(at('log'), 'utf8')).toBe('one\ntwo\n');
    expect(modeOf(at('log'))).toBe(0o640);
  });
});

describe("a file of the program's own", () => {
  test('creates directories, replaces whole, is private and leaves nothing else behind', async () => {
    await files.write(at('a', 'b.json'), 'first, and longer');
    chmodSync(at('a', 'b.json'), 0o666);
    await files.write(at('a', 'b.json'), 'second');
    expect(readFileSync(at('a', 'b.json'), 'utf8')).toBe('second');
    expect(modeOf(at('a', 'b.json'))).toBe(0o600);
    expect(readdirSync(at('a'))).toEqual(['b.json']);
  });

  test('never follows a link that another user created', async () => {
    const precious = put('precious');
    await files.write(link('cache.json', precious), 'x');
    expect(readFileSync(precious, 'utf8')).toBe('before');
    expect(lstatSync(at('cache.json')).isFile()).toBe(true);
  });

  test('that cannot be written leaves no temporary file', async () => {
    await expect(files.write(directory, 'x')).rejects.toMatchObject({ code: 'file-not-written' });
    await expect(files.write('/proc/nope/x', 'x')).rejects.toMatchObject({ code: 'file-not-written' });
    expect(readdirSync(directory)).toEqual([]);
  });

  test('is removed twice without an error', async () => {
    await files.write(at('data'), 'x');
    await files.remove(at('data'));
    await files.remove(at('data'));
    expect(await files.read(at('data'), 10)).toBeUndefined();
  });
});

describe('a disk that is full', () => {
  /** A file system of 64 KiB. */
  function smallDisk(): boolean {
    mkdirSync(at('small'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at('small')], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  }
  afterEach(() => {
    if (existsSync(at('small'))) execFileSync('umount', ['-l', at('small')], { stdio: 'ignore' });
  });

  test('leaves the file unchanged and no temporary one, and a log reports it at its end', async (t) => {
    t.skip(!smallDisk(), 'No small file system can be mounted here.');
    put('small/data');
    const full = {
      code: 'file-not-written',
      message: `${at('small', 'data')} could not be written: no space left on the device.`,
    };
    await expect(save(at('small', 'data'), 'x'.repeat(100_000))).rejects.toMatchObject(full);
    expect(readdirSync(at('small'))).toEqual(['data']);
    expect(readFileSync(at('small', 'data'), 'utf8')).toBe('before');
    const log = await files.log(at('small', 'data'), anything);
    for (let index = 0; index < 2000; index += 1) log.line('x'.repeat(100));
    await expect(log.close()).rejects.toMatchObject(full);
  });
});
