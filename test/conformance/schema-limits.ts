/** A check of the validator that a JSON Schema cannot express. */
export interface SchemaLimit {
  readonly rule: string;
  /** Absent if it applies to the whole rule. */
  readonly part?: string;
  readonly why: string;
}

const text = 'a schema validates the parsed value, not the text of the file';

export const schemaLimits: readonly SchemaLimit[] = [
  { rule: 'R001', why: text },
  { rule: 'R002', why: text },
  { rule: 'R003', why: text },
  { rule: 'R005', part: 'below $schema and state, which can have any value', why: 'a schema cannot limit the depth' },
  {
    rule: 'R006',
    part: 'a repeated key, and a map in two spellings',
    why: 'a parser keeps only one of two equal keys, and a schema cannot count keys that match a pattern',
  },
  { rule: 'R011', why: 'a schema does not know whether the file is for a new pool or for an existing one' },
  {
    rule: 'L010',
    part: 'two zones that differ only in a trailing dot',
    why: 'a schema cannot compare keys with each other',
  },
];
