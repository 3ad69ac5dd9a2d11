import { describe, expect, test } from 'vitest';
import { asString, at, isJsonObject, own } from '../../../../src/core/json.ts';
import { profileSchema } from '../../../../src/domain/localdns/schema/index.ts';
import { localDnsModes, newerSettings, overrideEnums } from '../../../../src/model/profile.ts';

const schema = profileSchema();
const definition = (name: string): unknown => at(schema, '$defs', name);
const settings = [
  'queryLogging',
  'protocol',
  'forwardDestination',
  'forwardPolicy',
  'maxConcurrent',
  'cacheDurationInSeconds',
  'serveStaleDurationInSeconds',
  'serveStale',
];

describe('the schema, for editors', () => {
  test('uses the declared dialect, and is a new copy each time', () => {
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(profileSchema()).toEqual(schema);
    expect(profileSchema()).not.toBe(schema);
  });

  test('has a title and a description for everything that an editor may show', () => {
    for (const name of [
      ...settings,
      'vnetDNSOverrides',
      'kubeDNSOverrides',
      'zoneName',
      'vnetRoot',
      'vnetZone',
      'kubeRoot',
      'kubeZone',
      'cluster',
      'clusterZone',
    ]) {
      expect(asString(own(definition(name), 'title')), name).toMatch(/\w/);
      expect(asString(own(definition(name), 'description')), name).toMatch(/^[A-Z].*\.$/);
    }
  });

  test('suggests the values of the API, with the documented spellings first', () => {
    expect(at(schema, 'properties', 'mode', 'enum')).toEqual([...localDnsModes]);
    expect(own(definition('protocol'), 'enum')).toEqual([...overrideEnums.protocol]);
    const properties = at(definition('vnetRoot'), 'properties');
    const spellings = Object.entries(isJsonObject(properties) ? properties : {});
    expect(spellings.filter(([, value]) => own(value, 'deprecated') !== true).map(([name]) => name)).toEqual([
      ...settings,
      ...newerSettings,
    ]);
    expect(spellings.filter(([, value]) => own(value, 'deprecated') === true)).toHaveLength(7);
  });

  test('has the documented defaults for each kind of zone', () => {
    const defaultOf = (kind: string, name: string): unknown => at(definition(kind), 'properties', name, 'default');
    expect(
      ['vnetRoot', 'vnetZone', 'kubeRoot', 'kubeZone', 'cluster', 'clusterZone'].map(
        (kind) => `${String(defaultOf(kind, 'protocol'))} ${String(defaultOf(kind, 'forwardDestination'))}`,
      ),
    ).toEqual([
      'PreferUDP VnetDNS',
      'PreferUDP VnetDNS',
      'PreferUDP ClusterCoreDNS',
      'PreferUDP ClusterCoreDNS',
      'ForceTCP ClusterCoreDNS',
      'PreferUDP ClusterCoreDNS',
    ]);
    expect(defaultOf('kubeRoot', 'cacheDurationInSeconds')).toBe(3600);
  });
});
