import type { HttpClient } from '@azure/core-rest-pipeline';
import { isLoopback } from '../arm/endpoint.ts';
import { boundedClient } from '../http-client.ts';

/**
 * Source: RFC 3927; Azure Instance Metadata Service listens on 169.254.169.254 and does not work through proxies (its
 * documentation, "Proxies").
 */
const linkLocal = /^169\.254\.\d{1,3}\.\d{1,3}$/;

/** Whether a URL leads to this machine or its host, which no proxy reaches. */
export function isOfThisMachine(url: string): boolean {
  return isLoopback(url) || (URL.canParse(url) && linkLocal.test(new URL(url).hostname));
}

/**
 * The HTTP client without a proxy for identity endpoints of this machine, whatever HTTPS_PROXY says. This is not a
 * pipeline policy because the managed identity credential drops the policies it is given.
 */
export function directClient(): HttpClient {
  const client = boundedClient();
  return {
    sendRequest: async (request) => {
      if (isOfThisMachine(request.url)) delete request.agent;
      return client.sendRequest(request);
    },
  };
}
