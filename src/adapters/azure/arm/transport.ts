import { rootCertificates } from 'node:tls';
import { createContainerService, type ContainerServiceContext } from '@azure/arm-containerservice/api';
import type { HttpClient, PipelinePolicy } from '@azure/core-rest-pipeline';
import { createHttpHeaders, proxyPolicyName } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import type { HttpHandler } from '../../../core/http.ts';
import { boundedClient, type AnswerLimits } from '../http-client.ts';
import { isLoopback } from './endpoint.ts';

/** A function from request to response as the pipeline's HTTP client. */
function inProcess(handler: HttpHandler): HttpClient {
  return {
    sendRequest: async (request) => {
      const answer = await handler({
        method: request.method,
        url: request.url,
        headers: request.headers.toJSON(),
        body: typeof request.body === 'string' ? request.body : undefined,
      });
      return { request, status: answer.status, headers: createHttpHeaders(answer.headers), bodyAsText: answer.body };
    },
  };
}

/**
 * Additional certificates to trust. They are set as request options, because the pipeline's proxy policy ignores
 * `tlsOptions`, so that a certificate would not be trusted behind a proxy.
 */
function trust(pem: string): PipelinePolicy {
  const authorities = [...rootCertificates, pem];
  return {
    name: 'trust',
    sendRequest: async (request, next) => {
      request.requestOverrides = { ...request.requestOverrides, ca: authorities };
      return next(request);
    },
  };
}

export interface RestClientOptions {
  readonly origin: string;
  readonly scope: string;
  readonly version: string;
  readonly caPem: string | undefined;
  readonly transport: HttpHandler | undefined;
  readonly limits: AnswerLimits | undefined;
}

/** The official client's pipeline (sign-in, proxies, logging, claims challenges) without its retries and redirects. */
export function restClient(credential: TokenCredential, options: RestClientOptions): ContainerServiceContext {
  const client = createContainerService(credential, 'unused', {
    endpoint: options.origin,
    credentials: { scopes: [options.scope] },
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix: `aks-localdns/${options.version}` },
    httpClient: boundedClient(
      options.limits,
      options.transport === undefined ? undefined : inProcess(options.transport),
    ),
    ...(options.caPem === undefined
      ? {}
      : { additionalPolicies: [{ policy: trust(options.caPem), position: 'perCall' as const }] }),
  });
  // Do not use a proxy for servers on this machine.
  if (isLoopback(options.origin) || options.transport !== undefined)
    client.pipeline.removePolicy({ name: proxyPolicyName });
  return client;
}
