import { defineCommand, type Options } from '../framework/definition.ts';

export const options = {
  speed: {
    type: 'integer',
    min: 1,
    max: 3600,
    placeholder: 'X',
    default: '30',
    summary: 'How fast time runs in the simulation',
  },
} as const satisfies Options;

export const demo = defineCommand({
  path: ['demo'],
  summary: 'Watch the whole main job on a simulated Azure',
  description:
    'Starts the simulator and runs the commands one after the other as child processes: setup, check, the reimage warning, enable, and what Azure stored. Nothing reaches Azure.',
  options,
  examples: [{ title: 'The demo', command: 'aks-localdns demo' }],
  effect: 'none',
  permissions: [],
  load: async () => import('./demo.run.ts'),
});
