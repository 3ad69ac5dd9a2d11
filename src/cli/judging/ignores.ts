import { CliError, UsageError } from '../../core/errors.ts';
import { inputName } from '../../core/stdin.ts';
import { dayOf, ignoreFileTooLarge, maxIgnoreBytes } from '../../domain/checks/index.ts';
import type { IgnoreFile } from '../../usecases/check/index.ts';
import type { Context } from '../framework/context.ts';

const usual = '.aks-localdns-ignore.yaml';

interface Ignores {
  readonly ignore: readonly string[];
  readonly ignoreFile: IgnoreFile | undefined;
}

/** Check ids contain no dots and no slashes. */
function isFile(word: string): boolean {
  return /[/\\]/.test(word) || /\.ya?ml$/i.test(word);
}

/** A file that is too large is reported like one with an invalid entry. */
async function notTooLarge<T>(name: string, bytes: () => Promise<T>): Promise<T> {
  try {
    return await bytes();
  } catch (error) {
    throw error instanceof CliError && error.code === 'file-too-large' ? ignoreFileTooLarge(name) : error;
  }
}

async function read(context: Context, file: string): Promise<IgnoreFile> {
  const name = inputName(file);
  return parsed(context, name, await notTooLarge(name, async () => context.input(file, maxIgnoreBytes)));
}

/** Imported lazily, because most runs have no ignore file and need no YAML. */
async function parsed({ clock }: Context, name: string, bytes: Uint8Array): Promise<IgnoreFile> {
  const { parseIgnoreFile } = await import('../../domain/checks/ignore/ignore-file.ts');
  return { name, entries: parseIgnoreFile(new TextDecoder().decode(bytes), name), today: dayOf(clock.now()) };
}

/** Reads the default file if it exists, and always says so. */
async function readUsual(context: Context): Promise<IgnoreFile | undefined> {
  const bytes = await notTooLarge(usual, async () => context.files.read(usual, maxIgnoreBytes));
  if (bytes === undefined) return undefined;
  const file = await parsed(context, usual, bytes);
  context.emit({
    type: 'notice',
    level: 'info',
    code: 'ignore-file',
    message: `Using ${usual}: findings that its entries match are marked as ignored.`,
  });
  return file;
}

/**
 * The checks to ignore, from --ignore and --ignore-file or the default file in the working directory.
 * @throws UsageError if more than one file is named, or a file has an invalid entry; CliError if a file cannot be read
 */
export async function ignoresOf(
  context: Context,
  args: { readonly ignore: readonly string[]; readonly ignoreFile: string | undefined },
): Promise<Ignores> {
  const files = [
    ...(args.ignoreFile === undefined ? [] : [args.ignoreFile]),
    ...args.ignore.filter((word) => isFile(word)),
  ];
  const [file, another] = files;
  if (another !== undefined)
    throw new UsageError('--ignore-file: only one file can be used, but two were given.', [
      'Put the entries of both into one file.',
    ]);
  const ignoreFile = file === undefined ? await readUsual(context) : await read(context, file);
  return { ignore: args.ignore.filter((word) => !isFile(word)), ignoreFile };
}
