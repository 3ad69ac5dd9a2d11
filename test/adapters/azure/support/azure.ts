import type { Event } from '../../../../src/core/events.ts';
import type { HttpHandler } from '../../../../src/core/http.ts';
import type { PoolRef } from '../../../../src/model/ids.ts';
import type { Azure } from '../../../../src/model/ports.ts';
import { createAzure, type AzureOptions } from '../../../../src/adapters/azure/index.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { MemoryFiles } from '../../../support/memory-files.ts';

export const subscription = '11111111-1111-1111-1111-111111111111';
export const tenant = '22222222-2222-2222-2222-222222222222';
export const ref: PoolRef = {
  subscriptionId: subscription,
  resourceGroup: 'rg-demo',
  cluster: 'aks-demo',
  pool: 'userpool',
};
export const clusterUrl = `/subscriptions/${subscription}/resourceGroups/rg-demo/providers/Microsoft.ContainerService/managedClusters/aks-demo`;
export const poolUrl = `${clusterUrl}/agentPools/userpool`;
export const arm = 'https://management.azure.com';

/** A token as Entra writes it, signature aside. */
export function jwt(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJlLW5vdC1yZWFs`;
}

export interface Rig {
  readonly azure: Azure;
  readonly clock: ManualClock;
  readonly events: Event[];
  readonly files: MemoryFiles;
  readonly abort: AbortController;
  /** How many tokens were issued. */
  readonly tokens: () => number;
}

export const profileText = `\uFEFF${JSON.stringify({
  installationId: 'x',
  subscriptions: [
    {
      id: subscription,
      name: 'Contoso Demo',
      state: 'Enabled',
      isDefault: true,
      tenantId: tenant,
      environmentName: 'AzureCloud',
      user: { name: 'a@contoso.com', type: 'user' },
    },
  ],
})}`;

/** Azure on an in-process transport, signed in, under a manual clock. */
export function rig(transport: HttpHandler, more: Partial<AzureOptions> = {}): Rig {
  const clock = new ManualClock();
  const events: Event[] = [];
  const files = new MemoryFiles();
  const abort = new AbortController();
  let issued = 0;
  let ids = 0;
  const azure = createAzure({
    cloud: 'AzureCloud',
    azureConfigDir: '/home/a/.azure',
    profileText,
    signIn: undefined,
    env: {},
    clock,
    ids: {
      uuid: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
      random: () => 0.5,
    },
    emit: (event) => events.push(event),
    signal: abort.signal,
    files,
    cacheDir: '/cache',
    transport,
    credential: () => {
      issued += 1;
      return {
        token: jwt({ upn: 'a@contoso.com', oid: 'o-1', tid: tenant, n: issued }),
        expiresOn: clock.now() / 1000 + 3600,
      };
    },
    ...more,
  });
  return { azure, clock, events, files, abort, tokens: () => issued };
}
