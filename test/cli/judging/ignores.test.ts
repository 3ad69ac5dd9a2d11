import { describe, expect, test } from 'vitest';
import { ignoresOf } from '../../../src/cli/judging/ignores.ts';
import type { Context } from '../../../src/cli/framework/context.ts';
import { checkOptions as options } from '../../../src/cli/options/check.ts';
import { notReadable, tooLarge as fileTooLarge } from '../../../src/core/file-errors.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { nodeError } from '../../support/memory-files.ts';
import { memoryFiles } from '../commands/support/files.ts';

const file = (id: string): string =>
  `ignore:\n  - {id: ${id}, owner: team-shop, reason: Moves in January, expires: 2999-12-31}\n`;
const notices: string[] = [];

/** `usual`: the file in the working directory, or Node's code for why it cannot be read. */
function contextWith(
  named: Readonly<Record<string, string>>,
  usual?: { readonly text: string } | { readonly code: string },
): Context {
  const { context } = memoryFiles(named);
  const read = async (): Promise<Uint8Array | undefined> => {
    if (usual !== undefined && 'code' in usual) throw notReadable('.aks-localdns-ignore.yaml', nodeError(usual.code));
    return Promise.resolve(usual === undefined ? undefined : new TextEncoder().encode(usual.text));
  };
  notices.length = 0;
  return {
    ...context,
    files: { ...context.files, read },
    clock: new ManualClock(),
    emit: (event: { readonly code?: string }) => notices.push(event.code ?? ''),
  } as unknown as Context;
}

const ignores = async (context: Context, ignore: readonly string[], ignoreFile?: string) =>
  ignoresOf(context, { ignore, ignoreFile });

describe('what is ignored', () => {
  test('are ids, and the entries of one file, which --ignore may name too', async () => {
    const context = contextWith({ 'a.yaml': file('vm-vcpus'), 'b.yaml': file('os-sku') }, { text: file('surge') });
    expect(await ignores(context, ['owner', 'a.yaml'])).toMatchObject({
      ignore: ['owner'],
      ignoreFile: { name: 'a.yaml', entries: [{ id: 'vm-vcpus' }] },
    });
    expect(await ignores(context, [], 'b.yaml')).toMatchObject({
      ignore: [],
      ignoreFile: { entries: [{ id: 'os-sku' }] },
    });
    expect(notices, 'a file that is named needs no words').toEqual([]);
    await expect(ignores(context, ['a.yaml'], 'b.yaml')).rejects.toMatchObject({ exit: 'usage' });
    await expect(ignores(context, ['./none'])).rejects.toMatchObject({ code: 'file-not-found' });
  });

  test('is the default file if none is named and it exists, always with a notice', async () => {
    expect(await ignores(contextWith({}), ['owner'])).toEqual({ ignore: ['owner'], ignoreFile: undefined });
    expect(notices).toEqual([]);
    expect(await ignores(contextWith({}, { text: file('surge') }), [])).toMatchObject({
      ignoreFile: { name: options['ignore-file'].default, entries: [{ id: 'surge' }] },
    });
    expect(notices).toEqual(['ignore-file']);
  });

  test('is an error if a file is too large or has an invalid entry, whichever file it is', async () => {
    const large = `# ${'x'.repeat(5_000_000)}`;
    const tooLarge = { exit: 'usage', message: expect.stringContaining('is larger than 4 MiB') };
    await expect(ignores(contextWith({ 'a.yaml': large }), ['a.yaml'])).rejects.toMatchObject(tooLarge);
    await expect(ignores(contextWith({}, { text: large }), [])).rejects.toMatchObject(tooLarge);
    await expect(
      ignores({ ...contextWith({}), input: async () => Promise.reject(fileTooLarge('a.yaml', 10)) }, ['a.yaml']),
    ).rejects.toMatchObject(tooLarge);
  });

  test.each(['EACCES', 'EISDIR'])('is an error if the default file cannot be read (%s)', async (code) => {
    await expect(ignores(contextWith({}, { code }), [])).rejects.toMatchObject({
      code: 'file-not-readable',
      message: expect.stringContaining('.aks-localdns-ignore.yaml could not be read'),
    });
  });
});
