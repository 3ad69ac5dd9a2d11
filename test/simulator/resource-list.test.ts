import { describe, expect, test } from 'vitest';
import { asArray, asString, own } from '../../src/core/json.ts';
import { code, subscriptionPath, wire, type Wire } from './client.ts';

async function names(on: Wire, filter: string, scope = subscriptionPath): Promise<readonly string[]> {
  const answer = await on.get(`${scope}/resources?api-version=2024-11-01&$filter=${encodeURIComponent(filter)}`);
  expect([answer.status, answer.text.slice(0, 80)]).toEqual([200, expect.stringMatching(/^\{"value":/)]);
  return asArray(answer.body['value']).map((one) => asString(own(one, 'name')) ?? '');
}

const clusters = ['aks-demo', 'aks-old', 'aks-stopped', 'aks-nap', 'aks-auto', 'aks-edge'];

describe('the resources of a subscription', () => {
  test('are clusters, networks and security groups, filtered by group, type, name, location and tag', async () => {
    const on = wire();
    const all = await names(on, '');
    expect(all).toEqual(expect.arrayContaining(clusters));
    expect(all.some((name) => name.startsWith('aks-vnet-')) && all.some((name) => name.endsWith('-nsg'))).toBe(true);
    expect(await names(on, "resourceGroup eq 'RG-demo'")).toEqual(clusters);
    expect(await names(on, "resourceType eq 'microsoft.containerservice/managedclusters'")).toEqual(clusters);
    expect(await names(on, "name eq 'aks-old' and location eq 'westeurope'")).toEqual(['aks-old']);
    expect(await names(on, "tagName eq 'Environment' and tagValue eq 'demo'")).toEqual(['aks-demo']);
    expect(await names(on, "tagName eq 'environment' and tagValue eq 'prod'")).toEqual([]);
    expect(await names(on, '', `${subscriptionPath}/resourceGroups/rg-demo`)).toEqual(clusters);
  });

  test('include their state only on request', async () => {
    const on = wire();
    const first = async (more: string): Promise<unknown> =>
      asArray((await on.get(`${subscriptionPath}/resources?api-version=2024-11-01${more}`)).body['value'])[0];
    expect(await first('')).not.toHaveProperty('provisioningState');
    expect(await first('&$expand=createdTime,changedTime,provisioningState')).toHaveProperty('provisioningState');
  });

  test('are refused for an unsupported filter and for an unknown group', async () => {
    const on = wire();
    for (const filter of ["substringof('a', name)", "plan eq 'x'", "name eq 'a' or name eq 'b'", 'name eq'])
      expect(code(await on.get(`${subscriptionPath}/resources?api-version=2024-11-01&$filter=${filter}`))).toBe(
        'InvalidFilterInQueryString',
      );
    const gone = await on.get(`${subscriptionPath}/resourceGroups/none/resources?api-version=2024-11-01`);
    expect(code(gone)).toBe('ResourceGroupNotFound');
  });
});
