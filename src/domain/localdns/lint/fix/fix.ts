import { decode, encode } from '../../encoding.ts';
import { parse, type JsonNode } from '../../parse.ts';
import { readProfile } from '../../read.ts';
import { applied, type Edit } from './edit.ts';
import { fillingEdits } from './filling.ts';
import { spellingEdits } from './spelling.ts';

export interface Fix {
  readonly rule: string;
  readonly path: string;
  readonly what: string;
}

export interface FixedProfile {
  /** The very bytes that were given where nothing is fixed; else the same encoding and byte order mark. */
  readonly bytes: Uint8Array;
  readonly applied: readonly Fix[];
}

/** A file in which it is not clear what stands where is left as it is. */
const unclear: ReadonlySet<string> = new Set(['R001', 'R002', 'R003', 'R004', 'R005', 'R006', 'R009']);

/**
 * Mends what is safe to mend: never what a profile says, only how it says it. What is not mended stays byte for byte,
 * white space and line ends too; a second time nothing is left to do. Defaults are written out only where the rest of
 * the file is right.
 */
export function fixProfile(bytes: Uint8Array): FixedProfile {
  const fails = failsOf(bytes);
  const spelled = fails.some((rule) => unclear.has(rule)) ? { bytes, applied: [] } : edited(bytes, spellingEdits);
  const failsLeft = spelled.bytes === bytes ? fails : failsOf(spelled.bytes);
  const filled = failsLeft.length > 0 ? { bytes: spelled.bytes, applied: [] } : edited(spelled.bytes, fillingEdits);
  return { bytes: filled.bytes, applied: [...spelled.applied, ...filled.applied] };
}

function failsOf(bytes: Uint8Array): readonly string[] {
  return readProfile(bytes, 'update')
    .findings.filter(({ severity }) => severity === 'fail')
    .map(({ rule }) => rule);
}

function edited(bytes: Uint8Array, editsOf: (text: string, root: JsonNode) => readonly Edit[]): FixedProfile {
  const decoded = decode(bytes);
  const root = 'text' in decoded ? parse(decoded.text).root : undefined;
  const edits = 'text' in decoded && root?.type === 'object' ? editsOf(decoded.text, root) : [];
  if (!('text' in decoded) || edits.length === 0) return { bytes, applied: [] };
  return {
    bytes: encode(applied(decoded.text, edits), decoded.form),
    applied: edits.map(({ rule, path, what }) => ({ rule, path, what })),
  };
}
