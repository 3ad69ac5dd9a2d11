import { UsageError } from '../../../../core/errors.ts';
import type { RuleDescription } from '../../../../domain/localdns/lint/index.ts';
import { defineCommand } from '../../../framework/definition.ts';

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

export const configRulesExplain = defineCommand({
  path: ['config', 'rules', 'explain'],
  summary: 'Explain a rule: its trigger, source and fix, and how to ignore it',
  positionals: [{ name: 'ID', summary: 'ID of the rule, such as L040', required: true }],
  options: {},
  examples: [{ title: 'One rule', command: 'aks-localdns config rules explain L040' }],
  effect: 'none',
  permissions: [],
  run: async (_context, args) => {
    const { explainRule } = await import('../../../../domain/localdns/lint/index.ts');
    const [id] = args._;
    if (id === undefined) throw new UsageError('the following arguments are required: ID');
    const rule = explainRule(id);
    return { value: { ...rule }, formats: { table: () => asText(rule) } };
  },
});
