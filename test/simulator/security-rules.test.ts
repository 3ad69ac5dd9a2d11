import { describe, expect, test } from 'vitest';
import { asArray, asString, at, own, type JsonObject } from '../../src/core/json.ts';
import { code, subscriptionPath, wire, type Answer, type Wire } from './client.ts';

const version = '?api-version=2024-05-01';
const networks = `${subscriptionPath}/resourceGroups/MC_rg-demo_aks-demo_westeurope/providers/Microsoft.Network`;

/** The one that AKS made. */
async function groupId(on: Wire): Promise<string> {
  const list = await on.get(`${networks}/networkSecurityGroups${version}`);
  return asString(own(asArray(list.body['value'])[0], 'id')) ?? '';
}

const allow: JsonObject = {
  access: 'Allow',
  direction: 'Outbound',
  protocol: 'Tcp',
  priority: 199,
  sourceAddressPrefix: '*',
  sourcePortRange: '*',
  destinationAddressPrefixes: ['10.250.0.4', '10.250.0.5'],
  destinationPortRanges: ['53'],
};

async function put(on: Wire, name: string, change: JsonObject = {}): Promise<Answer> {
  const body = { properties: { ...allow, ...change } };
  return on.send('PUT', `${await groupId(on)}/securityRules/${name}${version}`, { body });
}

describe('a security rule', () => {
  test('is created, changed, listed in its group and removed; a single value has the singular name', async () => {
    const on = wire();
    const made = await put(on, 'AllowDns');
    expect([made.status, at(made.body, 'properties', 'destinationPortRange')]).toEqual([201, '53']);
    expect((await put(on, 'allowdns', { priority: 198 })).status).toBe(200);
    const id = await groupId(on);
    const [rule, ...others] = asArray(at((await on.get(`${id}${version}`)).body, 'properties', 'securityRules'));
    expect([others, rule]).toMatchObject([[], { name: 'AllowDns', properties: { priority: 198 } }]);
    expect((await on.get(`${id}/securityRules${version}`)).body).toEqual({ value: [rule] });
    expect((await on.get(`${id}/securityRules/ALLOWDNS${version}`)).body).toEqual(rule);
    expect(asArray((await on.get(`${id}/defaultSecurityRules${version}`)).body['value'])).toHaveLength(6);
    const gone = await on.send('DELETE', `${id}/securityRules/AllowDns${version}`);
    const again = await on.send('DELETE', `${id}/securityRules/AllowDns${version}`);
    expect([gone.status, again.status]).toEqual([200, 204]);
    expect((await on.get(`${id}/securityRules/AllowDns${version}`)).status).toBe(404);
  });

  test.each<[JsonObject, string]>([
    [{ priority: 99 }, 'SecurityRuleInvalidPriority'],
    [{ priority: 4097 }, 'SecurityRuleInvalidPriority'],
    [{ access: 'Maybe' }, 'InvalidRequestFormat'],
    [{ direction: null }, 'InvalidRequestFormat'],
    [{}, 'SecurityRuleConflict'],
  ])('with %j is refused as %s', async (change, expected) => {
    const on = wire();
    await put(on, 'First');
    const answer = await put(on, 'Second', change);
    expect([answer.status, code(answer)]).toEqual([400, expected]);
  });

  test('may have the same priority as one of the other direction', async () => {
    const on = wire();
    await put(on, 'First');
    expect((await put(on, 'Second', { direction: 'Inbound' })).status).toBe(201);
  });
});
