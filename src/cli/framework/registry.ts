import type { AnyCommand, CommandGroup, OptionSpec } from './definition.ts';
import { globalOptions } from './globals.ts';
import { commandName, isCommand, samePath } from './names.ts';

/** All commands, validated. Used by help, docs, completion and the runner. */
export interface Registry {
  readonly commands: readonly AnyCommand[];
  readonly groups: readonly CommandGroup[];
  command(path: readonly string[]): AnyCommand | undefined;
  group(path: readonly string[]): CommandGroup | undefined;
  /** The words that may follow a path with their summaries, in the order of the definitions. */
  children(path: readonly string[]): readonly Child[];
}

export interface Child {
  readonly word: string;
  readonly summary: string;
  readonly isGroup: boolean;
}

/** @throws Error if two definitions have the same path or name, or one is inconsistent. */
export function createRegistry(commands: readonly AnyCommand[], groups: readonly CommandGroup[] = []): Registry {
  refuseTwice(
    commands.map((command) => command.path.join(' ')),
    'command',
  );
  refuseTwice(
    groups.map((group) => group.path.join(' ')),
    'group',
  );
  for (const command of commands) {
    checkPath(command.path);
    checkParents(command.path, commands, groups);
    checkOptions(command);
    checkPositionals(command);
  }
  const command = (path: readonly string[]): AnyCommand | undefined => commands.find((item) => isCommand(item, path));
  const group = (path: readonly string[]): CommandGroup | undefined => groups.find((item) => samePath(item.path, path));
  return { commands, groups, command, group, children: (path) => childrenOf(path, commands, groups) };
}

function childrenOf(
  path: readonly string[],
  commands: readonly AnyCommand[],
  groups: readonly CommandGroup[],
): readonly Child[] {
  const found = new Map<string, Child>();
  const below = (item: { readonly path: readonly string[] }): boolean =>
    item.path.length === path.length + 1 && path.every((word, index) => word === item.path[index]);
  for (const item of groups.filter(below)) {
    const word = item.path.at(-1) ?? '';
    found.set(word, { word, summary: item.summary, isGroup: true });
  }
  for (const item of commands.filter(below)) {
    const word = item.path.at(-1) ?? '';
    found.set(word, {
      word,
      summary: item.summary,
      isGroup: found.has(word) || commands.some((other) => isUnder(other.path, item.path)),
    });
  }
  return [...found.values()];
}

function isUnder(path: readonly string[], parent: readonly string[]): boolean {
  return path.length > parent.length && parent.every((word, index) => word === path[index]);
}

function refuseTwice(names: readonly string[], kind: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new Error(`Invalid command definition: the ${kind} '${name}' is defined twice.`);
    seen.add(name);
  }
}

function checkPath(path: readonly string[]): void {
  if (path.length === 0 || path.some((word) => !/^[a-z][a-z0-9-]*$/.test(word))) {
    throw new Error(`Invalid command definition: '${path.join(' ')}' is not a path of lower-case words.`);
  }
}

function checkParents(path: readonly string[], commands: readonly AnyCommand[], groups: readonly CommandGroup[]): void {
  for (let length = 1; length < path.length; length += 1) {
    const parent = path.slice(0, length);
    const known =
      commands.some((item) => isCommand(item, parent)) || groups.some((item) => samePath(item.path, parent));
    if (!known)
      throw new Error(`Invalid command definition: '${commandName(path)}' belongs to no group '${parent.join(' ')}'.`);
  }
}

function checkOptions(command: AnyCommand): void {
  const name = commandName(command.path);
  const long = new Set<string>();
  const short = new Set<string>();
  for (const [option, spec] of [...Object.entries<OptionSpec>(globalOptions), ...Object.entries(command.options)]) {
    for (const word of [option, ...(spec.aliases ?? [])]) {
      if (!/^[a-z][a-z0-9-]*$/.test(word))
        throw new Error(`Invalid command definition: ${name} has an option '--${word}'.`);
      if (long.has(word)) throw new Error(`Invalid command definition: ${name} has '--${word}' twice.`);
      long.add(word);
    }
    checkOptionKind(name, option, spec);
    if (spec.short === undefined) continue;
    if (!/^[A-Za-z]$/.test(spec.short))
      throw new Error(`Invalid command definition: '-${spec.short}' of ${name} is not one letter.`);
    if (short.has(spec.short)) throw new Error(`Invalid command definition: ${name} has '-${spec.short}' twice.`);
    short.add(spec.short);
  }
}

function checkOptionKind(command: string, option: string, spec: OptionSpec): void {
  const flag =
    spec.type === 'boolean' && (spec.choices !== undefined || spec.required === true || spec.repeatable === true);
  const range = spec.type !== 'integer' && (spec.min !== undefined || spec.max !== undefined);
  const fallsOut = spec.choices !== undefined && spec.default !== undefined && !spec.choices.includes(spec.default);
  if (flag || range || fallsOut)
    throw new Error(`Invalid command definition: '--${option}' of ${command} contradicts itself.`);
}

function checkPositionals(command: AnyCommand): void {
  const positionals = command.positionals ?? [];
  refuseTwice(
    positionals.map((positional) => positional.name),
    `argument of ${commandName(command.path)}`,
  );
  if (positionals.slice(0, -1).some((positional) => positional.repeatable === true)) {
    throw new Error(
      `Invalid command definition: only the last argument of '${commandName(command.path)}' can stand for several words.`,
    );
  }
  if (positionals.some((positional, index) => positional.required && positionals[index - 1]?.required === false)) {
    throw new Error(
      `Invalid command definition: ${commandName(command.path)} has a required argument behind an optional one.`,
    );
  }
}
