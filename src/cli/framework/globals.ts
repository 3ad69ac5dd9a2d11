import { signInMethods, type SignInMethod } from '../../model/sign-in.ts';
import type { AnyCommand, Options } from './definition.ts';

export const commonFormats = ['json', 'jsonc', 'yaml', 'yamlc', 'table', 'tsv', 'none'] as const;

/** The options that every command has, with the names and texts of the Azure CLI if it has them. */
export const globalOptions = {
  output: { type: 'string', short: 'o', placeholder: 'FORMAT', summary: 'Output format' },
  query: {
    type: 'string',
    placeholder: 'JMESPATH',
    summary: 'JMESPath query string. See https://jmespath.org',
  },
  'only-show-errors': { type: 'boolean', summary: 'Show only errors, without warnings and progress' },
  verbose: { type: 'boolean', summary: 'Increase logging verbosity: show every request with its IDs' },
  debug: { type: 'boolean', summary: 'Show everything that --verbose shows, and the stack trace of errors' },
  'no-color': { type: 'boolean', summary: 'Disable colors' },
  events: {
    type: 'string',
    placeholder: 'FORMAT',
    choices: ['ndjson'],
    summary: 'Format of progress and errors on stderr; ndjson writes one JSON document per line',
  },
  'sign-in': {
    type: 'string',
    placeholder: 'WAY',
    choices: signInMethods,
    summary: "Sign-in method. Defaults to the Azure CLI's account, then the default credential chain",
  },
  help: { type: 'boolean', short: 'h', summary: 'Show this help and exit' },
} as const satisfies Options;

/** The values of the global options. */
export interface Globals {
  /** In lower case. */
  readonly output: string | undefined;
  readonly query: string | undefined;
  readonly onlyShowErrors: boolean;
  readonly verbose: boolean;
  readonly debug: boolean;
  readonly noColor: boolean;
  readonly events: 'ndjson' | undefined;
  readonly signIn: SignInMethod | undefined;
  readonly help: boolean;
}

/** The formats that `-o` accepts for this command. */
export function formatsOf(command: AnyCommand): readonly string[] {
  return [...new Set([...commonFormats, ...(command.formats ?? [])])];
}

/** The global options of a command; offline commands have no --sign-in. */
export function globalOptionsOf(command: AnyCommand | undefined): Options {
  const { 'sign-in': signIn, output, ...rest } = globalOptions;
  if (command === undefined) return { output, ...rest };
  const withFormats: Options = { output: { ...output, choices: formatsOf(command) }, ...rest };
  return command.effect === 'none' ? withFormats : { ...withFormats, 'sign-in': signIn };
}
