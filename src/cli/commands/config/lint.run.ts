import path from 'node:path';
import { UsageError } from '../../../core/errors.ts';
import { count, oneLine } from '../../../core/text.ts';
import { maxFileBytes } from '../../../domain/localdns/index.ts';
import { fixProfile, lintProfile, parseFacts, type LintFacts } from '../../../domain/localdns/lint/index.ts';
import type { Context } from '../../context.ts';
import type { Run } from '../../framework/definition.ts';
import { judgeFiles } from './judge-files.ts';
import type { options } from './lint.ts';

/** Writes what is safe to mend, and goes on with the mended bytes. */
async function mended(context: Context, bytes: Uint8Array, file: string): Promise<Uint8Array> {
  const { bytes: fixed, applied } = fixProfile(bytes);
  if (applied.length === 0) return bytes;
  await context.files.write(path.resolve(file), fixed, { mode: 0o644 });
  context.say(
    [
      `${oneLine(file)}: ${count(applied.length, 'fix', 'fixes')}`,
      ...applied.map(({ rule, path: at, what }) => `  ${rule} ${oneLine(at)}: ${oneLine(what)}`),
    ].join('\n'),
  );
  return fixed;
}

export const run: Run<typeof options> = async (context, args) => {
  if (args.fix && args._.includes('-'))
    throw new UsageError('--fix needs a file: standard input cannot be written back.');
  const facts: LintFacts =
    args.facts === undefined ? {} : parseFacts(await context.input(args.facts, maxFileBytes + 1));
  return judgeFiles(context, args, async (bytes, file) =>
    lintProfile(args.fix ? await mended(context, bytes, file) : bytes, args.for ?? 'update', facts),
  );
};
