import { describe, expect, test } from 'vitest';
import type { HttpRequest } from '../../src/core/http.ts';
import { userpool, withAzure, type Child } from '../support/e2e.ts';

const enable = ['nodepool', 'enable', ...userpool, '--yes'] as const;

/** At least as many as the requests of one change. */
const requests = [1, 2, 3, 4, 5, 6, 7, 8] as const;

describe('after a kill at any request, the same command reimages the pool once and loses nothing', () => {
  const table = (['SIGKILL', 'SIGTERM'] as const).flatMap((signal) =>
    requests.flatMap((number) => (['before', 'after'] as const).map((when) => ({ signal, number, when }))),
  );
  test.concurrent.each(table)('$signal $when request $number', async ({ signal, number, when }) => {
    await withAzure({}, async (azure) => {
      const handle = azure.simulator.handle;
      let seen = 0;
      const started: { child?: Child } = {};
      Object.assign(azure.simulator, {
        handle: async (request: HttpRequest) => {
          seen += 1;
          if (seen !== number) return handle(request);
          if (when === 'after') await handle(request);
          started.child?.kill(signal);
          return new Promise(() => undefined);
        },
      });
      const child = azure.start(enable);
      started.child = child;
      await child.ended;
      const ran = await azure.run(enable);
      expect(ran.code, ran.stderr).toBe(0);
      expect(azure.simulator.pool('aks-demo', 'userpool')).toMatchObject({
        provisioningState: 'Succeeded',
        localDNSProfile: { mode: 'Required' },
      });
      expect(azure.simulator.reimagedNodes('aks-demo', 'userpool')).toBe(3);
    })();
  });
});
