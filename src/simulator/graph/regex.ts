import { fitsPattern, type Wildcards } from '../../core/glob.ts';

/**
 * Azure's engine takes any pattern in linear time; JavaScript's backtracks. So only patterns of names are taken, with
 * any number of `.` and `.*`, and matched without backtracking.
 */
const namePattern = /^(\(\?i\))?\^((?:[-\w]|\.\*?)*)\$$/;

const wildcards: Wildcards<string, string> = {
  isStar: (part) => part === '.*',
  fits: (part, item) => part === '.' || part === item,
};

/** Undefined for a pattern that is not taken. */
export function regexTest(pattern: string): ((text: string) => boolean) | undefined {
  const [, inline, body] = namePattern.exec(pattern) ?? [];
  if (body === undefined) return undefined;
  const fold = (text: string): string => (inline === undefined ? text : text.toLowerCase());
  const parts = fold(body).match(/\.\*|./g) ?? [];
  return (text) => fitsPattern(parts, fold(text), wildcards);
}
