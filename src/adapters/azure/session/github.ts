import {
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type HttpClient,
} from '@azure/core-rest-pipeline';
import { asString, own, parseJson } from '../../../core/json.ts';
import { boundedClient } from '../http-client.ts';

/**
 * A new assertion of the workflow's identity. It lives for minutes, so each token requests its own. Source: GitHub
 * docs, "OpenID Connect reference": a GET with the audience in the query returns `{ value }`.
 */
export async function githubAssertion(
  requestUrl: string,
  requestToken: string,
  audience: string,
  httpClient?: HttpClient,
): Promise<string> {
  const url = new URL(requestUrl);
  if (url.protocol !== 'https:') throw new Error('ACTIONS_ID_TOKEN_REQUEST_URL does not start with https://.');
  url.searchParams.set('audience', audience);
  const pipeline = createPipelineFromOptions({ redirectOptions: { maxRetries: 0 } });
  const response = await pipeline.sendRequest(
    httpClient ?? boundedClient(),
    createPipelineRequest({
      url: url.toString(),
      headers: createHttpHeaders({ authorization: `Bearer ${requestToken}`, accept: 'application/json' }),
    }),
  );
  const assertion = asString(own(parseJson(response.bodyAsText ?? ''), 'value'));
  if (response.status !== 200 || assertion === undefined) {
    throw new Error(
      `GitHub returned no identity token (HTTP ${String(response.status)}). Check that the workflow has "permissions: id-token: write"`,
    );
  }
  return assertion;
}
