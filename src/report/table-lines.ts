import { clip, wrapWords } from '../core/text.ts';
import type { PrerequisiteReport } from '../model/report.ts';
import { clean, countLine, findingsOnly, ignoredLine } from './words.ts';

/** Fewer columns than these beside a head, and the text goes below it. */
const narrowest = 30;
/** An ignore file may have thousands of entries. */
const longestIgnored = 4000;

/**
 * A text beside its head, its further lines below its first; below the head, indented, where there is too little room
 * beside it.
 */
export function hanging(head: string, text: string, width: number): readonly string[] {
  const room = width - head.length;
  if (room < narrowest)
    return [head.trimEnd(), ...wrapWords(text, Math.max(1, width - 4)).map((line) => `    ${line}`)];
  const [first = '', ...rest] = wrapWords(text, room);
  return [`${head}${first}`, ...rest.map((line) => `${' '.repeat(head.length)}${line}`)];
}

/** What every table of a report ends with. */
export function closingLines(report: PrerequisiteReport, width: number): readonly string[] {
  const only = report.detail === 'findings' ? ` ${findingsOnly}` : '';
  return [
    ...wrapWords(`Summary: ${countLine(report)} (rule set ${report.ruleset}).${only}`, width),
    ...(report.ignored.length === 0
      ? []
      : wrapWords(`Ignored: ${clip(clean(ignoredLine(report)), longestIgnored)}.`, width)),
  ];
}
