import {
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type HttpClient,
} from '@azure/core-rest-pipeline';
import { asString, own, parseJson } from '../../../core/json.ts';
import { boundedClient } from '../http-client.ts';

/**
 * A fresh assertion of the workflow's identity; it lives for minutes, so that each token asks for one of its own.
 * Source: GitHub docs, "OpenID Connect reference": GET with the audience as a query, answers `{ value }`.
 */
export async function githubAssertion(
  requestUrl: string,
  requestToken: string,
  audience: string,
  httpClient?: HttpClient,
): Promise<string> {
  const url = new URL(requestUrl);
  if (url.protocol !== 'https:') throw new Error('ACTIONS_ID_TOKEN_REQUEST_URL does not begin with https://.');
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
      `GitHub gave no identity token (HTTP ${String(response.status)}); does the workflow have "permissions: id-token: write"?`,
    );
  }
  return assertion;
}
