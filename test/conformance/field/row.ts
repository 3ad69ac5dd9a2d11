/** What one case from the field shows, proven on its own input where it brought one. */
export interface FieldRow {
  readonly id: string;
  /** The files of the field that it reads; none where the case is a command line. */
  readonly files: readonly string[];
  readonly shows: string;
  readonly prove: () => void | Promise<void>;
}
