import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { without, type JsonObject, type JsonValue } from '../../../src/core/json.ts';
import {
  documentedDefault,
  effectiveProfile,
  profileFromStored,
  profileForRequest,
  sameProfile,
} from '../../../src/domain/localdns/index.ts';
import { localDnsModes, overrideMaps } from '../../../src/model/profile.ts';
import { profileToSend, readOnlyProperties, requestProperties } from '../../../src/domain/change/request.ts';
import { poolProperties } from '../../support/fake-node-pools.ts';
import { storedDefault } from '../../usecases/nodepool/rig.ts';

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>;
const key = fc.stringMatching(/^[a-z][A-Za-z]{0,15}$/);
const pools: fc.Arbitrary<JsonObject> = fc
  .tuple(
    fc.dictionary(key, json, { maxKeys: 8 }),
    fc.option(fc.constantFrom(...localDnsModes), { nil: undefined }),
    fc.dictionary(key, json, { maxKeys: 3 }),
  )
  .map(([unknown, mode, inProfile]): JsonObject => ({
    ...poolProperties,
    status: { provisioningError: { code: 'X' } },
    ...without(unknown, ['localDNSProfile']),
    ...(mode === undefined ? {} : { localDNSProfile: { ...without(inProfile, overrideMaps), ...storedDefault(mode) } }),
  }));
const untouched = [...readOnlyProperties, 'localDNSProfile'];

describe('the request body', () => {
  test('is the answer of GET except for the profile and the read-only properties, whatever else the pool has', () => {
    fc.assert(
      fc.property(pools, fc.constantFrom(...localDnsModes), (properties, mode) => {
        const body = requestProperties(properties, { mode });
        expect(without(body, ['localDNSProfile'])).toEqual(without(properties, untouched));
        for (const name of readOnlyProperties) expect(body).not.toHaveProperty(name);
      }),
    );
  });

  test('has a profile with the requested effect, without the state, and with all other stored members', () => {
    fc.assert(
      fc.property(pools, fc.constantFrom(...localDnsModes), fc.boolean(), (properties, mode, reset) => {
        const stored = properties['localDNSProfile'] as JsonObject | undefined;
        const wanted = reset ? documentedDefault(mode) : { mode };
        const sent = profileToSend(wanted, stored);
        const expected = effectiveProfile(wanted, stored === undefined ? undefined : profileFromStored(stored));
        expect(sameProfile(effectiveProfile(profileFromStored(sent), undefined), expected)).toBe(true);
        expect(sent).not.toHaveProperty('state');
        for (const map of overrideMaps) expect(sent).toHaveProperty(map);
        const others = [...overrideMaps, 'mode', 'state'];
        const kept = Object.fromEntries(
          Object.entries(without(stored ?? {}, others)).filter(([, value]) => value !== null),
        );
        expect(without(sent, others)).toEqual(kept);
      }),
    );
  });

  test('completely replaces a given map, and keeps the stored one otherwise', () => {
    const stored = {
      ...storedDefault('Required'),
      kubeDNSOverrides: { '.': { maxConcurrent: 7, future: 1 }, 'cluster.local': {} },
    };
    const { vnetDNSOverrides } = documentedDefault();
    const sent = profileToSend(
      { mode: 'Required', vnetDNSOverrides: { ...vnetDNSOverrides, 'contoso.com': {} } },
      stored,
    );
    expect(sent['kubeDNSOverrides']).toEqual(stored.kubeDNSOverrides);
    expect(Object.keys(sent['vnetDNSOverrides'] as object)).toEqual(['.', 'cluster.local', 'contoso.com']);
  });

  test('changes the requested upgrade settings, and keeps the others', () => {
    const properties = { ...poolProperties, upgradeSettings: { maxSurge: '10%', undrainableNodeBehavior: 'Cordon' } };
    const body = requestProperties(properties, { mode: 'Required' }, { maxUnavailable: '1', maxSurge: '0' });
    expect(body['upgradeSettings']).toEqual({ maxSurge: '0', maxUnavailable: '1', undrainableNodeBehavior: 'Cordon' });
    expect(requestProperties(properties, { mode: 'Required' })['upgradeSettings']).toBe(properties.upgradeSettings);
  });

  test('is the complete documented default if nothing is stored', () => {
    expect(profileToSend({ mode: 'Required' }, undefined)).toEqual(profileForRequest(documentedDefault()));
  });
});
