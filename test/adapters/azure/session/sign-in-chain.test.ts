import { describe, expect, test } from 'vitest';
import { CredentialUnavailableError } from '@azure/identity';
import {
  SignInChain,
  signInReason,
  type SignInCandidate,
} from '../../../../src/adapters/azure/session/sign-in-chain.ts';
import { rig, subscription } from '../support/azure.ts';
import { FakeArm } from '../support/fake-arm.ts';

interface Counted extends SignInCandidate {
  readonly asked: () => number;
}

function way(id: string, answer: () => string, missing?: string): Counted {
  let asked = 0;
  return {
    id,
    label: id,
    missing,
    asked: () => asked,
    create: async () => ({
      getToken: async () => {
        asked += 1;
        return { token: answer(), expiresOnTimestamp: 1 };
      },
    }),
  };
}
const fail = (error: Error) => (): never => {
  throw error;
};

describe('signing in', () => {
  test('skips a method that is not set up, and keeps the one that worked', async () => {
    const first = way('first', fail(new CredentialUnavailableError('nothing here')));
    const second = way('second', () => 'token');
    const chain = new SignInChain([way('absent', () => 'x', 'X is not set'), first, second], []);
    expect((await chain.getToken('s')).token).toBe('token');
    await chain.getToken('s');
    expect([first.asked(), second.asked()]).toEqual([1, 2]);
  });

  test('stops at a method that is set up but rejected, and does not use another account', async () => {
    const second = way('second', () => 'token');
    const refused = Object.assign(
      new Error(
        'AADSTS7000215: Invalid client secret provided. Trace ID: 1-2 Correlation ID: 3-4 Timestamp: 2026-01-01 00:00:00Z',
      ),
      { name: 'AuthenticationError' },
    );
    await expect(
      new SignInChain([way('env', fail(refused)), second], ['az login']).getToken('s'),
    ).rejects.toMatchObject({
      class: 'not-signed-in',
      exit: 'not-permitted',
      message: 'Not signed in to Azure. Tried: env: AADSTS7000215: Invalid client secret provided.',
      hints: ['az login'],
    });
    expect(second.asked()).toBe(0);
  });

  test('reports what was tried', async () => {
    const chain = new SignInChain(
      [
        way('environment', () => 'x', 'AZURE_TENANT_ID is not set'),
        way(
          'Azure CLI',
          fail(
            new CredentialUnavailableError(
              "Please run 'az login' from a command prompt to authenticate before using this credential.",
            ),
          ),
        ),
      ],
      [],
    );
    await expect(chain.getToken('s')).rejects.toMatchObject({
      message:
        "Not signed in to Azure. Tried: environment: AZURE_TENANT_ID is not set; Azure CLI: Please run 'az login' from a command prompt to authenticate before using this credential.",
    });
  });

  test('never prints a token', () => {
    const secret = `eyJ${'a'.repeat(40)}.eyJ${'b'.repeat(40)}.${'c'.repeat(40)}`;
    expect(signInReason(new Error(`Response = {"oidcToken":"${secret}"} Bearer ${secret}`))).not.toContain('eyJ');
    expect(signInReason(new Error(`invalid_client: ${secret}\u001b[31m`))).toBe('[token]\\u001b[31m');
  });

  test('fails with an error of the ports, not of the network, and sends no request', async () => {
    const { azure } = rig(new FakeArm({}).handle, { credential: undefined, signIn: 'env' });
    await expect(azure.registration.feature(subscription)).rejects.toMatchObject({
      class: 'not-signed-in',
      code: 'azure-not-signed-in',
      message: expect.stringContaining('service principal from environment variables: AZURE_TENANT_ID') as string,
      hints: [expect.stringContaining('az login --tenant') as string, expect.stringContaining('--sign-in') as string],
    });
  });
});
