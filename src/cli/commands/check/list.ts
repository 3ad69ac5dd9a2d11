import { defineCommand, type Options } from '../../framework/definition.ts';

export const options = {} as const satisfies Options;

export const checkList = defineCommand({
  path: ['check', 'list'],
  summary: 'List the checks of the prerequisite report',
  options,
  examples: [{ title: 'All checks', command: 'aks-localdns check list -o table' }],
  effect: 'none',
  permissions: [],
  columns: [
    { header: 'ID', path: 'id' },
    { header: 'Level', path: 'level' },
    { header: 'Preview', path: 'preview' },
    { header: 'GA', path: 'ga' },
    { header: 'Title', path: 'title' },
  ],
  load: async () => import('./list.run.ts'),
});
