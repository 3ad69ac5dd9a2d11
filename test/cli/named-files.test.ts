import { link, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemFiles } from '../../src/adapters/system/index.ts';
import { inputsOf, outFile, requireOutputs, saveDocument } from '../../src/cli/named-files.ts';
import { inputName } from '../../src/core/stdin.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'aks-localdns-named-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const { signal } = new AbortController();
const files = systemFiles(signal);
const at = (name: string): string => path.join(directory, name);

const inputs = () => inputsOf(files, signal, () => Readable.from([Buffer.from('from standard input\n')]));
const text = async (file: string): Promise<string> => new TextDecoder().decode(await inputs().input(file, 100));

describe('a file that is read', () => {
  test.each(['-', '/dev/stdin'])('is standard input for %s', async (name) => {
    expect(await text(name)).toBe('from standard input\n');
    const lines: string[] = [];
    for await (const line of inputs().inputLines(name)) lines.push(line);
    expect([lines, inputName(name)]).toEqual([['from standard input'], 'standard input']);
  });

  test('can be standard input once', async () => {
    const { input, inputLines } = inputs();
    await input('-', 100);
    await expect(input('/dev/stdin', 100)).rejects.toMatchObject({ exit: 'usage' });
    expect(() => inputLines('-')).toThrow('Standard input can be read only once.');
  });

  test('must exist', async () => {
    await writeFile(at('there'), 'x');
    expect(await text(at('there'))).toBe('x');
    await expect(text(at('none'))).rejects.toMatchObject({ code: 'file-not-found', exit: 'not-found' });
    await expect(text('')).rejects.toMatchObject({ exit: 'usage' });
  });
});

describe('files that will be written', () => {
  const input = (name: string, option = '--in') => ({ option, file: name === '-' ? name : at(name) });
  const output = (name: string, option = '--out') => ({
    option,
    file: at(name),
    options: { mode: 0o644, replaces: 'any' as const },
  });

  test('are tested for writing, without leaving anything behind', async () => {
    await requireOutputs(
      files,
      [input('a'), input('-'), { option: '--not-given', file: undefined }],
      [output('b'), output('c'), { ...output('x'), file: undefined }],
    );
    expect(await readdir(directory)).toEqual([]);
  });

  test('cannot be files that are read, by whatever name', async () => {
    await writeFile(at('facts'), 'x');
    await symlink('facts', at('link'));
    await symlink('..', at('up'));
    for (const name of ['facts', './facts', 'link', `up/${path.basename(directory)}/facts`]) {
      const told = { exit: 'usage', message: expect.stringContaining('is also the input of --in') as unknown };
      await expect(requireOutputs(files, [input('facts')], [output(name)])).rejects.toMatchObject(told);
      await expect(requireOutputs(files, [input(name)], [output('facts')])).rejects.toMatchObject(told);
      await expect(requireOutputs(files, [], [output('facts', '--one'), output(name, '--two')])).rejects.toMatchObject({
        exit: 'usage',
        message: expect.stringMatching(/^--two: .*is also the output of --one\.$/) as unknown,
      });
    }
  });

  test.each(['-', '/dev/stdout'])('cannot be standard output: %s', async (file) => {
    await expect(requireOutputs(files, [], [{ ...output('x'), file }])).rejects.toMatchObject({ exit: 'usage' });
    expect(outFile(file)).toBeUndefined();
  });

  test('are rejected if standard input would be read twice', async () => {
    await expect(requireOutputs(files, [input('-', '--one'), input('-', '--two')], [])).rejects.toMatchObject({
      exit: 'usage',
      message: '--one and --two cannot both read standard input.',
    });
  });

  test('do not change another name of the same file', async () => {
    await writeFile(at('one'), 'x');
    await link(at('one'), at('two'));
    const said: string[] = [];
    await saveDocument({ files, say: (line) => said.push(line) }, at('two'), 'größe', 'any');
    expect([await text(at('one')), await text(at('two')), said]).toEqual([
      'x',
      'größe',
      [`Wrote ${at('two')} (7 bytes).`],
    ]);
  });
});
