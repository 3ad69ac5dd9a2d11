import { asArray, asString, at, isJsonObject, own, without, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { Lock, SecurityGroup, Subnet, VirtualNetwork } from '../world.ts';

/** Where a loaded resource is, by the names of its id. */
interface Place {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** What ARM nests under `properties`, and az does not. */
function propertiesOf(resource: JsonValue): JsonObject {
  const nested = own(resource, 'properties');
  return isJsonObject(nested) ? nested : isJsonObject(resource) ? resource : {};
}

function texts(value: JsonValue | undefined): readonly string[] {
  return asArray(value).flatMap((entry) => asString(entry) ?? []);
}

function location(resource: JsonObject): string {
  return asString(own(resource, 'location')) ?? 'westeurope';
}

/** Node pools are counted from what is known of them; all else that holds an address is kept as a number. */
function subnetFrom(resource: JsonValue): Subnet | undefined {
  const name = asString(own(resource, 'name'));
  const properties = propertiesOf(resource);
  const one = asString(properties['addressPrefix']);
  const others = asArray(properties['ipConfigurations']).filter(
    (entry) => !/\/virtualMachineScaleSets\/aks-/i.test(asString(own(entry, 'id')) ?? ''),
  );
  if (name === undefined) return undefined;
  return {
    name,
    prefixes: one === undefined ? texts(properties['addressPrefixes']) : [one],
    securityGroup: asString(at(properties, 'networkSecurityGroup', 'id')),
    others: others.length,
  };
}

export function networkFrom(place: Place, resource: JsonObject): VirtualNetwork {
  const properties = propertiesOf(resource);
  const subnets = asArray(properties['subnets']).flatMap((entry) => subnetFrom(entry) ?? []);
  return {
    ...place,
    location: location(resource),
    prefixes: texts(at(properties, 'addressSpace', 'addressPrefixes')),
    dnsServers: texts(at(properties, 'dhcpOptions', 'dnsServers')),
    subnets: new Map(subnets.map((subnet) => [subnet.name.toLowerCase(), subnet])),
  };
}

export function securityGroupFrom(place: Place, resource: JsonObject): SecurityGroup {
  const rules = asArray(propertiesOf(resource)['securityRules']).flatMap((entry) => {
    const name = asString(own(entry, 'name'));
    const plain = without(propertiesOf(entry), ['id', 'name', 'type', 'etag', 'resourceGroup', 'provisioningState']);
    return name === undefined ? [] : [[name, plain] as const];
  });
  return { ...place, location: location(resource), rules: Object.fromEntries(rules) };
}

/** Undefined if its level is none of Azure's. */
export function lockFrom(scope: string, name: string, resource: JsonObject): Lock | undefined {
  const properties = propertiesOf(resource);
  const level = asString(properties['level']);
  const notes = asString(properties['notes']);
  return level === 'ReadOnly' || level === 'CanNotDelete' ? { scope, name, level, notes } : undefined;
}
