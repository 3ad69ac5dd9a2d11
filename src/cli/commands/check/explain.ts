import { defineCommand, type Options } from '../../framework/definition.ts';

export const options = {} as const satisfies Options;

export const checkExplain = defineCommand({
  path: ['check', 'explain'],
  summary: 'Explain a check: why it is there, since when, its source, the fix, and how to ignore it',
  positionals: [{ name: 'ID', summary: 'The id of the check, such as vm-vcpus', required: true }],
  options,
  examples: [{ title: 'Why four vCPUs', command: 'aks-localdns check explain vm-vcpus' }],
  effect: 'none',
  permissions: [],
  load: async () => import('./explain.run.ts'),
});
