import { describeCommand, describeOptions, type CommandDescription, type OptionDescription } from './describe.ts';
import { globalOptionsOf } from './globals.ts';
import { commandName, program } from './names.ts';
import type { Child, Registry } from './registry.ts';
import { columnsOf, wrap } from './wrap.ts';

const about = 'Enable LocalDNS on Azure Kubernetes Service node pools and verify that it works.';
const docsUrl = 'https://learn.microsoft.com/azure/aks/localdns-custom';

/** Help for the program, a group or a command. `columns` is the width of the terminal. */
export function helpText(registry: Registry, path: readonly string[], columns: number | undefined): string {
  const width = Math.max(40, Math.min(100, columns ?? 80));
  const command = registry.command(path);
  const children = registry.children(path);
  if (command === undefined) return groupHelp(registry, path, children, width);
  const sections = commandSections(describeCommand(command), width);
  const below = children.length === 0 ? [] : section('Commands', childLines(children, width));
  return join([...sections.slice(0, 2), ...below, ...sections.slice(2)]);
}

function groupHelp(registry: Registry, path: readonly string[], children: readonly Child[], width: number): string {
  const summary = path.length === 0 ? about : `${registry.group(path)?.summary ?? ''}.`;
  const groups = children.filter((child) => child.isGroup);
  const commands = children.filter((child) => !child.isGroup);
  return join([
    `Usage: ${commandName(path)} COMMAND [options]`,
    wrap(summary, width),
    ...section('Groups', childLines(groups, width)),
    ...section('Commands', childLines(commands, width)),
    ...section('Global options', optionLines(describeOptions(globalOptionsOf(undefined)), width)),
    wrap(
      `'${commandName([...path, 'COMMAND'])} --help' shows details.${path.length === 0 ? ` '${program} --version' shows the version.` : ''}`,
      width,
    ),
    ...(path.length === 0 ? [wrap(`About LocalDNS: ${docsUrl}`, width)] : []),
  ]);
}

function commandSections(command: CommandDescription, width: number): readonly string[] {
  return [
    wrap(`Usage: ${command.usage}`, width, '       '),
    [
      wrap(`${command.summary}.`, width),
      ...(command.description === undefined ? [] : [wrap(command.description, width)]),
    ].join('\n\n'),
    ...section(
      'Arguments',
      columnsOf(
        command.positionals.map((item) => [item.name, `${item.required ? '[Required] ' : ''}${item.summary}.`]),
        width,
      ),
    ),
    ...section('Options', optionLines(command.options, width)),
    ...section('Global options', optionLines(command.globalOptions, width)),
    ...section(
      'Examples',
      command.examples.flatMap((example) => [
        wrap(example.title, width, '  ', '  '),
        ...example.command.split('\n').map((line) => `      ${line}`),
      ]),
    ),
    ...section('Effect', [wrap(command.changes, width, '  ', '  ')]),
    ...section(
      'Permissions',
      command.permissions.map((permission) => `  ${permission}`),
    ),
  ];
}

function childLines(children: readonly Child[], width: number): readonly string[] {
  return columnsOf(
    [...children]
      .sort((left, right) => (left.word < right.word ? -1 : 1))
      .map((child) => [child.word, `${child.summary}.`]),
    width,
  );
}

function optionLines(options: readonly OptionDescription[], width: number): readonly string[] {
  return columnsOf(
    options.map((option) => [
      option.flags,
      `${option.required ? '[Required] ' : ''}${[`${option.summary}.`, ...option.notes].join(' ')}`,
    ]),
    width,
  );
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [[title, ...lines].join('\n')];
}

function join(sections: readonly string[]): string {
  return `${sections.join('\n\n')}\n`;
}
