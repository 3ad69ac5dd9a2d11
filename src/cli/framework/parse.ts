import { UsageError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import { normalise } from './argv.ts';
import { bindOption, missing, type Bound } from './bind.ts';
import type { AnyCommand, OptionSpec, Options } from './definition.ts';
import { globalOptionsOf, type Globals } from './globals.ts';
import { camel, optionName } from './names.ts';

/** Command and global options with validated values. Required options may still be missing. */
export interface Parsed {
  readonly values: ReadonlyMap<string, Bound>;
  readonly positionals: readonly string[];
  readonly globals: Globals;
}

export interface Fallbacks {
  readonly defaultGroup?: string | undefined;
}

/** Arguments for `run`: `ParsedArguments` of the options of the command. */
export type AnyArguments = Readonly<Record<string, Bound | undefined>> & { readonly _: readonly string[] };

/**
 * Parses the words of a command (without its path).
 * @throws UsageError on one line, with the wording of argparse.
 */
export async function parseCommand(command: AnyCommand, words: readonly string[]): Promise<Parsed> {
  const globals = globalOptionsOf(command);
  const options: Options = { ...command.options, ...globals };
  const raw = await read(normalise(words, command, options), options);
  const values = new Map<string, Bound>();
  for (const [name, option] of Object.entries(options)) {
    const given = raw.get(name);
    if (given !== undefined) values.set(name, bindOption(optionName(name, option), option, given));
  }
  return { values, positionals: raw.positionals, globals: globalsFrom(values) };
}

/**
 * Applies defaults from settings and requires what is missing.
 * @throws UsageError naming everything that is missing or unrecognized.
 */
export function complete(command: AnyCommand, parsed: Parsed, fallbacks: Fallbacks = {}): AnyArguments {
  const result = new Map<string, Bound | readonly string[] | undefined>();
  const absent: string[] = [];
  for (const [name, option] of Object.entries(command.options)) {
    const value = parsed.values.get(name) ?? fallback(option, fallbacks) ?? empty(option);
    const nothing = value === undefined || (Array.isArray(value) && value.length === 0);
    if (nothing && option.required === true) absent.push(optionName(name, option));
    result.set(camel(name), value);
  }
  const positionals = command.positionals ?? [];
  for (const positional of positionals.slice(parsed.positionals.length)) {
    if (positional.required) absent.push(positional.name);
  }
  if (absent.length > 0) throw missing(absent);
  const tooMuch = positionals.at(-1)?.repeatable === true ? [] : parsed.positionals.slice(positionals.length);
  if (tooMuch.length > 0) throw new UsageError(`unrecognized arguments: ${oneLine(tooMuch.join(' '))}`);
  const blankAt = parsed.positionals.indexOf('');
  const blank = blankAt === -1 ? undefined : (positionals[blankAt] ?? positionals.at(-1));
  if (blank !== undefined) throw new UsageError(`argument ${blank.name}: expected a value, got an empty string.`);
  return { ...Object.fromEntries(result), _: parsed.positionals };
}

/**
 * Both steps together, for tests and the convention checks.
 * @testonly
 */
export async function parse(
  command: AnyCommand,
  words: readonly string[],
  fallbacks: Fallbacks = {},
): Promise<{ readonly args: AnyArguments; readonly globals: Globals }> {
  const parsed = await parseCommand(command, words);
  return { args: complete(command, parsed, fallbacks), globals: parsed.globals };
}

function fallback(option: OptionSpec, fallbacks: Fallbacks): Bound | undefined {
  const group = fallbacks.defaultGroup;
  if (option.fallback !== 'defaults.group' || group === undefined || group === '') return undefined;
  return option.repeatable === true ? [group] : group;
}

function empty(option: OptionSpec): Bound | undefined {
  if (option.type === 'boolean') return false;
  return option.repeatable === true ? [] : undefined;
}

function globalsFrom(values: ReadonlyMap<string, Bound>): Globals {
  const text = (name: string): string | undefined => {
    const value = values.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const flag = (name: string): boolean => values.get(name) === true;
  return {
    output: text('output'),
    query: text('query'),
    onlyShowErrors: flag('only-show-errors'),
    verbose: flag('verbose'),
    debug: flag('debug'),
    noColor: flag('no-color'),
    events: text('events') as Globals['events'],
    signIn: text('sign-in') as Globals['signIn'],
    help: flag('help'),
  };
}

interface Raw {
  get(name: string): unknown;
  readonly positionals: readonly string[];
}

/**
 * Uses only the parser of yargs. The rest of yargs prints help and ends processes, which this program does itself, and
 * takes longer to load than Node takes to start. The parser guesses no types, reads no environment, and knows every
 * option by name.
 */
async function read(words: readonly string[], options: Options): Promise<Raw> {
  const { Parser } = await import('./parser.ts');
  const all = Object.entries(options);
  const names = (includes: (option: OptionSpec) => boolean): string[] =>
    all.filter(([, option]) => includes(option)).map(([name]) => name);
  const { argv, error } = Parser.detailed([...words], {
    boolean: names((option) => option.type === 'boolean'),
    string: names((option) => option.type !== 'boolean'),
    array: names((option) => option.repeatable === true),
    configuration: {
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'duplicate-arguments-array': true,
      'greedy-arrays': true,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'populate--': true,
      'short-option-groups': false,
    },
  });
  if (error !== null && error !== undefined) throw new UsageError(oneLine(error.message));
  const found: Record<string, unknown> = argv;
  const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
  return {
    get: (name) => (Object.hasOwn(found, name) ? found[name] : undefined),
    positionals: [...strings(found['_']), ...strings(found['--'])],
  };
}
