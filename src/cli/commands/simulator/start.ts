import { defineCommand, type Options } from '../../framework/definition.ts';

export const options = {
  port: { type: 'integer', min: 0, max: 65_535, default: 'a free one', summary: 'Port of the ARM endpoint' },
  clusters: {
    type: 'integer',
    min: 1,
    max: 20_000,
    placeholder: 'N',
    summary: 'Generate a varied fleet of so many clusters instead of the sample',
  },
  seed: {
    type: 'integer',
    min: 0,
    placeholder: 'N',
    default: '1',
    summary: 'Seed of the fleet: the same seed gives the same fleet',
  },
  speed: {
    type: 'integer',
    min: 1,
    max: 3600,
    placeholder: 'X',
    default: '1',
    summary: 'How fast time runs: 60 makes a minute a second',
  },
  scenario: {
    type: 'string',
    repeatable: true,
    placeholder: 'NAME',
    summary: 'Trouble to play; --list-scenarios shows the names',
  },
  'list-scenarios': { type: 'boolean', summary: 'List the scenarios and end' },
  load: {
    type: 'string',
    placeholder: 'FILE',
    summary: 'A JSON array of ARM resources, as GET returns them, instead of the sample',
  },
  'env-file': {
    type: 'string',
    aliases: ['write-env'],
    placeholder: 'FILE',
    summary:
      'Write the environment to use as KEY=value lines. Node takes --env-file for itself where the file is not there yet: --write-env is the same',
  },
  'request-log': {
    type: 'string',
    placeholder: 'FILE',
    summary: 'Write each request as a line of JSON: time, method, path, query, status',
  },
} as const satisfies Options;

export const simulatorStart = defineCommand({
  path: ['simulator', 'start'],
  summary: 'Start a simulated Azure on this machine and run until interrupted',
  description:
    'It answers over HTTPS on loopback with a throwaway certificate authority, beside a managed identity endpoint. Nothing of it reaches Azure.',
  options,
  examples: [
    { title: 'A minute a second', command: 'aks-localdns simulator start --speed 60 --write-env simulator.env' },
    {
      title: 'Rehearse a drain that is blocked',
      command: 'aks-localdns simulator start --scenario drain-blocked --speed 60',
    },
    { title: 'A fleet', command: 'aks-localdns simulator start --clusters 100 --seed 7' },
  ],
  effect: 'none',
  permissions: [],
  columns: [
    { header: 'Scenario', path: 'name' },
    { header: 'Summary', path: 'summary' },
  ],
  load: async () => import('./start.run.ts'),
});
