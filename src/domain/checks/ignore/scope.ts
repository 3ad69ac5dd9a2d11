import { fitsGlob, fitsPattern, type Wildcards } from '../../../core/glob.ts';

/** The parts of a resource ID between slashes, in lower case, because ARM IDs are case-insensitive. */
export type Segments = readonly string[];

export function segmentsOf(resourceId: string): Segments {
  return resourceId.toLowerCase().split('/');
}

type SegmentTest = 'any-number' | ((segment: string) => boolean);

function segmentTest(pattern: string): SegmentTest {
  if (pattern === '**') return 'any-number';
  if (pattern === '*') return () => true;
  const wild = pattern.search(/[*?]/);
  if (wild === -1) return (segment) => segment === pattern;
  // Comparing the fixed beginning first rules out most segments.
  const head = pattern.slice(0, wild);
  return (segment) => segment.startsWith(head) && fitsGlob(pattern, segment);
}

/** Why a text is not a valid scope; undefined if it is valid. */
export function scopeFault(scope: string): string | undefined {
  if (!scope.startsWith('/') && scope !== '**' && !scope.startsWith('**/'))
    return 'must begin with / or **/, like a resource ID';
  if (scope.endsWith('/')) return 'must not end with /; use /** at the end for a resource and everything below it';
  if (/[[\]{}]/.test(scope)) return 'contains [ ] { or }; the only wildcards are *, ? and **';
  const badPart = scope.split('/').find((segment) => segment.includes('**') && segment !== '**');
  return badPart === undefined
    ? undefined
    : 'has ** next to other characters; ** must be a whole part between slashes, and matches any number of parts';
}

type Covers = (segments: Segments) => boolean;

const parts: Wildcards<SegmentTest, string> = {
  isStar: (test) => test === 'any-number',
  fits: (test, segment) => test !== 'any-number' && test(segment),
};

/** `*` and `?` match within a part of the ID; `**` matches any number of parts, including none. */
export function compileScope(scope: string): Covers {
  const tests = segmentsOf(scope).map((pattern) => segmentTest(pattern));
  const any = tests.indexOf('any-number');
  const fixed = tests.slice(0, any === -1 ? tests.length : any).filter((test) => test !== 'any-number');
  return (segments) => {
    if (any === -1 ? segments.length !== fixed.length : segments.length < fixed.length) return false;
    // Compares from the end, because IDs mostly differ there.
    for (let index = fixed.length - 1; index >= 0; index -= 1)
      if (fixed[index]?.(segments[index] ?? '') !== true) return false;
    return any === -1 || fitsPattern(tests, segments, parts, fixed.length);
  };
}
