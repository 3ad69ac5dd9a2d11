import { describe, expect, test } from 'vitest';
import { at, isJsonObject, type JsonObject, type JsonValue } from '../../src/core/json.ts';
import { poolPath, propertiesOf, update, wire, type Answer } from './client.ts';

const zone: JsonObject = { queryLogging: 'Log' };
const both: JsonObject = { '.': zone, 'cluster.local': zone };

async function add(localDNSProfile: JsonValue): Promise<Answer> {
  return wire().send('PUT', poolPath('fresh'), { body: { properties: { count: 1, mode: 'User', localDNSProfile } } });
}

describe('a LocalDNS profile on a new pool', () => {
  test.each<[string, JsonValue, string, string]>([
    ['no mode', {}, 'mode', 'value Unspecified is not allowed. Only Preferred, Required and Disabled are allowed.'],
    [
      'mode null',
      { mode: null },
      'mode',
      'value Unspecified is not allowed. Only Preferred, Required and Disabled are allowed.',
    ],
    [
      'an empty mode',
      { mode: '' },
      'mode',
      'value Invalid is not allowed. Only Preferred, Required and Disabled are allowed.',
    ],
    [
      'an unknown mode, before the zones',
      { mode: 'Sometimes', vnetDNSOverrides: {} },
      'mode',
      'value Invalid is not allowed. Only Preferred, Required and Disabled are allowed.',
    ],
    [
      'only the kube map',
      { mode: 'Required', kubeDNSOverrides: { '.': zone } },
      'vnetDNSOverrides',
      'VnetDNSOverrides must not be nil.',
    ],
    [
      'only the vnet map',
      { mode: 'Required', vnetDNSOverrides: both },
      'kubeDNSOverrides',
      'KubeDNSOverrides must not be nil.',
    ],
    [
      'empty maps',
      { mode: 'Required', vnetDNSOverrides: {}, kubeDNSOverrides: {} },
      'vnetDNSOverrides',
      'zone \'"."\' is required in VnetDNSOverrides.',
    ],
    [
      'a vnet map without cluster.local',
      { mode: 'Required', vnetDNSOverrides: { '.': zone }, kubeDNSOverrides: {} },
      'vnetDNSOverrides',
      'zone \'"cluster.local"\' is required in VnetDNSOverrides.',
    ],
    [
      'a vnet map without cluster.local and no kube map',
      { mode: 'Required', vnetDNSOverrides: { '.': zone } },
      'vnetDNSOverrides',
      'zone \'"cluster.local"\' is required in VnetDNSOverrides.',
    ],
    [
      'a kube map without cluster.local',
      { mode: 'Required', vnetDNSOverrides: both, kubeDNSOverrides: { '.': zone } },
      'kubeDNSOverrides',
      'zone \'"cluster.local"\' is required in KubeDNSOverrides.',
    ],
  ])('with %s is refused as recorded', async (_, profile, target, detail) => {
    const answer = await add(profile);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      code: 'InvalidParameter',
      details: null,
      message: `The value of parameter localDNSProfile.${target} is invalid. Error details: ${detail}`,
      subcode: '',
      target: `localDNSProfile.${target}`,
    });
  });

  test.each<[string, JsonObject]>([
    [
      'the root of the VNet to CoreDNS',
      {
        vnetDNSOverrides: { '.': { forwardDestination: 'ClusterCoreDNS' }, 'cluster.local': {} },
        kubeDNSOverrides: both,
      },
    ],
    [
      'cluster.local to the VNet',
      { vnetDNSOverrides: both, kubeDNSOverrides: { '.': {}, 'cluster.local': { forwardDestination: 'VnetDNS' } } },
    ],
    [
      'a zone below cluster.local to the VNet',
      { vnetDNSOverrides: { ...both, 'svc.cluster.local': { forwardDestination: 'VnetDNS' } }, kubeDNSOverrides: both },
    ],
    [
      'an external zone of the VNet to CoreDNS',
      {
        vnetDNSOverrides: { ...both, 'contoso.com': { forwardDestination: 'ClusterCoreDNS' } },
        kubeDNSOverrides: both,
      },
    ],
    [
      'ForceTCP with Verify',
      {
        vnetDNSOverrides: both,
        kubeDNSOverrides: { '.': { protocol: 'ForceTCP', serveStale: 'Verify' }, 'cluster.local': {} },
      },
    ],
    [
      'a negative maxConcurrent',
      { vnetDNSOverrides: both, kubeDNSOverrides: { '.': { maxConcurrent: -1 }, 'cluster.local': {} } },
    ],
    [
      'a duration of 0',
      { vnetDNSOverrides: both, kubeDNSOverrides: { '.': { cacheDurationInSeconds: 0 }, 'cluster.local': {} } },
    ],
    [
      "the documentation's serveStale Disabled",
      { vnetDNSOverrides: both, kubeDNSOverrides: { '.': { serveStale: 'Disabled' }, 'cluster.local': {} } },
    ],
    ['a zone that is no name', { vnetDNSOverrides: { ...both, 'a..b': {} }, kubeDNSOverrides: both }],
    [
      '101 zones',
      {
        vnetDNSOverrides: {
          ...both,
          ...Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`z${String(index)}.example`, {}])),
        },
        kubeDNSOverrides: both,
      },
    ],
    ['an unknown property', { vnetDNSOverrides: both, kubeDNSOverrides: both, extra: true }],
    ['an unknown setting', { vnetDNSOverrides: both, kubeDNSOverrides: { '.': { extra: 1 }, 'cluster.local': {} } }],
  ])('with %s is refused', async (_, maps) => {
    const answer = await add({ mode: 'Required', ...maps });
    expect([answer.status, answer.body['code']]).toEqual([400, 'InvalidParameter']);
  });

  test.each(['Required', 'Disabled', 'Preferred'])(
    'with the mode %s alone gets the documented defaults',
    async (mode) => {
      const answer = await add({ mode });
      expect(answer.status).toBe(201);
      const common = {
        queryLogging: 'Error',
        forwardPolicy: 'Sequential',
        maxConcurrent: 1000,
        cacheDurationInSeconds: 3600,
        serveStaleDurationInSeconds: 3600,
        serveStale: 'Immediate',
      };
      const inside = { ...common, protocol: 'ForceTCP', forwardDestination: 'ClusterCoreDNS' };
      expect(propertiesOf(answer)['localDNSProfile']).toEqual({
        mode,
        state: mode === 'Required' ? 'Enabled' : 'Disabled',
        vnetDNSOverrides: {
          '.': { ...common, protocol: 'PreferUDP', forwardDestination: 'VnetDNS' },
          'cluster.local': inside,
        },
        kubeDNSOverrides: {
          '.': { ...common, protocol: 'PreferUDP', forwardDestination: 'ClusterCoreDNS' },
          'cluster.local': inside,
        },
      });
    },
  );

  test('gets defaults for the missing settings of its zones', async () => {
    const answer = await add({
      mode: 'Required',
      vnetDNSOverrides: { ...both, 'contoso.com': {} },
      kubeDNSOverrides: both,
    });
    expect(at(propertiesOf(answer), 'localDNSProfile', 'vnetDNSOverrides', 'contoso.com')).toMatchObject({
      protocol: 'PreferUDP',
      forwardDestination: 'VnetDNS',
    });
    expect(at(propertiesOf(answer), 'localDNSProfile', 'kubeDNSOverrides', '.', 'queryLogging')).toBe('Log');
  });
});

