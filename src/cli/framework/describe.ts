import type { AnyCommand, Effect, Example, OptionSpec, Options, Positional } from './definition.ts';
import { formatsOf, globalOptionsOf } from './globals.ts';
import { commandName } from './names.ts';

/** A command as help, docs and completion show it. */
export interface CommandDescription {
  readonly path: readonly string[];
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly description: string | undefined;
  readonly positionals: readonly Positional[];
  readonly options: readonly OptionDescription[];
  readonly globalOptions: readonly OptionDescription[];
  readonly formats: readonly string[];
  readonly examples: readonly Example[];
  readonly effect: Effect;
  /** The effect in a sentence. */
  readonly changes: string;
  readonly permissions: readonly string[];
}

export interface OptionDescription {
  readonly name: string;
  /** `--name -n NAME`, including aliases. */
  readonly flags: string;
  readonly required: boolean;
  readonly summary: string;
  /** Choices, default, range and fallback. */
  readonly notes: readonly string[];
}

const effects: Readonly<Record<Effect, string>> = {
  none: 'Works offline. Does not sign in to Azure.',
  read: 'Reads from Azure. Does not change anything.',
  write: 'Changes resources in Azure.',
};

export function describeCommand(command: AnyCommand): CommandDescription {
  return {
    path: command.path,
    name: commandName(command.path),
    usage: usageOf(command),
    summary: command.summary,
    description: command.description,
    positionals: command.positionals ?? [],
    options: describeOptions(command.options),
    globalOptions: describeOptions(globalOptionsOf(command)),
    formats: formatsOf(command),
    examples: command.examples,
    effect: command.effect,
    changes: effects[command.effect],
    permissions: command.permissions,
  };
}

/** Required ones first, then in the order of the definition. */
export function describeOptions(options: Options): readonly OptionDescription[] {
  const all = Object.entries(options).map(([name, option]) => describeOption(name, option));
  return [...all.filter((option) => option.required), ...all.filter((option) => !option.required)];
}

function describeOption(name: string, option: OptionSpec): OptionDescription {
  return {
    name,
    flags: flagsOf(name, option),
    required: option.required === true,
    summary: option.summary,
    notes: notesOf(option),
  };
}

function flagsOf(name: string, option: OptionSpec): string {
  const names = [
    `--${name}`,
    ...(option.aliases ?? []).map((alias) => `--${alias}`),
    ...(option.short === undefined ? [] : [`-${option.short}`]),
  ];
  const value = valueName(name, option);
  return value === '' ? names.join(' ') : `${names.join(' ')} ${value}`;
}

function valueName(name: string, option: OptionSpec): string {
  if (option.type === 'boolean') return '';
  const word = option.placeholder ?? (option.type === 'integer' ? 'N' : (name.split('-').at(-1) ?? name).toUpperCase());
  if (option.valueless !== undefined) return `[${word}]`;
  return option.repeatable === true ? `${word}...` : word;
}

function notesOf(option: OptionSpec): readonly string[] {
  const notes: string[] = [];
  if (option.choices !== undefined) notes.push(`Allowed values: ${option.choices.join(', ')}.`);
  if (option.min !== undefined && option.max !== undefined)
    notes.push(`From ${String(option.min)} to ${String(option.max)}.`);
  else if (option.min !== undefined) notes.push(`At least ${String(option.min)}.`);
  else if (option.max !== undefined) notes.push(`At most ${String(option.max)}.`);
  if (option.valueless !== undefined) notes.push(`Without a value: ${option.valueless}.`);
  if (option.default !== undefined) notes.push(`Default: ${option.default}.`);
  if (option.repeatable === true) notes.push('Repeatable; accepts multiple values.');
  if (option.fallback === 'defaults.group')
    notes.push('Defaults to AZURE_DEFAULTS_GROUP or [defaults] group of the Azure CLI.');
  return notes;
}

function usageOf(command: AnyCommand): string {
  const required = Object.entries(command.options)
    .filter(([, option]) => option.required === true)
    .map(
      ([name, option]) => `${option.short === undefined ? `--${name}` : `-${option.short}`} ${valueName(name, option)}`,
    );
  const positionals = (command.positionals ?? []).map(({ name, required: needed, repeatable }) => {
    const word = repeatable === true ? `${name}...` : name;
    return needed ? word : `[${word}]`;
  });
  return [commandName(command.path), ...positionals, ...required, '[options]'].join(' ');
}
