import type { ExitCodeName } from '../../core/exit-codes.ts';
import type { JsonValue } from '../../core/json.ts';

export interface CommandResult {
  /** What stdout gets, after --query, in the format asked for. */
  readonly value?: JsonValue;
  /** A result that is a document prints as it is, on a terminal and in a pipe, unless -o is given. */
  readonly document?: string;
  /** Further formats of the definition, and `table` where columns are not enough. */
  readonly formats?: Readonly<Record<string, () => string>>;
  readonly exit?: ExitCodeName;
  /** What goes on once the result is printed, such as a server. The exit code waits for it. */
  readonly until?: Promise<void>;
}

export interface Column {
  readonly header: string;
  /** A JMESPath expression on one row of the value. */
  readonly path: string;
  /**
   * A table shows the first sentence of each cell, at most some hundred characters; every other format has it whole.
   */
  readonly brief?: boolean;
}
