import { describe, expect, test } from 'vitest';
import { privateKubeconfig, readUserCredentials } from '../../../src/adapters/kubernetes/index.ts';
import { Secret } from '../../../src/core/secret.ts';

const server = 'https://aks-demo-dns.hcp.westeurope.azmk8s.io:443';
const exec = { apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'kubelogin', args: ['get-token'] };

function kubeconfig(user: object, cluster: object = { server, 'certificate-authority-data': 'Q0E=' }): Secret {
  return new Secret(
    JSON.stringify({
      'current-context': 'demo',
      contexts: [
        { name: 'other', context: { cluster: 'c2', user: 'u2' } },
        { name: 'demo', context: { cluster: 'c1', user: 'u1' } },
      ],
      clusters: [
        { name: 'c2', cluster: { server: 'https://other' } },
        { name: 'c1', cluster },
      ],
      users: [
        { name: 'u2', user: { token: 'other' } },
        { name: 'u1', user },
      ],
    }),
  );
}

function written(user: object, token?: string, cluster?: object): unknown {
  const credentials = readUserCredentials(kubeconfig(user, cluster));
  return JSON.parse(privateKubeconfig(credentials, token === undefined ? undefined : new Secret(token)).text.reveal());
}

describe('the private kubeconfig', () => {
  test('of a cluster with Entra ID has the given token, and runs no program', () => {
    for (const user of [{ exec }, { 'auth-provider': { name: 'azure' } }]) {
      const config = written(user, 'our-token');
      expect(config).toEqual({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'cluster',
        contexts: [{ name: 'cluster', context: { cluster: 'cluster', user: 'user' } }],
        clusters: [{ name: 'cluster', cluster: { server, 'certificate-authority-data': 'Q0E=' } }],
        users: [{ name: 'user', user: { token: 'our-token' } }],
      });
    }
  });

  test('of a cluster with local accounts has its certificate and token, and nothing else that Azure gave', () => {
    const keys = { 'client-certificate-data': 'Q0VSVA==', 'client-key-data': 'S0VZ', token: 'abc' };
    const cluster = { server, 'insecure-skip-tls-verify': true, 'proxy-url': 'http://evil' };
    expect(written({ ...keys, exec, username: 'a' }, undefined, cluster)).toMatchObject({
      clusters: [{ cluster: { server } }],
      users: [{ user: keys }],
    });
    expect(JSON.stringify(written({ ...keys, exec }, undefined, cluster))).not.toMatch(/exec|kubelogin|insecure|evil/);
  });

  test('lists its secrets', () => {
    const credentials = readUserCredentials(
      kubeconfig({ 'client-certificate-data': 'C', 'client-key-data': 'K', token: 'T' }),
    );
    expect(privateKubeconfig(credentials, undefined).secrets).toEqual(['K', 'T']);
    expect(privateKubeconfig(readUserCredentials(kubeconfig({ exec })), new Secret('E')).secrets).toEqual(['E']);
  });
});

test.each([
  ['no YAML', new Secret('token: "s3cret\n  - x: ['), 'they are not a kubeconfig'],
  ['a word', new Secret('s3cret'), 'they name no server'],
  ['no server', kubeconfig({ exec }, {}), 'they name no server'],
  ['a server without TLS', kubeconfig({ exec }, { server: 'http://s3cret' }), 'their server is not an https URL'],
  ['no way to sign in', kubeconfig({ username: 's3cret' }), 'they contain no way to sign in'],
])('user credentials with %s are one clear error that quotes none of it', (_, text, why) => {
  let failure: unknown;
  try {
    readUserCredentials(text);
  } catch (error) {
    failure = error;
  }
  expect(failure).toMatchObject({
    code: 'kubeconfig-not-usable',
    message: `The cluster's user credentials from Azure are not usable: ${why}.`,
  });
  expect(String(failure)).not.toContain('s3cret');
  expect(failure).not.toHaveProperty('cause');
});
