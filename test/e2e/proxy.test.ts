import { describe, expect, test } from 'vitest';
import { startConnectProxy } from '../support/connect-proxy.ts';
import { value, withAzure, type Rig } from '../support/e2e.ts';

const show = ['feature', 'show', '--subscription', 'c0ffee00-1000-4000-8000-000000000001'] as const;

/** `localhost` is loopback too, and is a name in the certificate. */
async function behindProxy(
  azure: Rig,
  work: (proxy: Awaited<ReturnType<typeof startConnectProxy>>, endpoint: URL) => Promise<void>,
): Promise<void> {
  const endpoint = new URL(azure.simulator.origin);
  const proxy = await startConnectProxy(Number(endpoint.port));
  try {
    await work(proxy, endpoint);
  } finally {
    await proxy.close();
  }
}

describe('proxies', () => {
  test.concurrent(
    'are not used for this machine',
    withAzure({}, async (azure) => {
      await behindProxy(azure, async (proxy) => {
        const ran = await azure.run(show, { env: { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url } });
        expect(ran.code, ran.stderr).toBe(0);
        expect(proxy.tunnels).toEqual([]);
      });
    }),
  );

  test.concurrent(
    'are used for everything else with HTTPS_PROXY, and AKS_LOCALDNS_CA_FILE is trusted',
    withAzure({}, async (azure) => {
      await behindProxy(azure, async (proxy, endpoint) => {
        const remote = {
          AKS_LOCALDNS_ARM_ENDPOINT: `https://arm.contoso.example:${endpoint.port}`,
          AKS_LOCALDNS_ALLOW_ENDPOINT: '1',
          HTTPS_PROXY: proxy.url,
        };
        const ran = await azure.run(show, { env: { ...remote, NO_PROXY: '127.0.0.1' } });
        expect(proxy.tunnels[0]).toBe(`arm.contoso.example:${endpoint.port}`);
        // The certificate lacks the name, and the proxy cannot vouch for it.
        expect(ran.code).toBe(1);
        expect(ran.stderr).toMatch(/certificate/i);
        expect(azure.seen).toEqual([]);
      });
    }),
  );

  test.concurrent(
    'are not used for a host in NO_PROXY',
    withAzure({}, async (azure) => {
      await behindProxy(azure, async (proxy, endpoint) => {
        const env = {
          AKS_LOCALDNS_ARM_ENDPOINT: `https://arm.contoso.invalid:${endpoint.port}`,
          AKS_LOCALDNS_ALLOW_ENDPOINT: '1',
          HTTPS_PROXY: proxy.url,
          NO_PROXY: '127.0.0.1,.contoso.invalid',
        };
        const child = azure.start(show, { env });
        // An unresolved name is retried a few times, because the network may be the cause.
        await child.says('arm.contoso.invalid');
        child.kill('SIGINT');
        const ran = await child.ended;
        expect(ran.code, ran.stderr).toBe(130);
        expect(proxy.tunnels).toEqual([]);
      });
    }),
  );

  test.concurrent(
    'are used for an endpoint whose certificate has its name',
    withAzure({}, async (azure) => {
      const endpoint = new URL(azure.simulator.origin);
      const ran = await azure.run(show, { env: { AKS_LOCALDNS_ARM_ENDPOINT: `https://localhost:${endpoint.port}` } });
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject([{ state: 'Registered' }]);
    }),
  );
});
