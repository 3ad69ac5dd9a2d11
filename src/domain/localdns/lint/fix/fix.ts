import { list } from '../../../../core/text.ts';
import { decode, encode } from '../../encoding.ts';
import { parse, type JsonNode } from '../../parse.ts';
import { readProfile } from '../../read.ts';
import { applied, type Edit } from './edit.ts';
import { fillingEdits } from './filling.ts';
import { spellingEdits } from './spelling.ts';
import { unwrappingEdits } from './unwrapping.ts';

interface Fix {
  readonly rule: string;
  readonly path: string;
  readonly what: string;
}

export interface FixedProfile {
  /** The very bytes that were given if nothing is fixed; else the same encoding and byte order mark. */
  readonly bytes: Uint8Array;
  readonly applied: readonly Fix[];
}

/** A file in which it is not clear what stands where is left as it is. */
const unclear: ReadonlySet<string> = new Set(['R001', 'R002', 'R003', 'R004', 'R005', 'R006']);

/**
 * Mends what is safe to mend: never what a profile says, only how it says it. What is not mended stays byte for byte,
 * white space and line ends too; a second time nothing is left to do. Defaults are written out only if the rest of the
 * file is right.
 */
export function fixProfile(bytes: Uint8Array): FixedProfile {
  if (failsOf(bytes).some((rule) => unclear.has(rule))) return { bytes, applied: [] };
  const unwrapped = edited(bytes, unwrappingEdits);
  if (failsOf(unwrapped.bytes).includes('R009')) return { bytes, applied: [] };
  const spelled = edited(unwrapped.bytes, spellingEdits);
  const filled =
    failsOf(spelled.bytes).length > 0 ? { bytes: spelled.bytes, applied: [] } : edited(spelled.bytes, fillingEdits);
  return { bytes: filled.bytes, applied: [...unwrapped.applied, ...spelled.applied, ...filled.applied] };
}

/** Why `fixProfile` leaves something of a file as it is, ready to print; undefined if it leaves nothing. */
export function leftUnfixed(bytes: Uint8Array): string | undefined {
  const fails = failsOf(bytes);
  const blocking = fails.filter((rule) => unclear.has(rule));
  if (blocking.length > 0) return `its structure is ambiguous (${list(blocking)}); fix this first`;
  if (fails.includes('R009'))
    return 'the profile stands inside an object that holds more than the profile (R009): aks-localdns config import takes it out';
  return fails.length === 0 ? undefined : `only a person can mend ${list(fails)}; defaults are written out after that`;
}

/** Each once. */
function failsOf(bytes: Uint8Array): readonly string[] {
  const fails = readProfile(bytes, 'update').findings.filter(({ severity }) => severity === 'fail');
  return [...new Set(fails.map(({ rule }) => rule))];
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
