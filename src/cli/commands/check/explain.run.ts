import { UsageError } from '../../../core/errors.ts';
import { explain, type CheckExplanation } from '../../../domain/checks/index.ts';
import type { Context } from '../../context.ts';
import type { CommandResult } from '../../framework/definition.ts';

function asText(check: CheckExplanation): string {
  return [
    `${check.id}: ${check.title}`,
    '',
    check.explanation,
    '',
    `Level:   ${check.level}`,
    `Not met: ${check.severity.preview} under --ruleset preview, ${check.severity.ga} under --ruleset ga`,
    `Since:   ${check.since}${check.until === undefined ? '' : `, until ${check.until}`}`,
    `Fix:     ${check.howToFix}`,
    `Ignore:  ${check.howToIgnore}`,
    `Source:  ${check.source.document}, ${check.source.link}`,
    '',
  ].join('\n');
}

export async function run(_context: Context, args: { readonly _: readonly string[] }): Promise<CommandResult> {
  const [id] = args._;
  if (id === undefined) throw new UsageError('the following arguments are required: ID');
  const check = explain(id);
  return { value: { ...check }, formats: { table: () => asText(check) } };
}
