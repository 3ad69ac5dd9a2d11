import { defineCommand } from '../../framework/definition.ts';

export const configRules = defineCommand({
  path: ['config', 'rules'],
  summary: 'List the rules that files are judged by, or explain one',
  positionals: [{ name: 'ID', summary: 'The id of a rule, such as L040', required: false }],
  options: {},
  examples: [
    { title: 'All rules', command: 'aks-localdns config rules -o table' },
    { title: 'One of them', command: 'aks-localdns config rules L040' },
  ],
  effect: 'none',
  permissions: [],
  columns: [
    { header: 'ID', path: 'id' },
    { header: 'Severity', path: 'severity' },
    { header: 'Trigger', path: 'trigger' },
  ],
  load: async () => import('./rules.run.ts'),
});
