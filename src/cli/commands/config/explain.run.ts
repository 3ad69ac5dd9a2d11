import { UsageError } from '../../../core/errors.ts';
import type { JsonValue } from '../../../core/json.ts';
import { explainLookup } from '../../../domain/localdns/resolve/index.ts';
import { explainTree } from '../../../report/lookup-tree.ts';
import type { Run } from '../../framework/definition.ts';
import { reportLayout } from '../../io/report-layout.ts';
import { effectiveFile } from './profile-source.ts';
import type { options } from './explain.ts';

export const run: Run<typeof options> = async (context, args) => {
  const [name, file] = args._;
  if (name === undefined) throw new UsageError('the following arguments are required: NAME');
  const profile = await effectiveFile(context, file);
  const explanation = explainLookup(profile, {
    name,
    dnsPolicy: args.dnsPolicy,
    hostNetwork: args.hostNetwork,
    namespace: args.namespace,
    type: args.type,
    ndots: args.ndots,
    nodeSuffix: args.nodeSuffix,
    vnetDnsServers: args.vnetDns,
    coreDnsServiceIp: args.corednsServiceIp,
    template: args.template,
    hostsPlugin: args.hostsPlugin,
  });
  const tree = (): string => explainTree(explanation, reportLayout(context.terminal));
  return {
    value: explanation as unknown as JsonValue,
    ...(args.trace ? { document: tree() } : {}),
    formats: { table: tree },
  };
};
