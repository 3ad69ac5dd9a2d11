import { armLiteral } from '../../core/arm-template.ts';
import type { JsonObject } from '../../core/json.ts';
import { toYaml } from '../../core/yaml.ts';
import type { Alert, AlertSeverity } from './alerts.ts';
import type { OperatorNames } from './operator.ts';

const groupName = 'localdns';

const duration = (minutes: number): string => `${String(minutes)}m`;

function prometheusRule(alert: Alert): JsonObject {
  return {
    alert: alert.name,
    expr: alert.expression,
    ...(alert.forMinutes === 0 ? {} : { for: duration(alert.forMinutes) }),
    labels: { severity: alert.severity },
    annotations: { summary: alert.summary, description: alert.description },
  };
}

const prometheusGroups = (alerts: readonly Alert[]): JsonObject => ({
  groups: [{ name: groupName, rules: alerts.map(prometheusRule) }],
});

/** Azure's scale, 0 critical to 4 verbose. Source: Microsoft.AlertsManagement/prometheusRuleGroups 2023-03-01. */
const azureSeverity: Readonly<Record<AlertSeverity, number>> = { critical: 1, warning: 2, info: 3 };

/** An ARM template of one rule group for Azure Monitor managed service for Prometheus. */
function azureTemplate(alerts: readonly Alert[]): JsonObject {
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: {
      clusterName: { type: 'string', metadata: { description: 'Name of the managed cluster' } },
      azureMonitorWorkspaceId: {
        type: 'string',
        metadata: { description: 'Resource id of the Azure Monitor workspace that receives the metrics' },
      },
      location: {
        type: 'string',
        defaultValue: '[resourceGroup().location]',
        metadata: { description: 'Region of the Azure Monitor workspace' },
      },
      actionGroupIds: {
        type: 'array',
        defaultValue: [],
        metadata: { description: 'Resource ids of the action groups to notify' },
      },
    },
    variables: {
      copy: [
        {
          name: 'actions',
          count: "[length(parameters('actionGroupIds'))]",
          input: { actionGroupId: "[parameters('actionGroupIds')[copyIndex('actions')]]" },
        },
      ],
    },
    resources: [
      {
        type: 'Microsoft.AlertsManagement/prometheusRuleGroups',
        apiVersion: '2023-03-01',
        name: `[concat('${groupName}-', parameters('clusterName'))]`,
        location: "[parameters('location')]",
        properties: {
          description: 'LocalDNS of AKS node pools',
          scopes: ["[parameters('azureMonitorWorkspaceId')]"],
          clusterName: "[parameters('clusterName')]",
          enabled: true,
          interval: 'PT1M',
          rules: alerts.map((alert) => ({
            alert: alert.name,
            expression: armLiteral(alert.expression),
            for: `PT${String(alert.forMinutes)}M`,
            severity: azureSeverity[alert.severity],
            enabled: true,
            labels: { severity: alert.severity },
            annotations: { summary: armLiteral(alert.summary), description: armLiteral(alert.description) },
            actions: "[variables('actions')]",
            resolveConfiguration: { autoResolved: true, timeToResolve: 'PT10M' },
          })),
        },
      },
    ],
  };
}

type Writer = (alerts: readonly Alert[], names: OperatorNames) => string;

/** A new form is one line. */
const forms = {
  prometheus: (alerts) => toYaml(prometheusGroups(alerts)),
  operator: (alerts, { namespace, labels }) =>
    toYaml({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: groupName, namespace, labels },
      spec: prometheusGroups(alerts),
    }),
  azure: (alerts) => `${JSON.stringify(azureTemplate(alerts), null, 2)}\n`,
} as const satisfies Readonly<Record<string, Writer>>;

/** Alert rules as a document: a rule file, a PrometheusRule resource, or an ARM template. */
export function alertRules(alerts: readonly Alert[], form: keyof typeof forms, names: OperatorNames): string {
  return forms[form](alerts, names);
}
