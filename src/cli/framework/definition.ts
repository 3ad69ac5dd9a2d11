import type { Column, CommandResult } from '../io/result.ts';
import type { Context } from './context.ts';

/** One option, as data. The long name is the key in `options`; kebab-case there, camelCase in the parsed arguments. */
export interface OptionSpec {
  readonly type: 'string' | 'integer' | 'boolean';
  /** One letter. */
  readonly short?: string;
  /** Further long names, as az has them. */
  readonly aliases?: readonly string[];
  /** One sentence without a final dot, as az writes them. */
  readonly summary: string;
  /** What stands for the value in help: `FILE`, `DURATION`. */
  readonly placeholder?: string;
  readonly choices?: readonly string[];
  readonly required?: boolean;
  /** May be given several times, and may take several words at once: parsed as a list of strings. */
  readonly repeatable?: boolean;
  /** What the option means where no value follows it; one is needed otherwise. */
  readonly valueless?: string;
  /** Only told in help and docs; the command applies it. */
  readonly default?: string;
  /** An environment variable or setting of the Azure CLI that stands in when the option is absent. */
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
 * Booleans and lists are always there (false, empty); `--no-name` of a boolean is not offered. Others only where
 * required.
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
  /** The last one may stand for several words. */
  readonly repeatable?: boolean;
}

export interface Example {
  readonly title: string;
  /** Begins with `aks-localdns`. */
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
  /** `write` commands change something in Azure; `read` ones call it; `none` are offline. */
  readonly effect: Effect;
  /** The Azure actions that it needs, such as `Microsoft.ContainerService/managedClusters/read`. */
  readonly permissions: readonly string[];
  /** For -o table; without them every scalar field is a column, as az does. */
  readonly columns?: readonly Column[];
  /** Output formats beyond the common ones, such as `md`. */
  readonly formats?: readonly string[];
  /** The default format on a terminal, where it is not `table`. */
  readonly terminalFormat?: string;
  /**
   * Returns the result; it never prints. What is heavy (a use case, an adapter, a renderer) it imports inside, so that
   * help and completion load the definitions alone.
   */
  readonly run: Run<O>;
}

export type ParsedArguments<O extends Options> = Arguments<O> & { readonly _: readonly string[] };

type Run<O extends Options> = (context: Context, args: ParsedArguments<O>) => Promise<CommandResult>;

/** Keeps the literal types of the options, so that `run` gets them. */
export function defineCommand<const O extends Options>(definition: CommandDefinition<O>): CommandDefinition<O> {
  return definition;
}

/** What the registry and its walkers (help, docs, completion, tests) see. */
export type AnyCommand = Omit<CommandDefinition, 'run'> & {
  readonly run: (context: Context, args: never) => Promise<CommandResult>;
};

export interface CommandGroup {
  readonly path: readonly string[];
  readonly summary: string;
}
