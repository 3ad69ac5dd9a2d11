import { UsageError } from '../../../core/errors.ts';
import { inputName } from '../../../core/stdin.ts';
import { list } from '../../../core/text.ts';
import { defineCommand, type Options } from '../../framework/definition.ts';
import { operatorNames, operatorOptions } from '../../options/operator.ts';
import { documentOptions } from '../../options/output.ts';

const options = {
  exporter: {
    type: 'boolean',
    summary: 'Scrape port 9353 too: state, memory, CPU time and upstreams of the systemd unit',
  },
  merge: {
    type: 'string',
    placeholder: 'FILE',
    summary: 'Existing ConfigMap ama-metrics-prometheus-config-node to add the jobs to, or - for standard input',
  },
  operator: { type: 'boolean', summary: 'Write ScrapeConfig resources for the Prometheus Operator instead' },
  ...operatorOptions,
  ...documentOptions,
} as const satisfies Options;

/** A ConfigMap holds at most 1 MiB. Source: Kubernetes documentation, ConfigMaps. */
const maxBytes = 4 * 1024 * 1024;

export const monitorScrapeConfig = defineCommand({
  path: ['monitor', 'scrape-config'],
  summary: 'Print the scrape configuration for the metrics of LocalDNS',
  description:
    'The ConfigMap ama-metrics-prometheus-config-node for Azure Monitor managed service for Prometheus, or ScrapeConfig resources for the Prometheus Operator. ' +
    'Apply it with kubectl apply -f.',
  options,
  examples: [
    { title: 'For managed Prometheus', command: 'aks-localdns monitor scrape-config --exporter --out scrape.yaml' },
    {
      title: 'Added to the ConfigMap that the cluster has',
      command: 'aks-localdns monitor scrape-config --merge configmap.yaml --out scrape.yaml',
    },
    {
      title: 'For the Prometheus Operator',
      command: 'aks-localdns monitor scrape-config --operator --label release=prometheus',
    },
  ],
  effect: 'none',
  permissions: [],
  run: async (context, args) => {
    const { mergeScrapeConfig, operatorScrapeConfigs, scrapeConfigMap } =
      await import('../../../domain/monitoring/index.ts');
    const { documentOut } = await import('../../profile/document-out.ts');
    const { merge } = args;
    if (merge !== undefined && args.operator) throw new UsageError('--merge cannot be combined with --operator.');
    const names = operatorNames(args, { is: args.operator, by: '--operator' });
    return documentOut(context, args, [{ option: '--merge', file: merge }], async () => {
      if (args.operator) return asDocument(operatorScrapeConfigs(args.exporter, names));
      if (merge === undefined) return asDocument(scrapeConfigMap(args.exporter));
      const text = new TextDecoder().decode(await context.input(merge, maxBytes));
      const { document, kept } = mergeScrapeConfig(text, inputName(merge), args.exporter);
      if (kept.length > 0) context.say(`Already scraped, and left unchanged: ${list(kept)}.`);
      return asDocument(document);
    });
  },
});

const asDocument = (document: string) => ({ value: { document }, document });
