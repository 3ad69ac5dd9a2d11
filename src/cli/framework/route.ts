import { UsageError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import type { AnyCommand, Options } from './definition.ts';
import { globalOptions } from './globals.ts';
import { commandName, didYouMean, longNames, shortNames } from './names.ts';
import type { Registry } from './registry.ts';

/** The route of a command line, found without the parser, so that help and version start fast. */
export type Route =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly path: readonly string[] }
  /** A group without a command. */
  | { readonly kind: 'group'; readonly path: readonly string[] }
  | { readonly kind: 'command'; readonly command: AnyCommand; readonly rest: readonly string[] };

const globals: Options = globalOptions;
const globalLong = longNames(globals);
const globalShort = shortNames(globals);

/** @throws UsageError for an unknown command, or an option before its command. */
export function route(argv: readonly string[], registry: Registry): Route {
  const { words, rest } = split(argv, registry);
  const beforeDashes = rest.slice(0, rest.includes('--') ? rest.indexOf('--') : rest.length);
  if (beforeDashes.includes('--help') || beforeDashes.includes('-h')) return { kind: 'help', path: words };
  if (words.length === 0 && beforeDashes.includes('--version')) return { kind: 'version' };
  const command = registry.command(words);
  if (command === undefined) return { kind: words.length === 0 ? 'help' : 'group', path: words };
  refuseMisspeltVerb(command, rest, registry);
  return { kind: 'command', command, rest };
}

function split(
  argv: readonly string[],
  registry: Registry,
): { readonly words: readonly string[]; readonly rest: readonly string[] } {
  const words: string[] = [];
  for (let index = 0, rest: string[] = []; ; index += 1) {
    const token = argv[index];
    const isCommand = registry.command(words) !== undefined;
    if (token === undefined || token === '--') return { words, rest: [...rest, ...argv.slice(index)] };
    if (!token.startsWith('-')) {
      if (words.length === 0 && token === 'help' && !registry.children([]).some((child) => child.word === 'help')) {
        return split([...argv.slice(index + 1), '--help'], registry);
      }
      if (registry.children(words).some((child) => child.word === token)) words.push(token);
      else if (isCommand) return { words, rest: [...rest, ...argv.slice(index)] };
      else throw new UsageError(unknownCommand(token, words, registry));
    } else {
      const length = globalLength(argv, index);
      if (length > 0) rest = [...rest, ...argv.slice(index, index + length)];
      else if (isCommand) return { words, rest: [...rest, ...argv.slice(index)] };
      else throw new UsageError(optionTooEarly(token, words));
      index += Math.max(0, length - 1);
    }
  }
}

/** The number of words that a global option takes here; 0 if it is not a global option. */
function globalLength(argv: readonly string[], index: number): number {
  const token = argv[index] ?? '';
  if (token === '--version') return 1;
  const [head = ''] = token.split('=', 1);
  const letter = head.startsWith('--') ? undefined : head.charAt(1);
  const name = letter === undefined ? globalLong.get(head.slice(2)) : globalShort.get(letter);
  if (name === undefined) return 0;
  const attached = token.includes('=') || (letter !== undefined && token.length > 2);
  if (globals[name]?.type === 'boolean' || attached) return 1;
  const next = argv[index + 1];
  return next === undefined || /^-\D/.test(next) ? 1 : 2;
}

function unknownCommand(token: string, words: readonly string[], registry: Registry): string {
  const candidates = registry.children(words).map((child) => child.word);
  return `'${oneLine(token)}' is not a command of '${commandName(words)}'. ${didYouMean(token, candidates, words)}`;
}

function optionTooEarly(token: string, words: readonly string[]): string {
  const [head = ''] = token.split('=', 1);
  const candidates = [...globalLong.keys(), 'version'];
  const near = didYouMean(head.replace(/^-+/, ''), candidates, words, '--');
  return `'${oneLine(head)}' is not an option of '${commandName(words)}'; put options after the command. ${near}`;
}

/** `check lst`: a command that is also a group, and takes no arguments of its own. */
function refuseMisspeltVerb(command: AnyCommand, rest: readonly string[], registry: Registry): void {
  const first = rest[0];
  if (first === undefined || first.startsWith('-') || (command.positionals ?? []).length > 0) return;
  if (registry.children(command.path).length > 0) throw new UsageError(unknownCommand(first, command.path, registry));
}
