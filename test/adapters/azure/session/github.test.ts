import { createHttpHeaders, type HttpClient } from '@azure/core-rest-pipeline';
import { describe, expect, test } from 'vitest';
import { githubAssertion } from '../../../../src/adapters/azure/session/github.ts';

function answering(status: number, body: string, seen: string[] = []): HttpClient {
  return {
    sendRequest: async (request) => {
      seen.push(`${request.method} ${request.url} ${request.headers.get('authorization') ?? ''}`);
      return { request, status, headers: createHttpHeaders(), bodyAsText: body };
    },
  };
}

describe("GitHub's assertion", () => {
  test('is requested with its audience', async () => {
    const seen: string[] = [];
    const url = 'https://actions.example/token?api-version=2.0';
    expect(
      await githubAssertion(
        url,
        'request-token',
        'api://AzureADTokenExchange',
        answering(200, '{"value":"assertion"}', seen),
      ),
    ).toBe('assertion');
    expect(seen).toEqual([
      'GET https://actions.example/token?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange Bearer request-token',
    ]);
  });

  test('is an error that names the missing permission, without the answer', async () => {
    await expect(
      githubAssertion('https://actions.example/t', 'x', 'a', answering(403, 'secret words')),
    ).rejects.toThrow(/^GitHub returned no identity token \(HTTP 403\).*id-token: write/);
  });

  test('is never requested over http', async () => {
    await expect(githubAssertion('http://actions.example/t', 'x', 'a', answering(200, '{}'))).rejects.toThrow(/https/);
  });
});
