import type { ExitCodeName } from '../../core/exit-codes.ts';
import type { JsonValue } from '../../core/json.ts';

export interface CommandResult {
  /** The result for stdout, before --query and formatting. */
  readonly value?: JsonValue;
  /** A document is printed unchanged unless -o is given. */
  readonly document?: string;
  /** Additional formats of the definition, and `table` if columns are not sufficient. */
  readonly formats?: Readonly<Record<string, () => string>>;
  readonly exit?: ExitCodeName;
  /** A task that continues after the result is printed, such as a server. The exit code waits for it. */
  readonly until?: Promise<void>;
}

export interface Column {
  readonly header: string;
  /** A JMESPath expression for one row of the value. */
  readonly path: string;
  /**
   * A table shows the first sentence of each cell, up to about a hundred characters; other formats show the full text.
   */
  readonly brief?: boolean;
}
