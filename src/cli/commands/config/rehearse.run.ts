import path from 'node:path';
import { UsageError } from '../../../core/errors.ts';
import type { JsonValue } from '../../../core/json.ts';
import { parseDuration } from '../../../core/text.ts';
import { rehearsalText } from '../../../report/rehearsal.ts';
import { rehearse } from '../../../usecases/rehearse/index.ts';
import type { Context } from '../../context.ts';
import type { Run } from '../../framework/definition.ts';
import { reportLayout } from '../../io/report-layout.ts';
import { effectiveFile } from './profile-source.ts';
import type { options } from './rehearse.ts';

const maxNamesBytes = 1_048_576;

/** One inside the cluster, one outside: what every node is asked for. */
const defaultNames = ['kubernetes.default.svc.cluster.local', 'www.bing.com'];

/**
 * A word that names a file that is there, or that can only be a path, is a file of names, one a line; any other is a
 * name.
 */
async function isFile(context: Context, word: string): Promise<boolean> {
  if (word === '-' || /[/\\]/.test(word)) return true;
  const found = await context.files.read(path.resolve(word), maxNamesBytes).catch(() => undefined);
  return found !== undefined;
}

async function namesOf(context: Context, words: readonly string[]): Promise<readonly string[]> {
  const names: string[] = [];
  for (const word of words) {
    if (!(await isFile(context, word))) {
      names.push(word);
      continue;
    }
    const lines = new TextDecoder().decode(await context.input(word, maxNamesBytes)).split(/\r?\n/);
    names.push(...lines.map((line) => line.replace(/#.*/, '').trim()).filter((line) => line !== ''));
  }
  return [...new Set(names)];
}

export const run: Run<typeof options> = async (context, args) => {
  const [file] = args._;
  if (file === undefined) throw new UsageError('the following arguments are required: FILE');
  const outageSeconds = args.outage === undefined ? undefined : parseDuration(args.outage, '--outage');
  const names = args.names.length === 0 ? defaultNames : await namesOf(context, args.names);
  const profile = await effectiveFile(context, file);
  const [{ coreDnsRunner, dnsClient, stubUpstreams }, { systemProcesses }] = await Promise.all([
    import('../../../adapters/dns/index.ts'),
    import('../../../adapters/system/processes.ts'),
  ]);
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
};
