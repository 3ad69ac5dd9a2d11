import type { JsonObject } from '../../../core/json.ts';
import { localDnsModes, type OverrideMap } from '../../../model/profile.ts';
import { documentedDefault, requiredZones } from '../defaults.ts';
import { settingSchemas } from './settings.ts';
import { zoneSchemas } from './zones.ts';

const label = '[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?';

const name = `(?!\\d{1,3}(?:\\.\\d{1,3}){3}\\.?$)${label}(?:\\.${label})*\\.?`;

/** As the validator has them: DNS names, no IP addresses. */
const dnsName: JsonObject = { title: 'Name', type: 'string', maxLength: 254, pattern: `^(?:\\.|${name})$` };

/** The same, and not the zone by which LocalDNS checks itself. */
const zoneName: JsonObject = {
  title: 'Zone',
  description: 'A DNS name; the zone is for it and all names below it. A single dot is the root zone.',
  type: 'string',
  maxLength: 254,
  pattern: `^(?:\\.|(?!health-check\\.localdns\\.local\\.?$)${name})$`,
};

/** Letters in either case; regular expressions of a schema have no flags. */
function anyCase(word: string): string {
  return word
    .replace(/[a-z]/gi, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`)
    .replaceAll('.', String.raw`\.`);
}

function mapSchema(
  title: string,
  description: string,
  root: 'vnetRoot' | 'kubeRoot',
  zone: 'vnetZone' | 'kubeZone',
): JsonObject {
  return {
    title,
    description,
    type: 'object',
    propertyNames: { $ref: '#/$defs/zoneName' },
    properties: { '.': { $ref: `#/$defs/${root}` }, 'cluster.local': { $ref: '#/$defs/cluster' } },
    patternProperties: { [String.raw`.cluster\.local$`]: { $ref: '#/$defs/clusterZone' } },
    additionalProperties: { $ref: `#/$defs/${zone}` },
    required: [...requiredZones],
    maxProperties: 100,
  };
}

/** The Azure CLI takes the two maps in any case; the documented one is completed by editors. */
function otherCases(map: OverrideMap): readonly [string, JsonObject] {
  return [
    `^(?!${map}$)${anyCase(map)}$`,
    { $ref: `#/$defs/${map}`, deprecated: true, description: `Documented as ${map}.` },
  ];
}

/**
 * The JSON Schema (2020-12) of localdnsconfig.json. It takes a file where the validator has no `fail`, and refuses it
 * where it has one, apart from `schemaLimits`.
 */
export function profileSchema(): JsonObject {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:aks-localdns:localdnsconfig',
    title: 'LocalDNS profile of an AKS node pool',
    description:
      'The file of az aks nodepool add|update --localdns-config. Every change of it reimages all nodes of the pool.',
    type: 'object',
    properties: {
      $schema: { description: 'Where the schema of this file is, for editors; never sent.' },
      mode: {
        title: 'Mode',
        description:
          'Required: LocalDNS on every node, or the deployment fails. Disabled: off, the rest is kept. Preferred: AKS decides by the Kubernetes version.',
        enum: [...localDnsModes],
        examples: ['Required'],
      },
      state: { description: 'Set by Azure, ignored here.', readOnly: true },
      vnetDNSOverrides: { $ref: '#/$defs/vnetDNSOverrides' },
      kubeDNSOverrides: { $ref: '#/$defs/kubeDNSOverrides' },
    },
    patternProperties: Object.fromEntries([otherCases('vnetDNSOverrides'), otherCases('kubeDNSOverrides')]),
    additionalProperties: false,
    required: ['mode'],
    examples: [{ mode: 'Required' }, documentedDefault() as unknown as JsonObject],
    $defs: {
      vnetDNSOverrides: mapSchema(
        'Pods with dnsPolicy Default, and the node itself',
        'Zones by name. A map that is left out keeps what the pool has; one that is given replaces it whole.',
        'vnetRoot',
        'vnetZone',
      ),
      kubeDNSOverrides: mapSchema(
        'Pods with dnsPolicy ClusterFirst',
        'Zones by name. A map that is left out keeps what the pool has; one that is given replaces it whole.',
        'kubeRoot',
        'kubeZone',
      ),
      zoneName,
      dnsName,
      ...zoneSchemas,
      ...settingSchemas,
    },
  };
}
