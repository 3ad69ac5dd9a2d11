import { defineCommand, type Options } from '../../framework/definition.ts';
import { fileArgument, nodeOptions } from './options.ts';

export const options = {
  names: {
    type: 'string',
    repeatable: true,
    placeholder: 'NAME',
    summary: 'Names to look up, or a file with one a line',
  },
  outage: { type: 'string', placeholder: 'DURATION', summary: 'Let the upstreams fail for this long, and come back' },
  'upstream-latency': {
    type: 'integer',
    min: 0,
    max: 10_000,
    placeholder: 'MS',
    default: '0',
    summary: 'Milliseconds until an upstream answers',
  },
  coredns: { type: 'string', placeholder: 'PATH', summary: 'The CoreDNS program; found on PATH where it is not given' },
  ...nodeOptions,
} as const satisfies Options;

export const configRehearse = defineCommand({
  path: ['config', 'rehearse'],
  summary: 'Run a real CoreDNS with the profile on this machine and see what it answers',
  description:
    'CoreDNS runs on loopback ports with stub upstreams behind it; names are asked over both listeners, over UDP and TCP. Nothing leaves the machine.',
  positionals: [fileArgument],
  options,
  examples: [
    {
      title: 'With an outage',
      command:
        'aks-localdns config rehearse localdnsconfig.json --names www.bing.com kubernetes.default.svc.cluster.local --outage 30s',
    },
  ],
  effect: 'none',
  permissions: [],
  load: async () => import('./rehearse.run.ts'),
});
