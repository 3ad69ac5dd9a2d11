import { defineCommand } from '../../framework/definition.ts';
import { documentOptions } from '../../options/output.ts';

export const monitorDashboard = defineCommand({
  path: ['monitor', 'dashboard'],
  summary: 'Print a Grafana dashboard for LocalDNS',
  description:
    'A dashboard for Grafana 10.4 or later over the jobs localdns-metrics and localdns-exporter that monitor scrape-config sets up. ' +
    'Import it in Grafana, and choose the Prometheus data source at the top.',
  options: documentOptions,
  examples: [{ title: 'Save it', command: 'aks-localdns monitor dashboard --out localdns-dashboard.json' }],
  effect: 'none',
  permissions: [],
  run: async (context, args) => {
    const { dashboard } = await import('../../../domain/monitoring/index.ts');
    const { documentOut } = await import('../../profile/document-out.ts');
    return documentOut(context, args, [], async () => {
      const value = dashboard();
      return { value, document: `${JSON.stringify(value, null, 2)}\n` };
    });
  },
});
