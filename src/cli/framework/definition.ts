import type { Column, CommandResult } from '../io/result.ts';
import type { Context } from './context.ts';

/** An option as data. Its long name is the key in `options`: kebab-case there, camelCase in the parsed arguments. */
export interface OptionSpec {
  readonly type: 'string' | 'integer' | 'boolean';
  /** One letter. */
  readonly short?: string;
  /** Additional long names, as in az. */
  readonly aliases?: readonly string[];
  /** One sentence without a final period, as in az. */
  readonly summary: string;
  /** The placeholder for the value in help: `FILE`, `DURATION`. */
  readonly placeholder?: string;
  readonly choices?: readonly string[];
  readonly required?: boolean;
  /** May be repeated and may take several words: parsed as a list of strings. */
  readonly repeatable?: boolean;
  /** The value if none follows the option. Without it, a value is required. */
  readonly valueless?: string;
  /** Shown in help and docs only; the command applies it. */
  readonly default?: string;
  /** The environment variable or Azure CLI setting that applies if the option is absent. */
  readonly fallback?: 'defaults.group';
  readonly min?: number;
  readonly max?: number;
}

export type Options = Readonly<Record<string, OptionSpec>>;

type Camel<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;

type ValueOf<O extends OptionSpec> = O['type'] extends 'boolean'
  ? boolean
  : O extends { readonly repeatable: true }
    ? readonly string[]
    : O['type'] extends 'integer'
      ? number
      : O extends { readonly choices: readonly (infer C)[] }
        ? C
        : string;

/**
 * Booleans and lists always have a value (false, empty); other options only if they are required. There is no
 * `--no-name` for a boolean.
 */
export type Arguments<O extends Options> = {
  readonly [K in keyof O & string as Camel<K>]: O[K] extends
    | { readonly type: 'boolean' }
    | { readonly repeatable: true }
    | { readonly required: true }
    ? ValueOf<O[K]>
    : ValueOf<O[K]> | undefined;
};

export interface Positional {
  readonly name: string;
  readonly summary: string;
  readonly required: boolean;
  /** The last one may take several words. */
  readonly repeatable?: boolean;
}

export interface Example {
  readonly title: string;
  /** Starts with `aks-localdns`. */
  readonly command: string;
}

export type Effect = 'none' | 'read' | 'write';

export interface CommandDefinition<O extends Options = Options> {
  /** `['nodepool', 'update']`; the file is commands/nodepool/update.ts. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly positionals?: readonly Positional[];
  readonly options: O;
  readonly examples: readonly Example[];
  /** `write` commands change resources in Azure, `read` commands read from Azure, `none` commands work offline. */
  readonly effect: Effect;
  /** The Azure permissions that the command needs, such as `Microsoft.ContainerService/managedClusters/read`. */
  readonly permissions: readonly string[];
  /** For -o table. By default every scalar field is a column, as in az. */
  readonly columns?: readonly Column[];
  /** Additional output formats, such as `md`. */
  readonly formats?: readonly string[];
  /** The default format on a terminal. Defaults to `table`. */
  readonly terminalFormat?: string;
  /**
   * Returns the result and never prints. Imports use cases, adapters and renderers lazily, so that help and completion
   * load only the definitions.
   */
  readonly run: Run<O>;
}

export type ParsedArguments<O extends Options> = Arguments<O> & { readonly _: readonly string[] };

type Run<O extends Options> = (context: Context, args: ParsedArguments<O>) => Promise<CommandResult>;

/** Keeps the literal types of the options for `run`. */
export function defineCommand<const O extends Options>(definition: CommandDefinition<O>): CommandDefinition<O> {
  return definition;
}

/** A command as the registry, help, docs, completion and tests see it. */
export type AnyCommand = Omit<CommandDefinition, 'run'> & {
  readonly run: (context: Context, args: never) => Promise<CommandResult>;
};

export interface CommandGroup {
  readonly path: readonly string[];
  readonly summary: string;
}
