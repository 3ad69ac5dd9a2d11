import { defineCommand } from '../../../framework/definition.ts';

export const configRulesList = defineCommand({
  path: ['config', 'rules', 'list'],
  summary: 'List the validation and lint rules',
  options: {},
  examples: [{ title: 'All rules', command: 'aks-localdns config rules list -o table' }],
  effect: 'none',
  permissions: [],
  columns: [
    { header: 'ID', path: 'id' },
    { header: 'Severity', path: 'severity' },
    { header: 'Trigger', path: 'trigger' },
  ],
  run: async () => {
    const { allRules } = await import('../../../../domain/localdns/lint/index.ts');
    return { value: allRules.map((rule) => ({ ...rule })) };
  },
});
