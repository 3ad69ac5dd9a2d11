import { CliError } from '../../core/errors.ts';
import { count, list } from '../../core/text.ts';
import type { CheckRow } from '../../model/check.ts';
import type { PoolJudgement } from '../../model/judgement.ts';

function lines(row: CheckRow): readonly string[] {
  return [
    `${row.status.toUpperCase()} ${row.id} (${row.target}): ${row.reason}`,
    ...(row.fix === undefined ? [] : [`  Fix: ${row.fix}`]),
    ...(row.rulesetNote === undefined ? [] : [`  ${row.rulesetNote}`]),
  ];
}

/**
 * The error for a write that the prerequisites block: exit `findings` if any fails, `unknown` if some could not be
 * evaluated. Only for a judgement with the verdict `blocked` or `unknown`.
 */
export function refused(judgement: PoolJudgement): CliError {
  if (judgement.verdict === 'clear') throw new Error('A judgement with the verdict clear is not a refusal.');
  const blocked = judgement.verdict === 'blocked';
  const rows = judgement.report.rows.filter((row) => !row.ignored && row.status === (blocked ? 'fail' : 'unknown'));
  const ids = [...new Set(rows.map((row) => row.id))];
  const what = count(rows.length, 'prerequisite');
  const message = blocked
    ? `${what} ${rows.length === 1 ? 'is' : 'are'} not met (${list(ids)}); nothing was changed.`
    : `${what} could not be evaluated (${list(ids)}); nothing was changed.`;
  return new CliError({
    code: blocked ? 'prerequisites-failed' : 'prerequisites-unknown',
    message,
    hints: [
      ...rows.flatMap(lines),
      `To continue anyway, ignore ${ids.length === 1 ? 'it' : 'them'}: ${ids.map((id) => `--ignore ${id}`).join(' ')}`,
    ],
  });
}
