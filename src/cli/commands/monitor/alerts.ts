import { isIP } from 'node:net';
import { UsageError } from '../../../core/errors.ts';
import { oneLine } from '../../../core/text.ts';
import { defineCommand, type Options } from '../../framework/definition.ts';
import { operatorNames, operatorOptions } from '../../options/operator.ts';
import { documentOptions } from '../../options/output.ts';

const options = {
  to: {
    type: 'string',
    choices: ['prometheus', 'operator', 'azure'],
    default: 'prometheus',
    summary: 'A Prometheus rule file, a PrometheusRule resource, or an ARM template of a managed Prometheus rule group',
  },
  upstream: {
    type: 'string',
    repeatable: true,
    placeholder: 'IP',
    summary: 'Expected upstream DNS servers (of the VNet, and the DNS service IP); others raise an alert',
  },
  ...operatorOptions,
  ...documentOptions,
} as const satisfies Options;

export const monitorAlerts = defineCommand({
  path: ['monitor', 'alerts'],
  summary: 'Print alert rules for LocalDNS',
  description:
    'Alerts on the jobs localdns-metrics and localdns-exporter that monitor scrape-config sets up: LocalDNS down, upstreams down, outages hidden by stale answers, errors, limits. ' +
    'The thresholds are a start; adapt them to your clusters.',
  options,
  examples: [
    { title: 'A Prometheus rule file', command: 'aks-localdns monitor alerts --out localdns-alerts.yaml' },
    {
      title: 'For managed Prometheus, as an ARM template',
      command: 'aks-localdns monitor alerts --to azure --out localdns-alerts.json',
    },
    {
      title: 'With the DNS servers that nodes are expected to use',
      command: 'aks-localdns monitor alerts --upstream 10.1.0.4 10.1.0.5 10.0.0.10',
    },
  ],
  effect: 'none',
  permissions: [],
  run: async (context, args) => {
    const { alertRules, alerts } = await import('../../../domain/monitoring/index.ts');
    const { documentOut } = await import('../../profile/document-out.ts');
    const wrong = args.upstream.find((address) => isIP(address) === 0);
    if (wrong !== undefined) throw new UsageError(`--upstream: '${oneLine(wrong)}' is not an IP address.`);
    const form = args.to ?? 'prometheus';
    const names = operatorNames(args, { is: form === 'operator', by: '--to operator' });
    return documentOut(context, args, [], async () => {
      const document = alertRules(alerts(args.upstream), form, names);
      return { value: { document }, document };
    });
  },
});
