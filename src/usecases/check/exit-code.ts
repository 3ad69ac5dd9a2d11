import type { ExitCodeName } from '../../core/exit-codes.ts';
import type { FailOn } from '../../model/check.ts';
import type { Report } from '../../model/report.ts';

/**
 * An interrupt takes precedence, then findings at or above --fail-on, then checks that could not be evaluated. Ignored
 * rows do not count.
 */
export function exitCodeFor({ counts, partial }: Report, failOn: FailOn): ExitCodeName {
  if (partial !== undefined) return 'interrupted';
  const findings = { fail: counts.fail, warn: counts.fail + counts.warn, none: 0 }[failOn];
  if (findings > 0) return 'findings';
  return counts.unknown > 0 ? 'unknown' : 'ok';
}
