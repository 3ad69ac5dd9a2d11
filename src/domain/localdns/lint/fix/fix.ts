import { list } from '../../../../core/text.ts';
import { decode, encode } from '../../encoding.ts';
import { parse, type JsonNode } from '../../json-tree.ts';
import { readProfile } from '../../profile-document.ts';
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
  /** The same bytes if nothing was fixed; otherwise in the same encoding, with the same byte order mark. */
  readonly bytes: Uint8Array;
  readonly applied: readonly Fix[];
}

/** With these errors the structure is ambiguous, so the file is left unchanged. */
const unclear: ReadonlySet<string> = new Set(['R001', 'R002', 'R003', 'R004', 'R005', 'R006']);

/**
 * Fixes what is safe to fix: the notation of a profile, never its meaning. Everything else stays byte for byte,
 * including white space and line ends; a second run changes nothing. Defaults are written out only if the rest of the
 * file is valid.
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

/** Why `fixProfile` leaves errors in a file, ready to print; undefined if it leaves none. */
export function leftUnfixed(bytes: Uint8Array): string | undefined {
  const fails = failsOf(bytes);
  const blocking = fails.filter((rule) => unclear.has(rule));
  if (blocking.length > 0) return `its structure is ambiguous (${list(blocking)}); fix this first`;
  if (fails.includes('R009'))
    return 'the profile is inside an object with other content (R009); extract it with aks-localdns config import';
  return fails.length === 0
    ? undefined
    : `${list(fails)} must be fixed by hand; after that, --fix can write out the defaults`;
}

/** The rules that fail, without duplicates. */
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