describe('a LocalDNS profile on a pool that has one', () => {
  test('keeps a map that is left out, and replaces a given one completely', async () => {
    const on = wire();
    await update(on, 'userpool', {
      localDNSProfile: { mode: 'Required', vnetDNSOverrides: { ...both, 'contoso.com': {} }, kubeDNSOverrides: both },
    });
    on.advance(1000);
    await update(on, 'userpool', {
      localDNSProfile: { mode: 'Required', kubeDNSOverrides: { '.': {}, 'cluster.local': {} } },
    });
    const stored = on.simulator.pool('aks-demo', 'userpool')?.['localDNSProfile'];
    expect(Object.keys((at(stored, 'vnetDNSOverrides') ?? {}) as JsonObject)).toContain('contoso.com');
    expect(at(stored, 'kubeDNSOverrides', '.', 'queryLogging')).toBe('Error');
  });

  test('keeps its overrides when it is disabled', async () => {
    const on = wire();
    await update(on, 'userpool', {
      localDNSProfile: { mode: 'Required', vnetDNSOverrides: both, kubeDNSOverrides: both },
    });
    on.advance(1000);
    await update(on, 'userpool', { localDNSProfile: { mode: 'Disabled' } });
    const stored = on.simulator.pool('aks-demo', 'userpool')?.['localDNSProfile'];
    expect(isJsonObject(stored) ? [stored['mode'], stored['state']] : []).toEqual(['Disabled', 'Disabled']);
    expect(at(stored, 'vnetDNSOverrides', '.', 'queryLogging')).toBe('Log');
  });
});

describe('the prerequisites of Required', () => {
  test.each([
    ['smallpool', 'aks-demo', 'vCPUs'],
    ['winpool', 'aks-demo', 'Windows'],
    ['oldpool', 'aks-demo', 'Ubuntu 22.04'],
    ['userpool', 'aks-old', '1.31'],
  ])('refuse %s of %s for its %s', async (pool, cluster, word) => {
    const on = wire();
    const answer = await update(on, pool, { localDNSProfile: { mode: 'Required' } }, cluster);
    expect([answer.status, answer.body['code'], answer.body['target']]).toEqual([
      400,
      'InvalidParameter',
      'localDNSProfile.mode',
    ]);
    expect(answer.body['message']).toContain(word);
    expect((await update(on, pool, { localDNSProfile: { mode: 'Disabled' } }, cluster)).status).toBe(200);
  });

  test.each(['tightpool', 'retiredpool', 'linuxpool', 'mixedpool', 'fipspool', 'oldimage'])(
    'let %s through',
    async (pool) => {
      expect((await update(wire(), pool, { localDNSProfile: { mode: 'Required' } }, 'aks-edge')).status).toBe(200);
    },
  );
});
