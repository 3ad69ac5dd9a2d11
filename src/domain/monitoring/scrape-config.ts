import { UsageError } from '../../core/errors.ts';
import { asArray, asString, at, isJsonObject, own, without, type JsonObject, type JsonValue } from '../../core/json.ts';
import { appendToYamlList, parseYaml, toYaml } from '../../core/yaml.ts';
import { coreDnsEndpoint, exporterEndpoint, scrapeInterval, type MetricsEndpoint } from './endpoints.ts';
import type { OperatorNames } from './operator.ts';

/** The ConfigMap that the metrics add-on reads on every node. Source: Azure Monitor, custom scrape configuration. */
const configMapName = 'ama-metrics-prometheus-config-node';
const configMapNamespace = 'kube-system';
const configKey = 'prometheus-config';

/** Members that the API server writes; sent back, they are stale or refused. */
const serverMetadata = ['creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'uid'];
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

const endpoints = (exporter: boolean): readonly MetricsEndpoint[] =>
  exporter ? [coreDnsEndpoint, exporterEndpoint] : [coreDnsEndpoint];

/** A job of the add-on, which replaces $NODE_IP and $NODE_NAME on each node. Source: the guide, Monitor LocalDNS. */
function nodeJob({ job, port }: MetricsEndpoint): JsonObject {
  return {
    job_name: job,
    scheme: 'http',
    metrics_path: '/metrics',
    scrape_interval: scrapeInterval,
    relabel_configs: [
      { source_labels: ['__metrics_path__'], regex: '(.*)', target_label: 'metrics_path' },
      { source_labels: ['__address__'], replacement: '$NODE_NAME', target_label: 'instance' },
    ],
    static_configs: [{ targets: [`$NODE_IP:${String(port)}`] }],
  };
}

function objectAt(value: JsonValue, key: string): JsonObject {
  const member = own(value, key);
  return isJsonObject(member) ? member : {};
}

const configMap = (prometheusConfig: string, rest: JsonObject = {}, metadata: JsonObject = {}): string =>
  toYaml({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...metadata, name: configMapName, namespace: configMapNamespace },
    ...without(rest, ['apiVersion', 'kind', 'metadata', 'data']),
    data: { ...objectAt(rest, 'data'), [configKey]: prometheusConfig },
  });

/** The ConfigMap of the guide for Azure Monitor managed service for Prometheus; `exporter` adds port 9353. */
export function scrapeConfigMap(exporter: boolean): string {
  return configMap(toYaml({ scrape_configs: endpoints(exporter).map(nodeJob) }));
}

export interface MergedConfigMap {
  readonly document: string;
  /** Jobs that were there already and stay as they are. */
  readonly kept: readonly string[];
}

/** Jobs whose static targets have the port. */
function jobsFor(jobs: readonly JsonValue[], port: number): readonly string[] {
  const scrapes = (job: JsonValue): boolean =>
    asArray(own(job, 'static_configs'))
      .flatMap((config) => asArray(own(config, 'targets')))
      .some((target) => asString(target)?.endsWith(`:${String(port)}`) === true);
  return jobs.filter(scrapes).map((job) => asString(own(job, 'job_name')) ?? '');
}

/**
 * An existing ConfigMap with the jobs of LocalDNS added. Everything else in it stays, comments in the Prometheus
 * configuration included. `name` is the file's name, for messages.
 * @throws UsageError for a document that is not this ConfigMap, or if another job has the name of ours
 */
export function mergeScrapeConfig(text: string, name: string, exporter: boolean): MergedConfigMap {
  const existing = parseYaml(text, name);
  const metadata = objectAt(existing, 'metadata');
  if (!isJsonObject(existing) || own(existing, 'kind') !== 'ConfigMap' || own(metadata, 'name') !== configMapName)
    throw new UsageError(`${name} is not the ConfigMap ${configMapName}.`, [
      `Run: kubectl get configmap ${configMapName} --namespace ${configMapNamespace} --output yaml`,
    ]);
  const namespace = own(metadata, 'namespace') ?? configMapNamespace;
  if (namespace !== configMapNamespace)
    throw new UsageError(`${name} is not in the namespace ${configMapNamespace}, which the metrics add-on reads.`);
  const config = asString(at(existing, 'data', configKey)) ?? '';
  const jobs = scrapeJobs(config, `${configKey} of ${name}`);

  const targets = endpoints(exporter).map((endpoint) => ({ endpoint, kept: jobsFor(jobs, endpoint.port) }));
  const missing = targets.flatMap(({ endpoint, kept }) => (kept.length === 0 ? [endpoint] : []));
  const taken = missing.find(({ job }) => jobs.some((one) => own(one, 'job_name') === job));
  if (taken !== undefined)
    throw new UsageError(`The job ${taken.job} in ${name} does not scrape port ${String(taken.port)}.`, [
      'Rename or remove that job, then run the command again.',
    ]);
  const merged = missing.length === 0 ? config : appendToYamlList(config, 'scrape_configs', missing.map(nodeJob));
  const annotations = without(objectAt(metadata, 'annotations'), [lastApplied]);
  return {
    document: configMap(merged, existing, {
      ...without(metadata, [...serverMetadata, 'annotations']),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    }),
    kept: targets.flatMap(({ kept }) => kept),
  };
}

/** The jobs of a Prometheus configuration, which may be empty. @throws UsageError for what is not one */
function scrapeJobs(config: string, name: string): readonly JsonValue[] {
  const parsed = config.trim() === '' ? {} : parseYaml(config, name);
  const jobs = own(parsed, 'scrape_configs') ?? [];
  if (!isJsonObject(parsed) || !Array.isArray(jobs)) throw new UsageError(`${name} is not a Prometheus configuration.`);
  return jobs;
}

/** The node label that AKS sets while LocalDNS is on. Source: AgentBaker, localdns.sh. */
const stateLabel = '__meta_kubernetes_node_label_kubernetes_azure_com_localdns_state';

/** A ScrapeConfig of the Prometheus Operator, which finds the nodes by the Kubernetes API. */
function operatorScrapeConfig({ job, port }: MetricsEndpoint, { namespace, labels }: OperatorNames): JsonObject {
  return {
    apiVersion: 'monitoring.coreos.com/v1alpha1',
    kind: 'ScrapeConfig',
    metadata: { name: job, namespace, labels },
    spec: {
      kubernetesSDConfigs: [{ role: 'Node' }],
      scheme: 'HTTP',
      metricsPath: '/metrics',
      scrapeInterval,
      relabelings: [
        { action: 'keep', sourceLabels: [stateLabel], regex: 'enabled' },
        {
          sourceLabels: ['__meta_kubernetes_node_address_InternalIP'],
          regex: '(.+)',
          replacement: `$1:${String(port)}`,
          targetLabel: '__address__',
        },
        { sourceLabels: ['__meta_kubernetes_node_name'], targetLabel: 'instance' },
        { sourceLabels: ['__meta_kubernetes_node_label_kubernetes_azure_com_agentpool'], targetLabel: 'agentpool' },
        { replacement: job, targetLabel: 'job' },
      ],
    },
  };
}

/** ScrapeConfig resources for the Prometheus Operator (v0.65 or later). */
export function operatorScrapeConfigs(exporter: boolean, names: OperatorNames): string {
  return endpoints(exporter)
    .map((endpoint) => toYaml(operatorScrapeConfig(endpoint, names)))
    .join('---\n');
}
