import { CliError, UsageError } from '../../core/errors.ts';
import type { JsonValue } from '../../core/json.ts';
import { isStdin } from '../../core/stdin.ts';
import { maxFileBytes, type ProfileDocument } from '../../domain/localdns/index.ts';
import { allRules, explainRule } from '../../domain/localdns/lint/index.ts';
import type { FailOn } from '../../model/check.ts';
import {
  fileName,
  renderFindingsMarkdown,
  renderFindingsTable,
  type findingSeverities,
  type FileFindings,
  type FindingsReport,
} from '../../report/findings.ts';
import { renderSarif } from '../../report/sarif.ts';
import type { Context } from '../framework/context.ts';
import { reportLayout } from '../io/report-layout.ts';
import type { CommandResult } from '../io/result.ts';
import { foreignFile } from './foreign.ts';

/** Limits the findings in a document, since a hostile file can have very many. */
const maxInValue = 1000;

export interface JudgeArguments {
  readonly _: readonly string[];
  readonly ignore: readonly string[];
  readonly failOn: FailOn | undefined;
}

/** The bytes of a file. A file that is too large gives too many bytes, which becomes a finding like any other. */
async function bytesOf(context: Context, file: string): Promise<Uint8Array> {
  try {
    return await context.input(file, maxFileBytes);
  } catch (error) {
    if (error instanceof CliError && error.code === 'file-too-large') return new Uint8Array(maxFileBytes + 1);
    throw error;
  }
}

function counted({ files }: FindingsReport): Readonly<Record<(typeof findingSeverities)[number], number>> {
  const all = files.flatMap(({ findings }) => findings).filter(({ ignored }) => ignored !== true);
  const count = (severity: (typeof findingSeverities)[number]): number =>
    all.filter((finding) => finding.severity === severity).length;
  return { fail: count('fail'), warn: count('warn'), info: count('info') };
}

function valueOf(report: FindingsReport): JsonValue {
  return {
    schemaVersion: '1.0',
    files: report.files.map(({ file, findings }) => ({
      file: fileName(file),
      valid: !findings.some(({ severity }) => severity === 'fail'),
      findings: findings.slice(0, maxInValue).map((finding) => ({ ...finding, ignored: finding.ignored === true })),
      ...(findings.length > maxInValue ? { more: findings.length - maxInValue } : {}),
    })),
    counts: counted(report),
    ignored: [
      ...new Set(
        report.files.flatMap(({ findings }) =>
          findings.filter(({ ignored }) => ignored === true).map(({ rule }) => rule),
        ),
      ),
    ],
  };
}

/**
 * Judges every file by the same rules in one report. Findings at or above --fail-on give exit `findings`.
 * @throws UsageError for an unknown rule id; CliError if a file cannot be read.
 */
export async function judgeFiles(
  context: Context,
  args: JudgeArguments,
  judge: (bytes: Uint8Array, file: string) => Promise<ProfileDocument>,
): Promise<CommandResult> {
  const ignored = new Set(args.ignore.map((id) => explainRule(id, '--ignore').id));
  if (args._.filter(isStdin).length > 1) throw new UsageError('Standard input can be read only once.');
  const files: FileFindings[] = [];
  for (const file of args._) {
    const bytes = await bytesOf(context, file);
    const { findings } = await judge(bytes, file);
    const foreign = findings.some(({ severity }) => severity === 'fail') ? foreignFile(bytes, file) : undefined;
    if (foreign !== undefined) context.say(`${foreign.what}. To extract the profile: ${foreign.fix}`);
    files.push({
      file,
      findings: findings.map((finding) => (ignored.has(finding.rule) ? { ...finding, ignored: true } : finding)),
    });
  }
  const report: FindingsReport = { files, rules: allRules };
  const { fail, warn } = counted(report);
  const counting = { fail, warn: fail + warn, none: 0 }[args.failOn ?? 'fail'];
  return {
    value: valueOf(report),
    formats: {
      table: () => renderFindingsTable(report, reportLayout(context.terminal)),
      md: () => renderFindingsMarkdown(report),
      sarif: () => renderSarif(report, { version: context.version }),
    },
    exit: counting > 0 ? 'findings' : 'ok',
  };
}
