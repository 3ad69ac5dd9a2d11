/** What the validator sees and a JSON Schema cannot say. */
export interface SchemaLimit {
  readonly rule: string;
  /** Absent if it is the whole rule. */
  readonly part?: string;
  readonly why: string;
}

const text = 'a schema judges the value that a parser has read, not the text of the file';

export const schemaLimits: readonly SchemaLimit[] = [
  { rule: 'R001', why: text },
  { rule: 'R002', why: text },
  { rule: 'R003', why: text },
  { rule: 'R005', part: 'below $schema and state, which may be anything', why: 'a schema has no word for depth' },
  {
    rule: 'R006',
    part: 'a key that stands twice, and a map in two cases',
    why: 'a parser keeps one of two equal keys, and a schema cannot count keys that match a pattern',
  },
  { rule: 'R011', why: 'a schema does not know whether the file is for a new pool or for one that has a profile' },
  {
    rule: 'L010',
    part: 'two zones that differ by a final dot only',
    why: 'a schema cannot compare keys with each other',
  },
];
