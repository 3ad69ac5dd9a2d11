import type { JsonValue } from '../../core/json.ts';
import type { OutputOptions } from '../../core/ports.ts';
import type { Context } from '../framework/context.ts';
import type { CommandResult } from '../io/result.ts';
import { outFile, requireOutputs, saveDocument, type NamedFile } from '../named-files.ts';

/**
 * The result of a command that makes a document, in the file of --out or on standard output. Checks that the file can
 * be written before anything is read.
 */
export async function documentOut(
  context: Context,
  args: { readonly out: string | undefined; readonly force: boolean },
  inputs: readonly NamedFile[],
  make: () => Promise<{ readonly value: JsonValue; readonly document: string }>,
): Promise<CommandResult> {
  const out = outFile(args.out);
  const options: OutputOptions = { mode: 0o644, replaces: args.force ? 'any' : 'none' };
  if (out === undefined) return make();
  await requireOutputs(context.files, inputs, [{ option: '--out', file: out, options }]);
  const made = await make();
  await saveDocument(context, out, made.document, options.replaces);
  return {};
}
