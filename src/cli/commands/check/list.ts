import { defineCommand } from '../../framework/definition.ts';

export const checkList = defineCommand({
  path: ['check', 'list'],
  summary: 'List the checks of the prerequisite report',
  options: {},
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
  run: async () => {
    const { checkList } = await import('../../../domain/checks/index.ts');
    return {
      value: checkList().map(({ id, level, severity, title, since, until }) => ({
        id,
        level,
        preview: severity.preview,
        ga: severity.ga,
        title,
        since,
        ...(until === undefined ? {} : { until }),
      })),
    };
  },
});
