import {
  asArray,
  asNumber,
  asString,
  at,
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../../../core/json.ts';
import type { SecurityRule } from '../../../model/inventory.ts';
import type { Fleet } from '../../../model/ports.ts';
import { apiVersions } from '../../../model/api-versions.ts';
import type { ArmClient, ArmRequest } from '../arm/client.ts';
import { answerWithout } from '../errors/classify.ts';
import { safeText } from '../../../core/redact.ts';
import type { Budgets } from '../operations/budgets.ts';
import { networkTarget, type NetworkKind } from './network-ids.ts';
import { readOnce } from './read-once.ts';

function texts(value: JsonValue | undefined): readonly string[] {
  return asArray(value).flatMap((item) => (typeof item === 'string' && item !== '' ? [safeText(item)] : []));
}

/** Azure writes one value in the singular and several in the plural, and leaves the other text or list empty. */
function eitherSpelling(properties: JsonValue | undefined, singular: string, plural: string): readonly string[] {
  return [...new Set([...texts([own(properties, singular) ?? null]), ...texts(own(properties, plural))])];
}

function word(properties: JsonValue | undefined, key: string): string {
  return safeText(asString(own(properties, key)) ?? '');
}

/** A rule whose source or destination is an application security group has no address for it. */
function readRule(entry: JsonValue): readonly SecurityRule[] {
  const properties = own(entry, 'properties');
  const priority = asNumber(own(properties, 'priority'));
  if (!isJsonObject(properties) || priority === undefined) return [];
  return [
    {
      name: word(entry, 'name'),
      direction: word(properties, 'direction'),
      access: word(properties, 'access'),
      priority,
      protocol: word(properties, 'protocol'),
      sources: eitherSpelling(properties, 'sourceAddressPrefix', 'sourceAddressPrefixes'),
      destinations: eitherSpelling(properties, 'destinationAddressPrefix', 'destinationAddressPrefixes'),
      ports: eitherSpelling(properties, 'destinationPortRange', 'destinationPortRanges'),
    },
  ];
}

export interface NetworkDeps {
  readonly budgets: Budgets;
  readonly signal: AbortSignal;
}

type Networks = Pick<Fleet, 'subnet' | 'virtualNetwork' | 'securityRules'>;

/** Whether a member is a list, or absent, as Azure omits an empty list. */
function isListOrAbsent(value: JsonValue | undefined): boolean {
  return value === undefined || Array.isArray(value);
}

/** Whether a resource has its required members. Source: Azure REST API, Microsoft.Network. */
const whole: Readonly<Record<NetworkKind, (properties: JsonObject) => boolean>> = {
  subnet: (properties) =>
    eitherSpelling(properties, 'addressPrefix', 'addressPrefixes').length > 0 &&
    isListOrAbsent(properties['ipConfigurations']),
  'virtual network': (properties) =>
    isJsonObject(properties['addressSpace']) && isListOrAbsent(at(properties, 'dhcpOptions', 'dnsServers')),
  'network security group': (properties) =>
    Array.isArray(properties['securityRules']) && isListOrAbsent(properties['defaultSecurityRules']),
};

/** The networks of node pools. Each resource is read once per process. Source: Azure REST API, Microsoft.Network. */
export function createNetworks(client: ArmClient, { budgets, signal }: NetworkDeps): Networks {
  function reader<T>(
    kind: NetworkKind,
    convert: (id: string, properties: JsonObject) => T,
  ): (id: string) => Promise<T> {
    const read = readOnce<T>(
      (id = '') => id.toLowerCase(),
      async (id = '') => {
        const { subscriptionId, path } = networkTarget(kind, id);
        await budgets.take('reads', subscriptionId, signal);
        const request: ArmRequest = { method: 'GET', to: { path, apiVersion: apiVersions.network } };
        return client.read(subscriptionId, request, (answer) => {
          const properties = own(answer.body, 'properties');
          if (!isJsonObject(properties) || !whole[kind](properties)) throw answerWithout(answer, `the ${kind}`);
          return convert(safeText(asString(own(answer.body, 'id')) ?? id), properties);
        });
      },
    );
    return async (id) => read(id);
  }
  return {
    subnet: reader('subnet', (id, properties) => ({
      id,
      prefixes: eitherSpelling(properties, 'addressPrefix', 'addressPrefixes'),
      // One entry for each address in use, whatever uses it.
      used: asArray(own(properties, 'ipConfigurations')).length,
      networkSecurityGroupId: asString(at(properties, 'networkSecurityGroup', 'id')),
    })),
    virtualNetwork: reader('virtual network', (id, properties) => ({
      id,
      dnsServers: texts(at(properties, 'dhcpOptions', 'dnsServers')),
    })),
    securityRules: reader('network security group', (_, properties) =>
      [...asArray(own(properties, 'securityRules')), ...asArray(own(properties, 'defaultSecurityRules'))].flatMap(
        readRule,
      ),
    ),
  };
}
