import type { RuleDescription } from '../../../domain/localdns/lint/index.ts';
import { defineCommand } from '../../framework/definition.ts';

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

export const configRules = defineCommand({
  path: ['config', 'rules'],
  summary: 'List the validation and lint rules, or explain one',
  positionals: [{ name: 'ID', summary: 'ID of a rule, such as L040', required: false }],
  options: {},
  examples: [
    { title: 'All rules', command: 'aks-localdns config rules -o table' },
    { title: 'One rule', command: 'aks-localdns config rules L040' },
  ],
  effect: 'none',
  permissions: [],
  columns: [
    { header: 'ID', path: 'id' },
    { header: 'Severity', path: 'severity' },
    { header: 'Trigger', path: 'trigger' },
  ],
  run: async (_context, args) => {
    const { allRules, explainRule } = await import('../../../domain/localdns/lint/index.ts');
    const [id] = args._;
    if (id === undefined) return { value: allRules.map((rule) => ({ ...rule })) };
    const rule = explainRule(id);
    return { value: { ...rule }, formats: { table: () => asText(rule) } };
  },
});
