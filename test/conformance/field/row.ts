/** A case from the field, proven with its input if it has one. */
export interface FieldRow {
  readonly id: string;
  /** The field files that it reads; empty if the case is a command line. */
  readonly files: readonly string[];
  readonly shows: string;
  readonly prove: () => void | Promise<void>;
}
