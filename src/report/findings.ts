import { count } from '../core/text.ts';
import type { ProfileFinding } from '../domain/localdns/index.ts';
import type { RuleDescription } from '../domain/localdns/lint/index.ts';

export interface JudgedFinding extends ProfileFinding {
  /** Named by --ignore: it stays in the report and counts for nothing. */
  readonly ignored?: boolean;
}

export interface FileFindings {
  /** As it was named on the command line; `-` for standard input. */
  readonly file: string;
  readonly findings: readonly JudgedFinding[];
}

/** Findings with places in files: what `config validate` and `config lint` say. */
export interface FindingsReport {
  readonly files: readonly FileFindings[];
  /** All rules by which the files were judged. */
  readonly rules: readonly RuleDescription[];
}

export const findingSeverities = ['fail', 'warn', 'info'] as const satisfies readonly ProfileFinding['severity'][];

export function fileName(file: string): string {
  return file === '-' ? 'standard input' : file;
}

/** `2 fail, 1 warn, 0 info in 3 files`; ignored ones apart. */
export function findingsLine({ files }: FindingsReport): string {
  const all = files.flatMap(({ findings }) => findings);
  const amounts = findingSeverities.map(
    (severity) =>
      `${String(all.filter((finding) => finding.severity === severity && finding.ignored !== true).length)} ${severity}`,
  );
  const ignored = all.filter((finding) => finding.ignored === true).length;
  return `${amounts.join(', ')} in ${count(files.length, 'file')}${ignored === 0 ? '' : ` (${String(ignored)} ignored)`}`;
}
