import type { JsonObject } from '../../../core/json.ts';
import { localDnsModes, type OverrideMap } from '../../../model/profile.ts';
import { documentedDefault, requiredZones } from '../defaults.ts';
import { settingSchemas } from './settings.ts';
import { zoneSchemas } from './zones.ts';

const label = '[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?';

const name = `(?!\\d{1,3}(?:\\.\\d{1,3}){3}\\.?$)${label}(?:\\.${label})*\\.?`;

/** The same as in the validator: DNS names, but no IP addresses. */
const dnsName: JsonObject = { title: 'Name', type: 'string', maxLength: 254, pattern: `^(?:\\.|${name})$` };

/** The same, without the zone of the health check of LocalDNS. */
const zoneName: JsonObject = {
  title: 'Zone',
  description: 'A DNS name; the zone covers the name and its subdomains. A single dot is the root zone.',
  type: 'string',
  maxLength: 254,
  pattern: `^(?:\\.|(?!health-check\\.localdns\\.local\\.?$)${name})$`,
};

/** Matches letters in any case, because regular expressions in a schema have no flags. */
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

/** The Azure CLI accepts the two maps in any case; editors suggest only the documented spelling. */
function otherCases(map: OverrideMap): readonly [string, JsonObject] {
  return [
    `^(?!${map}$)${anyCase(map)}$`,
    { $ref: `#/$defs/${map}`, deprecated: true, description: `Documented as ${map}.` },
  ];
}

/**
 * The JSON Schema (2020-12) of localdnsconfig.json. It accepts a file if the validator reports no `fail` and rejects it
 * otherwise, except for `schemaLimits`.
 */
export function profileSchema(): JsonObject {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:aks-localdns:localdnsconfig',
    title: 'LocalDNS profile of an AKS node pool',
    description:
      'The file for az aks nodepool add|update --localdns-config. Every change of it reimages all nodes of the pool.',
    type: 'object',
    properties: {
      $schema: { description: 'The location of the schema of this file, for editors; never sent.' },
      mode: {
        title: 'Mode',
        description:
          'Required: LocalDNS runs on every node, or the deployment fails. Disabled: LocalDNS is off, and the ' +
          'overrides are kept. Preferred: AKS decides based on the Kubernetes version.',
        enum: [...localDnsModes],
        examples: ['Required'],
      },
      state: { description: 'Set by Azure; ignored in this file.', readOnly: true },
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
        'Zones by name. If this map is missing, the pool keeps its stored map; otherwise, this map replaces it ' +
          'completely.',
        'vnetRoot',
        'vnetZone',
      ),
      kubeDNSOverrides: mapSchema(
        'Pods with dnsPolicy ClusterFirst',
        'Zones by name. If this map is missing, the pool keeps its stored map; otherwise, this map replaces it ' +
          'completely.',
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
