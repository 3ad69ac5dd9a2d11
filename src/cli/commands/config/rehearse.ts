import { UsageError } from '../../../core/errors.ts';
import type { JsonValue } from '../../../core/json.ts';
import { parseDuration } from '../../../core/text.ts';
import type { Context } from '../../framework/context.ts';
import { defineCommand, type Options } from '../../framework/definition.ts';
import { reportLayout } from '../../io/report-layout.ts';
import { fileArgument, nodeOptions } from '../../options/config.ts';

const options = {
  names: {
    type: 'string',
    repeatable: true,
    placeholder: 'NAME',
    summary: 'Names to look up, or a file with one name per line',
  },
  outage: { type: 'string', placeholder: 'DURATION', summary: 'Simulate an upstream outage of this length' },
  'upstream-latency': {
    type: 'integer',
    min: 0,
    max: 10_000,
    placeholder: 'MS',
    default: '0',
    summary: 'Response time of the upstreams in milliseconds',
  },
  coredns: { type: 'string', placeholder: 'PATH', summary: 'Path of the CoreDNS binary. Defaults to coredns on PATH' },
  ...nodeOptions,
} as const satisfies Options;

const maxNamesBytes = 1_048_576;

/** A name inside the cluster and one outside, both common on every node. */
const defaultNames = ['kubernetes.default.svc.cluster.local', 'www.bing.com'];

/**
 * A word that names an existing file, or can only be a path, is a file with one name per line. Any other word is a
 * name.
 */
async function fileOfNames(context: Context, word: string): Promise<Uint8Array | undefined> {
  if (word === '-' || /[/\\]/.test(word)) return context.input(word, maxNamesBytes);
  return context.files.read(word, maxNamesBytes).catch(() => undefined);
}

async function namesOf(context: Context, words: readonly string[]): Promise<readonly string[]> {
  const names: string[] = [];
  for (const word of words) {
    const bytes = await fileOfNames(context, word);
    if (bytes === undefined) {
      names.push(word);
      continue;
    }
    const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
    names.push(...lines.map((line) => line.replace(/#.*/, '').trim()).filter((line) => line !== ''));
  }
  return [...new Set(names)];
}

export const configRehearse = defineCommand({
  path: ['config', 'rehearse'],
  summary: 'Run CoreDNS with the profile on this machine and test its answers',
  description:
    'Runs CoreDNS on loopback ports with stub upstreams and looks up names on both listeners, over UDP and TCP. No traffic leaves the machine.',
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
  run: async (context, args) => {
    const { rehearsalText } = await import('../../../report/rehearsal.ts');
    const { rehearse } = await import('../../../usecases/rehearse/index.ts');
    const { effectiveFile } = await import('../../profile/file.ts');
    const { coreDnsRunner, dnsClient, stubUpstreams } = await import('../../../adapters/dns/index.ts');
    const { systemProcesses } = await import('../../../adapters/system/processes.ts');
    const [file] = args._;
    if (file === undefined) throw new UsageError('the following arguments are required: FILE');
    const outageSeconds = args.outage === undefined ? undefined : parseDuration(args.outage, '--outage');
    const names = args.names.length === 0 ? defaultNames : await namesOf(context, args.names);
    const profile = await effectiveFile(context, file);
    const report = await rehearse(
      { coreDns: coreDnsRunner(systemProcesses), stubs: stubUpstreams(context.clock), client: dnsClient },
      {
        profile,
        names,
        outageSeconds,
        upstreamLatencyMs: args.upstreamLatency,
        coreDnsPath: args.coredns,
        template: args.template,
        hostsPlugin: args.hostsPlugin,
        vnetDnsServers: args.vnetDns,
        coreDnsServiceIp: args.corednsServiceIp,
      },
      { clock: context.clock, emit: context.emit, signal: context.signal },
    );
    return {
      value: report as unknown as JsonValue,
      formats: { table: () => rehearsalText(report, reportLayout(context.terminal)) },
    };
  },
});
