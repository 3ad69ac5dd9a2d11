import { nearest } from '../../core/text.ts';
import type { AnyCommand, OptionSpec, Options } from './definition.ts';

export const program = 'aks-localdns';

export function camel(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `--name/-n`, as in the messages of az. */
export function optionName(name: string, option: OptionSpec): string {
  return option.short === undefined ? `--${name}` : `--${name}/-${option.short}`;
}

export function commandName(path: readonly string[]): string {
  return [program, ...path].join(' ');
}

/** Maps every long name, including aliases, to the name in the definition. */
export function longNames(options: Options): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [name, option] of Object.entries(options)) {
    for (const long of [name, ...(option.aliases ?? [])]) names.set(long, name);
  }
  return names;
}

export function shortNames(options: Options): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [name, option] of Object.entries(options)) {
    if (option.short !== undefined) names.set(option.short, name);
  }
  return names;
}

/** The word that was probably meant: the only one with this prefix (as argparse would accept), or the nearest one. */
export function meant(word: string, candidates: readonly string[]): string | undefined {
  const longer = candidates.filter((candidate) => word.length > 1 && candidate.startsWith(word.toLowerCase()));
  return longer.length === 1 ? longer[0] : nearest(word, candidates);
}

/** `Did you mean '…'?`, or a pointer to the help. */
export function didYouMean(word: string, candidates: readonly string[], path: readonly string[], prefix = ''): string {
  const found = meant(word, candidates);
  return found === undefined ? `See '${commandName(path)} --help'.` : `Did you mean '${prefix}${found}'?`;
}

export function samePath(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((word, index) => word === right[index]);
}

export function isCommand(command: AnyCommand, path: readonly string[]): boolean {
  return samePath(command.path, path);
}
