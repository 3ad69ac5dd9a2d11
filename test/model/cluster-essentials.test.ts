import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { essentialCluster, essentialPool } from '../../src/model/cluster-essentials.ts';
import { readCluster } from '../../src/model/cluster.ts';
import { readNodePool } from '../../src/model/node-pool.ts';
import { clusterRef, goodCluster, goodPool } from '../domain/checks/facts.ts';

const signed = 'https://store.blob.core.windows.net/logs/a.txt?sv=2024&sig=c2VjcmV0';
const failed: JsonObject = {
  ...goodPool,
  provisioningState: 'Failed',
  status: {
    provisioningError: {
      code: 'VMExtensionError',
      message: `The script failed:\n see ${signed} and eyJhbGciOiJSUzI1NiJ9.eyJzdWIi.c2ln`,
      details: [],
    },
  },
};
const secrets: JsonObject = {
  linuxProfile: { ssh: { publicKeys: [{ keyData: 'ssh-rsa AAAA' }] } },
  windowsProfile: { adminPassword: 'hunter2' },
  servicePrincipalProfile: { clientId: 'x', secret: 'hunter2' },
  httpProxyConfig: { httpProxy: 'http://user:hunter2@proxy', trustedCa: 'c2VjcmV0' },
  agentPoolProfiles: [{ name: 'userpool', ...failed, networkProfile: { x: 'hunter2' } }],
};
const resource: JsonObject = {
  ...goodCluster,
  id: 'x',
  identity: { principalId: 'hunter2' },
  properties: { ...(goodCluster['properties'] as JsonObject), ...secrets },
};

describe('the essentials of a cluster', () => {
  test('contain no credentials, and no links and tokens from messages', () => {
    const text = JSON.stringify(essentialCluster(resource));
    for (const secret of ['hunter2', 'ssh-rsa', 'c2Vj', 'sig=', 'eyJ']) expect(text).not.toContain(secret);
    expect(text).toContain('https://store.blob.core.windows.net/logs/a.txt and [token]');
  });

  test('are read like the whole resource, without the rest', () => {
    const [whole, essential] = [resource, essentialCluster(resource)].map((each) => {
      const { resource: _, pools, ...rest } = readCluster(clusterRef, each);
      return { ...rest, pools: pools.map(({ properties: __, ...pool }) => pool) };
    });
    expect(essential).toEqual(whole);
    expect(essential?.pools).toMatchObject([
      { ref: { pool: 'userpool' }, provisioningError: { code: 'VMExtensionError' } },
    ]);
  });

  test('are empty for an unexpected resource, and never throw', () => {
    expect(essentialCluster({})).toEqual({});
    expect(essentialCluster({ properties: { agentPoolProfiles: [null, 'x', { name: 7, status: 'odd' }] } })).toEqual({
      properties: { agentPoolProfiles: [null, 'x', { name: 7, status: 'odd' }] },
    });
    expect(essentialPool({ status: { provisioningError: { message: 7 } } })).toEqual({
      status: { provisioningError: {} },
    });
  });
});

test('the message of a failed pool is one line without signed links everywhere', () => {
  expect(readNodePool({ ...clusterRef, pool: 'userpool' }, 'x', failed).provisioningError).toEqual({
    code: 'VMExtensionError',
    message: 'The script failed: see https://store.blob.core.windows.net/logs/a.txt and [token]',
  });
});
