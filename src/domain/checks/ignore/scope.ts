import { fitsGlob, fitsPattern, type Wildcards } from '../../../core/glob.ts';

/** Parts of a resource id between slashes, in lower case: ARM ids are compared without case. */
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
  // Most patterns are told from most texts by how they begin.
  const head = pattern.slice(0, wild);
  return (segment) => segment.startsWith(head) && fitsGlob(pattern, segment);
}

/** Why a text is no scope; undefined if it is one. */
export function scopeFault(scope: string): string | undefined {
  if (!scope.startsWith('/') && scope !== '**' && !scope.startsWith('**/'))
    return 'begins neither with / nor with **/, as a resource id would need';
  if (scope.endsWith('/')) return 'ends with /; /** at the end means the thing and all below it';
  if (/[[\]{}]/.test(scope)) return 'has [ ] { or }, which are no signs here: those are *, ? and **';
  const odd = scope.split('/').find((segment) => segment.includes('**') && segment !== '**');
  return odd === undefined
    ? undefined
    : 'has ** beside other characters; it stands for any number of whole parts between slashes';
}

type Covers = (segments: Segments) => boolean;

const parts: Wildcards<SegmentTest, string> = {
  isStar: (test) => test === 'any-number',
  fits: (test, segment) => test !== 'any-number' && test(segment),
};

/** `*` and `?` stay within a part of the id, `**` stands for any number of parts, none included. */
export function compileScope(scope: string): Covers {
  const tests = segmentsOf(scope).map((pattern) => segmentTest(pattern));
  const any = tests.indexOf('any-number');
  const fixed = tests.slice(0, any === -1 ? tests.length : any).filter((test) => test !== 'any-number');
  return (segments) => {
    if (any === -1 ? segments.length !== fixed.length : segments.length < fixed.length) return false;
    // From behind: ids differ in their ends.
    for (let index = fixed.length - 1; index >= 0; index -= 1)
      if (fixed[index]?.(segments[index] ?? '') !== true) return false;
    return any === -1 || fitsPattern(tests, segments, parts, fixed.length);
  };
}
