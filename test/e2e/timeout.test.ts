import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { HttpRequest } from '../../src/core/http.ts';
import { lineToContinue, unwrapped, userpool, withAzure, type Rig } from '../support/e2e.ts';

/** Requests of a kind are carried out but not answered, until the returned function is called. */
function hang(azure: Rig, kind: (request: HttpRequest) => boolean): () => void {
  const handle = azure.simulator.handle;
  let released = false;
  Object.assign(azure.simulator, {
    handle: async (request: HttpRequest) => {
      const answer = await handle(request);
      return released || !kind(request) ? answer : new Promise(() => undefined);
    },
  });
  return () => {
    released = true;
  };
}

const enable = ['nodepool', 'enable', ...userpool, '--yes'] as const;

describe('--timeout ends a command if Azure does not answer', () => {
  const cases: readonly {
    readonly name: string;
    readonly args: readonly string[];
    readonly hangs: (request: HttpRequest) => boolean;
    readonly says: readonly string[];
    readonly writes: number;
  }[] = [
    {
      name: 'a read before anything was sent',
      args: enable,
      hangs: ({ method }) => method === 'GET',
      says: ['The time limit of --timeout (30s) expired', 'Run the same command again'],
      writes: 0,
    },
    {
      name: 'the request itself',
      args: enable,
      hangs: ({ method }) => method === 'PUT',
      says: ['The time limit of --timeout (30s) expired', 'The request may have reached Azure'],
      writes: 1,
    },
    {
      name: 'the status of the operation',
      args: enable,
      hangs: ({ url }) => url.includes('/operations/'),
      says: ['has not finished after', 'the operation continues in Azure'],
      writes: 1,
    },
    {
      name: 'a registration',
      args: ['feature', 'register'],
      hangs: () => true,
      says: ['The time limit of --timeout (30s) expired'],
      writes: 0,
    },
  ];
  test.concurrent.each(cases)('$name', async ({ args, hangs, says, writes }) => {
    await withAzure({ slow: true }, async (azure) => {
      hang(azure, hangs);
      const started = performance.now();
      const ran = await azure.run([...args, '--timeout', '30s']);
      expect(ran, ran.stderr).toMatchObject({ code: 13, stdout: '' });
      for (const word of says) expect(unwrapped(ran.stderr)).toContain(word);
      // Without the timeout, three attempts of one minute each.
      expect(performance.now() - started).toBeLessThan(150_000);
      expect(azure.simulator.requests.filter(({ method }) => method === 'PUT')).toHaveLength(writes);
    })();
  });

  test.concurrent(
    'and the printed command continues the accepted operation without sending it twice',
    withAzure({ slow: true }, async (azure) => {
      const release = hang(azure, ({ method }) => method === 'PUT');
      const ran = await azure.run([...enable, '--timeout', '30s']);
      release();
      const waiting = azure.startShell(lineToContinue(ran.stderr));
      await waiting.says('Waiting for');
      azure.pass(3600);
      const waited = await waiting.ended;
      expect(waited.code, waited.stderr).toBe(0);
      expect(azure.simulator.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1);
      expect(azure.simulator.reimagedNodes('aks-demo', 'userpool')).toBe(3);
    }),
  );

  test.concurrent(
    'a sign-in that does not end',
    withAzure({}, async (azure) => {
      const silent = createServer(() => undefined);
      await new Promise<void>((resolve) => {
        silent.listen(0, '127.0.0.1', resolve);
      });
      const endpoint = `http://127.0.0.1:${String((silent.address() as AddressInfo).port)}/msi/token`;
      try {
        const ran = await azure.run([...enable, '--timeout', '30s'], {
          env: { IDENTITY_ENDPOINT: endpoint, MSI_ENDPOINT: endpoint },
        });
        expect(ran, ran.stderr).toMatchObject({ code: 13, stdout: '' });
        expect(unwrapped(ran.stderr)).toContain('The time limit of --timeout (30s) expired');
        expect(azure.seen).toEqual([]);
      } finally {
        silent.closeAllConnections();
        silent.close();
      }
    }),
  );

  test.concurrent(
    'but does not count the time that a prompt waits for an answer',
    withAzure({}, async (azure) => {
      const terminal = azure.terminal(['nodepool', 'enable', ...userpool, '--timeout', '30s']);
      await terminal.shows('(y/N)');
      await new Promise((resolve) => {
        setTimeout(resolve, 31_000);
      });
      terminal.type('y\r');
      const ran = await terminal.ended;
      expect(ran.code, ran.text).toBe(0);
    }),
  );
});
