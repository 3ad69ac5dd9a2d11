import { createPrivateKey, X509Certificate } from 'node:crypto';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { asString, at, type JsonValue } from '../../src/core/json.ts';
import { aks, aksCluster, aksPath } from './aks.ts';
import { code, type Answer, type Wire } from './client.ts';

const ask = (on: Wire, kind: 'User' | 'Admin', query = ''): Promise<Answer> =>
  on.send('POST', `${aksPath('a', `/listCluster${kind}Credential`)}${query}`);

function decoded(text: JsonValue | undefined): string {
  return Buffer.from(asString(text) ?? '', 'base64').toString();
}

function kubeconfigOf(answer: Answer): JsonValue {
  return parse(decoded(first(answer))) as JsonValue;
}

function first(answer: Answer): JsonValue | undefined {
  return at((answer.body['kubeconfigs'] as readonly JsonValue[])[0], 'value');
}

function entry(kubeconfig: JsonValue, list: string, ...path: readonly string[]): JsonValue | undefined {
  return at((at(kubeconfig, list) as readonly JsonValue[])[0], ...path);
}

describe('a kubeconfig', () => {
  test.each(['User', 'Admin'] as const)(
    'for cluster%s connects to that cluster with matching certificates',
    async (kind) => {
      const answer = await ask(aks(aksCluster('a', '1.36.4')), kind);
      expect(answer.status).toBe(200);
      const config = kubeconfigOf(answer);
      const user = `cluster${kind}_rg-az_a`;
      expect(config).toMatchObject({
        kind: 'Config',
        'current-context': 'a',
        contexts: [{ name: 'a', context: { cluster: 'a', user } }],
        clusters: [{ name: 'a', cluster: { server: 'https://a-dns.hcp.westeurope.azmk8s.io:443' } }],
        users: [{ name: user }],
      });
      const ca = new X509Certificate(decoded(entry(config, 'clusters', 'cluster', 'certificate-authority-data')));
      const client = new X509Certificate(decoded(entry(config, 'users', 'user', 'client-certificate-data')));
      expect([ca.ca, ca.verify(ca.publicKey), client.ca, client.verify(ca.publicKey)]).toEqual([
        true,
        true,
        false,
        true,
      ]);
      expect(client.checkPrivateKey(createPrivateKey(decoded(entry(config, 'users', 'user', 'client-key-data'))))).toBe(
        true,
      );
      expect(client.subject.includes('system:masters')).toBe(kind === 'Admin');
    },
  );

  test('is the same for the same seed', async () => {
    const text = async (): Promise<JsonValue | undefined> => first(await ask(aks(aksCluster('a', '1.36.4')), 'User'));
    expect(await text()).toBe(await text());
  });

  test('of a cluster with Entra ID signs in with kubelogin; that of the administrator, with a certificate', async () => {
    const on = aks(aksCluster('a', '1.36.4', { properties: { aadProfile: { managed: true } } }));
    const config = kubeconfigOf(await ask(on, 'User', '&format=exec'));
    expect(entry(config, 'users', 'user', 'exec', 'command')).toBe('kubelogin');
    const admin = kubeconfigOf(await ask(on, 'Admin'));
    expect(entry(admin, 'users', 'user', 'client-certificate-data')).toBeTruthy();
  });

  test('is refused if local accounts are disabled, or for an unknown format', async () => {
    const on = aks(aksCluster('a', '1.36.4', { properties: { disableLocalAccounts: true } }));
    for (const kind of ['User', 'Admin'] as const) {
      const answer = await ask(on, kind);
      expect([answer.status, code(answer)]).toEqual([400, 'BadRequest']);
      expect(answer.body['message']).toContain('set to disable local accounts');
    }
    const plain = aks(aksCluster('a', '1.36.4'));
    expect((await ask(plain, 'User', '&format=xml')).status).toBe(400);
  });
});
