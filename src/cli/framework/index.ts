export { defineCommand } from './definition.ts';
export type {
  AnyCommand,
  Arguments,
  CommandDefinition,
  CommandGroup,
  Effect,
  Example,
  Options,
  OptionSpec,
  ParsedArguments,
  Positional,
  Run,
} from './definition.ts';
export { describeCommand, describeOptions, type CommandDescription, type OptionDescription } from './describe.ts';
export { formatsOf, globalOptions, globalOptionsOf, type Globals } from './globals.ts';
export { helpText } from './help.ts';
export type { ContextParts, InterruptSignal, MainIo } from './main-io.ts';
export { commandName, optionName, program } from './names.ts';
export { parse, type AnyArguments, type Fallbacks } from './parse.ts';
export { createRegistry, type Child, type Registry } from './registry.ts';
export { route, type Route } from './route.ts';
export { runCommandLine } from './run.ts';
