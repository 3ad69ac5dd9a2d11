import { createServer, type Server } from 'node:http';
import { managedIdentityCaller, objectIdOf } from '../arm/token.ts';
import type { Simulator } from '../simulator.ts';
import { answerJson, readRequest } from './node-http.ts';

/** Long enough that no client renews in a test, however fast the simulator's clock runs. */
const lifetimeSeconds = 24 * 3600;

/**
 * A managed identity endpoint as App Service has it. Plain http is what clients expect there. Two protocols:
 * `X-IDENTITY-HEADER` with 2019-08-01 (`@azure/identity`, newer az), and `secret` with 2017-09-01 by GET or as a form
 * (older az).
 */
export function createIdentityServer(simulator: Simulator, secret: string, speed: number): Server {
  return createServer((message, response) => {
    void (async () => {
      const request = await readRequest(message, 'http://127.0.0.1');
      const form = new URLSearchParams(request.method === 'POST' ? request.body : new URL(request.url).search);
      const given = request.headers['x-identity-header'] ?? request.headers['secret'];
      const resource = form.get('resource');
      if (given !== secret && request.method === 'GET') {
        answerJson(response, 401, { statusCode: 401, message: 'The identity header is missing or wrong.' });
        return;
      }
      if (resource === null) {
        answerJson(response, 400, { statusCode: 400, message: "The parameter 'resource' is missing." });
        return;
      }
      const { token, expiresOn } = simulator.issueToken({
        caller: managedIdentityCaller,
        resource,
        lifetimeSeconds: lifetimeSeconds * speed,
      });
      answerJson(response, 200, {
        access_token: token,
        expires_on: String(expiresOn),
        expires_in: String(lifetimeSeconds),
        not_before: String(Math.floor(simulator.now() / 1000)),
        resource,
        token_type: 'Bearer',
        client_id: objectIdOf(`${managedIdentityCaller}-application`),
      });
    })().catch(() => response.destroy());
  });
}
