import type { JsonObject, JsonValue } from '../../core/json.ts';
import { printable } from '../../core/text.ts';
import { formatJson, formatJsonColoured } from './formats/json.ts';
import { objectsIn, type Query } from './query.ts';
import type { Column, CommandResult } from './result.ts';
import { terminalText, type Reader } from './terminal-text.ts';

export interface RenderOptions {
  /** A common format, or one of the command. */
  readonly format: string;
  /** True if -o was given: a document then prints in that format. */
  readonly formatGiven: boolean;
  readonly query: Query | undefined;
  readonly columns: readonly Column[] | undefined;
  readonly colour: boolean;
  /** stdout is a terminal. */
  readonly terminal: boolean;
  /** Who reads a table or a text of the command's own. */
  readonly reader: Reader;
}

/** The text for stdout: query, then columns, then format. Empty if there is nothing to print. */
export async function renderResult(result: CommandResult, options: RenderOptions): Promise<string> {
  const { query, format } = options;
  if (result.document !== undefined && !options.formatGiven && query === undefined) {
    return withNewline(options.terminal ? forTerminal(result.document) : result.document);
  }
  if (query === undefined) {
    const own = ownFormat(result, format);
    if (own !== undefined) {
      const text = options.terminal ? forTerminal(own) : own;
      return withNewline(format === 'table' ? terminalText(text, options.reader) : text);
    }
  }
  const whole = result.value ?? result.document ?? null;
  const value = query === undefined ? whole : query.apply(whole);
  // Like az, prints nothing for null.
  if (value === null || format === 'none') return '';
  return formatValue(value, options, query === undefined ? undefined : objectsIn(whole));
}

async function formatValue(
  value: JsonValue,
  options: RenderOptions,
  original: ReadonlySet<JsonObject> | undefined,
): Promise<string> {
  switch (options.format) {
    case 'jsonc':
      return options.colour ? formatJsonColoured(value) : formatJson(value);
    case 'yaml':
      return (await import('./formats/yaml.ts')).formatYaml(value);
    case 'yamlc': {
      const { formatYaml, formatYamlColoured } = await import('./formats/yaml.ts');
      return options.colour ? formatYamlColoured(value) : formatYaml(value);
    }
    case 'tsv':
      return (await import('./formats/tsv.ts')).formatTsv(value, original);
    case 'table': {
      const { formatTable } = await import('./formats/table.ts');
      if (options.columns === undefined || options.query !== undefined)
        return formatTable(value, options.query === undefined, options.reader.width);
      return (await import('./formats/columns.ts')).formatColumns(value, options.columns, options.reader.width);
    }
    default:
      return formatJson(value);
  }
}

function ownFormat(result: CommandResult, format: string): string | undefined {
  const formats = result.formats;
  return formats !== undefined && Object.hasOwn(formats, format) ? formats[format]?.() : undefined;
}

function withNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** A document on a terminal: colour codes are kept, other control characters are escaped. */
function forTerminal(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .split(/(\u001b\[[0-9;]*m)/)
    .map((part, index) => (index % 2 === 1 ? part : printable(part)))
    .join('');
}
