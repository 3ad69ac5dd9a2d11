import { oneLine, wrapWords } from '../core/text.ts';
import type { FileFindings, FindingsReport, JudgedFinding } from './findings.ts';
import { fileName, findingSeverities, findingsLine } from './findings.ts';
import type { RenderOptions, Style } from './format.ts';

const indent = '    ';
const plain: Style = (_, text) => text;
/** Information is not a status of checks; it is shown as what needs nothing done. */
const styles = { fail: 'fail', warn: 'warn', info: 'muted' } as const;

/** Plain text for a terminal: `file:line:column`, which editors open, then what is wrong and what to write instead. */
export function renderFindingsTable(report: FindingsReport, options: RenderOptions = {}): string {
  const style = options.style ?? plain;
  const width = Math.max(20, (options.width ?? Infinity) - indent.length);
  const lines = report.files.flatMap((file) => [...fileLines(file, style, width), '']);
  const counting = report.files.flatMap(({ findings }) => findings).filter(({ ignored }) => ignored !== true);
  const first = findingSeverities
    .map((severity) => counting.find((finding) => finding.severity === severity))
    .find((finding) => finding !== undefined);
  const more = first === undefined ? [] : [`More about a rule: aks-localdns config rules ${first.rule}`];
  return `${[...lines, `Summary: ${findingsLine(report)}.`, ...more].join('\n')}\n`;
}

function fileLines({ file, findings }: FileFindings, style: Style, width: number): readonly string[] {
  const name = oneLine(fileName(file));
  if (findings.length === 0) return [`${style('heading', name)}: nothing to say`];
  return findings.flatMap((finding) => findingLines(name, finding, style, width));
}

function findingLines(name: string, finding: JudgedFinding, style: Style, width: number): readonly string[] {
  const { rule, severity, line, column, path, message, instead, ignored } = finding;
  const head = `${style('heading', `${name}:${String(line)}:${String(column)}`)}  ${style(styles[severity], severity.toUpperCase())}  ${rule}  ${oneLine(path)}${ignored === true ? '  (ignored)' : ''}`;
  const texts = [oneLine(message), ...(instead === undefined ? [] : [`Instead: ${oneLine(instead)}`])];
  return [head, ...texts.flatMap((text) => wrapWords(text, width)).map((text) => `${indent}${text}`)];
}
