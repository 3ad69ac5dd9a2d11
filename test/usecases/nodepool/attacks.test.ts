import { describe, expect, test } from 'vitest';
import { ConnectionLost, type HttpHandler, type HttpResponse } from '../../../src/core/http.ts';
import { CliError } from '../../../src/core/errors.ts';
import { changeProfile } from '../../../src/usecases/nodepool/index.ts';
import type { ProfileRequest } from '../../../src/usecases/nodepool/change-profile.ts';
import { simulated, userpool as ref, type Simulated } from './simulated.ts';

/** The response to a PUT, independent of its effect. */
const answers: Readonly<Record<string, (answer: HttpResponse) => HttpResponse>> = {
  'an empty body': (answer) => ({ status: answer.status, headers: {}, body: '' }),
  'an empty object': (answer) => ({ status: answer.status, headers: {}, body: '{}' }),
  null: (answer) => ({ status: answer.status, headers: {}, body: 'null' }),
  'half of it': (answer) => ({ ...answer, body: answer.body.slice(0, answer.body.length / 2) }),
  'a page': () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<title>Sign in</title>' }),
  'a 202 without anything': () => ({ status: 202, headers: {}, body: '' }),
  'a 204': () => ({ status: 204, headers: {}, body: '' }),
  'a redirect': () => ({ status: 302, headers: { location: 'https://evil.example/' }, body: '' }),
  'a 408': () => ({ status: 408, headers: {}, body: '' }),
  'a 500': () => ({ status: 500, headers: {}, body: '{"code":"InternalServerError","message":"x"}' }),
  'a 502 page': () => ({ status: 502, headers: {}, body: '<title>Bad Gateway</title>' }),
  'a 504': () => ({ status: 504, headers: {}, body: '' }),
  'an operation elsewhere': (answer) => ({
    ...answer,
    headers: { ...answer.headers, 'azure-asyncoperation': 'https://evil.example/operations/1?s=x' },
  }),
  'an operation that is none': (answer) => ({
    ...answer,
    headers: { ...answer.headers, 'azure-asyncoperation': 'not a URL' },
  }),
  nothing: () => {
    throw new ConnectionLost();
  },
  'nothing in time': () => {
    throw new ConnectionLost('late', 'TIMEOUT');
  },
  'far too much': () => {
    throw new ConnectionLost('large', 'ANSWER_TOO_LARGE');
  },
};

/** When the PUT arrives: before its response, long after it, never, or twice. */
type Arrival = 'at once' | 'late' | 'never' | 'twice';

interface Struck {
  readonly answer: (answer: HttpResponse) => HttpResponse;
  readonly arrival: Arrival;
}

function between({ answer, arrival }: Struck) {
  return (handle: HttpHandler, clock: Simulated['clock']): HttpHandler => {
    let struck = false;
    return async (request) => {
      if (request.method !== 'PUT' || struck) return handle(request);
      struck = true;
      const none: HttpResponse = { status: 200, headers: {}, body: '' };
      if (arrival === 'never') return answer(none);
      if (arrival === 'late') {
        void clock.sleep(8000).then(async () => handle(request));
        return answer(none);
      }
      const carriedOut = await handle(request);
      if (arrival === 'twice') await handle(request);
      return answer(carriedOut);
    };
  };
}

/** The outcome, whether success or error. */
async function settled(act: Promise<unknown>): Promise<string> {
  return act.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof CliError) return error.code;
      throw error;
    },
  );
}

/** Lets all operations of the pool end. */
async function afterwards({ clock, simulator, azure }: Simulated): Promise<number> {
  await clock.sleep(4 * 3_600_000);
  await azure.nodePools.readPool(ref);
  return simulator.reimagedNodes('aks-demo', 'userpool');
}

describe('whatever the response to the PUT, a pool is reimaged once and nothing is lost', () => {
  const table = Object.entries(answers).flatMap(([name, answer]) =>
    (['at once', 'late', 'never', 'twice'] as const).map((arrival) => ({ name, answer, arrival })),
  );
  test.each(table)('$name, and it arrives $arrival', async ({ answer, arrival }) => {
    const s = await simulated({ between: between({ answer, arrival }) });
    const end = await settled(changeProfile(s.deps, { action: 'enable', ref }));
    if (end !== 'done') await settled(changeProfile(s.deps, { action: 'enable', ref }));
    expect(await afterwards(s)).toBe(3);
    expect(s.stored()).toMatchObject({ provisioningState: 'Succeeded', localDNSProfile: { mode: 'Required' } });
  });
});

describe('two requests at the same time', () => {
  const enable: ProfileRequest = { action: 'enable', ref };
  const requests: Readonly<Record<string, readonly [ProfileRequest, ProfileRequest]>> = {
    'the same': [enable, enable],
    'the same, with a setting': [enable, { ...enable, settings: { maxSurge: '2' } }],
    'one and its opposite': [enable, { action: 'disable', ref }],
  };
  const table = Object.keys(requests).flatMap((name) =>
    Array.from({ length: 11 }, (_, seed) => ({ name, seed: seed + 1 })),
  );
  test.each(table)('$name, order $seed: a change is not made twice', async ({ name, seed }) => {
    let state = seed * 7919;
    const chance = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const s = await simulated({
      between: (handle, clock) => async (request) => {
        await clock.sleep(chance() * 3000);
        const answer = await handle(request);
        await clock.sleep(chance() * 3000);
        return answer;
      },
    });
    const [one, other] = requests[name] ?? [enable, enable];
    await Promise.all([settled(changeProfile(s.deps, one)), settled(changeProfile(s.deps, other))]);
    const taken = s.writes().filter((write) => write === 'PUT 200').length;
    expect(taken).toBeLessThanOrEqual(name === 'one and its opposite' ? 2 : 1);
    expect(await afterwards(s)).toBeLessThanOrEqual(3 * Math.max(1, taken));
    expect(s.stored()).toMatchObject({ provisioningState: 'Succeeded' });
  });
});
