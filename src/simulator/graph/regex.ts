import { fitsPattern, type Wildcards } from '../../core/glob.ts';

/**
 * Azure's own engine takes any pattern in linear time. JavaScript's goes back and forth, so that only what it is quick
 * with is taken.
 */
const longest = 256;
const mostRepeats = 3;

const glob: Wildcards<string, string> = {
  isStar: (part) => part === '.*',
  fits: (part, item) => part === '.' || part === item,
};

/** `^a.b.*$`, which is how names are searched for: without going back. */
function globTest(pattern: string, fold: (text: string) => string): ((text: string) => boolean) | undefined {
  if (!/^\^(?:[-\w]|\.\*?)*\$$/.test(pattern)) return undefined;
  const parts = fold(pattern.slice(1, -1)).match(/\.\*|./g) ?? [];
  return (text) => fitsPattern(parts, fold(text), glob);
}

/** An escaped character and a class are one token each. */
const tokenPattern = /\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?|[^]/g;

/** Too many repeats, or a repeated group that holds a repeat or a choice itself. */
function isSlow(pattern: string): boolean {
  const tokens = pattern.match(tokenPattern) ?? [];
  // Of each open group, whether it fits in more ways than one.
  const open: boolean[] = [];
  let repeats = 0;
  const ambiguous = (): void => {
    if (open.length > 0) open[open.length - 1] = true;
  };
  const nested = tokens.some((token, index) => {
    if (token === '(' || token === '(?') open.push(false);
    else if (token === ')') {
      const inner = open.pop() === true;
      if (inner) ambiguous();
      return inner && /^[*+{]$/.test(tokens[index + 1] ?? '');
    } else if (/^[*+?{|]$/.test(token)) {
      ambiguous();
      if (/[*+{]/.test(token)) repeats += 1;
    }
    return false;
  });
  return nested || repeats > mostRepeats;
}

/**
 * RE2 as far as JavaScript's own goes; an inline `(?i)` at the start is taken. Undefined for what is not, or not
 * quickly.
 */
export function regexTest(pattern: string): ((text: string) => boolean) | undefined {
  const [, inline = '', rest = ''] = /^(\(\?i\))?([\s\S]*)$/.exec(pattern) ?? [];
  if (rest.length > longest) return undefined;
  const fold = (text: string): string => (inline === '' ? text : text.toLowerCase());
  const quick = globTest(rest, fold);
  if (quick !== undefined) return quick;
  // RE2 has neither what looks around nor what refers back.
  if (isSlow(rest) || /\(\?<?[=!]|\\[1-9]/.test(rest)) return undefined;
  try {
    const regex = new RegExp(rest, inline === '' ? 'u' : 'iu');
    return (text) => regex.test(text);
  } catch {
    return undefined;
  }
}
