import { count } from '../core/text.ts';
import type { ProfileFinding } from '../domain/localdns/index.ts';
import type { RuleDescription } from '../domain/localdns/lint/index.ts';
import type { RenderOptions, Style } from './format.ts';
import { markdownCode, markdownTable, md } from './markdown.ts';
import { indented, page, painted, plain, term, wrapped, type Line } from './terminal.ts';

export interface JudgedFinding extends ProfileFinding {
  /** Named by --ignore: the finding stays in the report but does not count. */
  readonly ignored?: boolean;
}

export interface FileFindings {
  /** As given on the command line; `-` is standard input. */
  readonly file: string;
  readonly findings: readonly JudgedFinding[];
}

/** Findings with places in files, as from `config validate` and `config lint`. */
export interface FindingsReport {
  readonly files: readonly FileFindings[];
  /** The rules that the files were checked against. */
  readonly rules: readonly RuleDescription[];
}

export const findingSeverities = ['fail', 'warn', 'info'] as const satisfies readonly ProfileFinding['severity'][];

/** `info` is not a status of checks, so it has the style of a row that needs no action. */
const styles = { fail: 'fail', warn: 'warn', info: 'muted' } as const;

export function fileName(file: string): string {
  return file === '-' ? 'standard input' : file;
}

/** `2 fail, 1 warn, 0 info in 3 files`; ignored findings are counted separately. */
function findingsLine({ files }: FindingsReport): string {
  const all = files.flatMap(({ findings }) => findings);
  const amounts = findingSeverities.map(
    (severity) =>
      `${String(all.filter((finding) => finding.severity === severity && finding.ignored !== true).length)} ${severity}`,
  );
  const ignored = all.filter((finding) => finding.ignored === true).length;
  return `${amounts.join(', ')} in ${count(files.length, 'file')}${ignored === 0 ? '' : ` (${String(ignored)} ignored)`}`;
}

function findingLines(name: string, finding: JudgedFinding, style: Style, width: number): readonly Line[] {
  const { rule, severity, line, column, path, message, instead, ignored } = finding;
  const place = painted(style, 'heading', `${name}:${String(line)}:${String(column)}`);
  const level = painted(style, styles[severity], severity.toUpperCase());
  return [
    term`${place}  ${level}  ${rule}  ${path}${ignored === true ? term`  (ignored)` : ''}`,
    ...indented([...wrapped(message, width), ...(instead === undefined ? [] : wrapped(`Instead: ${instead}`, width))]),
  ];
}

/** Plain text for a terminal: `file:line:column`, which editors can open, the problem, and what to write instead. */
export function renderFindingsTable(report: FindingsReport, options: RenderOptions = {}): string {
  const { style = plain, width = Infinity } = options;
  const room = Math.max(20, width - 4);
  const counting = report.files.flatMap(({ findings }) => findings).filter(({ ignored }) => ignored !== true);
  const first = findingSeverities
    .map((severity) => counting.find((finding) => finding.severity === severity))
    .find((finding) => finding !== undefined);
  return page([
    ...report.files.flatMap(({ file, findings }) => [
      ...(findings.length === 0 ? [term`${painted(style, 'heading', fileName(file))}: valid, no findings`] : []),
      ...findings.flatMap((finding) => findingLines(fileName(file), finding, style, room)),
      '',
    ]),
    `Summary: ${findingsLine(report)}.`,
    ...(first === undefined ? [] : [`More about a rule: aks-localdns config rules explain ${first.rule}`]),
  ]);
}

/** For pull requests and job summaries: the counts, then a table for each file. */
export function renderFindingsMarkdown(report: FindingsReport): string {
  const sections = report.files.flatMap(({ file, findings }) => {
    const rows = findings.map(({ rule, severity, line, column, path, message, instead = '', ignored }) => [
      `${String(line)}:${String(column)}`,
      ignored === true ? `${severity} (ignored)` : severity,
      rule,
      markdownCode(path),
      message,
      instead === '' ? '' : markdownCode(instead),
    ]);
    const body =
      rows.length === 0
        ? [md`Valid, no findings.`]
        : markdownTable(['Place', 'Severity', 'Rule', 'Path', 'What and why', 'Instead'], rows);
    return [md``, md`## ${fileName(file)}`, md``, ...body];
  });
  return `${md.join([md`# LocalDNS configuration`, md``, md`Found: ${findingsLine(report)}.`, ...sections], '\n').text}\n`;
}
