import { allRules, explainRule, type RuleDescription } from '../../../domain/localdns/lint/index.ts';
import type { Context } from '../../context.ts';
import type { CommandResult } from '../../framework/definition.ts';

function asText(rule: RuleDescription): string {
  return [
    `${rule.id} (${rule.severity}): ${rule.trigger}`,
    '',
    rule.message,
    '',
    ...(rule.needs === undefined ? [] : [`Needs:  ${rule.needs.join(', ')} (--facts)`]),
    ...(rule.fix === undefined ? [] : [`--fix:  ${rule.fix}`]),
    `Ignore: --ignore ${rule.id}`,
    `Source: ${rule.source}`,
    '',
  ].join('\n');
}

export async function run(_context: Context, args: { readonly _: readonly string[] }): Promise<CommandResult> {
  const [id] = args._;
  if (id === undefined) return { value: allRules.map((rule) => ({ ...rule })) };
  const rule = explainRule(id);
  return { value: { ...rule }, formats: { table: () => asText(rule) } };
}
