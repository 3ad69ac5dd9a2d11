import { UsageError } from '../../core/errors.ts';
import type { Settings } from './context.ts';
import type { AnyCommand } from './definition.ts';
import { commonFormats, formatsOf, type Globals } from './globals.ts';

/**
 * The output format: -o, then the Azure CLI's setting, then a table on a terminal (or the preferred format of the
 * command), then JSON.
 * @throws UsageError if --query is used with a format that shows the whole result
 */
export function chooseFormat(command: AnyCommand, globals: Globals, settings: Settings, terminal: boolean): string {
  const common: readonly string[] = commonFormats;
  if (globals.output !== undefined) {
    if (globals.query !== undefined && !common.includes(globals.output)) {
      throw new UsageError(
        `argument --query: not allowed with --output ${globals.output}; use it with ${common.join(', ')}.`,
      );
    }
    return globals.output;
  }
  const configured = settings.output?.toLowerCase();
  // A format in the config file that this command does not support is meant for az, so it is not an error.
  if (configured !== undefined && (globals.query === undefined ? formatsOf(command) : common).includes(configured))
    return configured;
  if (!terminal) return 'json';
  return globals.query === undefined ? (command.terminalFormat ?? 'table') : 'table';
}
