import { createHash } from 'node:crypto';
import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { HttpRequest, HttpResponse } from '../../core/http.ts';
import type { RequestLogEntry, Simulator } from '../simulator.ts';
import { certificates } from './certificate.ts';
import { createIdentityServer } from './identity-endpoint.ts';
import { runKubectl } from './run-kubectl.ts';
import { closeServer, listen, readRequest } from './node-http.ts';

interface ServeOptions {
  /** Defaults to a free one. */
  readonly port?: number;
  /** How many times as fast as the client's the simulator's clock runs; waits are divided by this. */
  readonly speed?: number;
  /** Real time before each answer. */
  readonly latencyMilliseconds?: number;
  /** The file that the caller will write `caPem` to; `environment` then names it. */
  readonly caFile?: string;
  /** The program that run commands use; by default the one of the machine. */
  readonly kubectl?: string;
  readonly onRequest?: (entry: RequestLogEntry) => void;
}

export interface ServedSimulator {
  readonly port: number;
  readonly armEndpoint: string;
  readonly caPem: string;
  /** For kubectl, with a context for each cluster; it holds a token. */
  readonly kubeconfig: string;
  readonly identityEndpoint: string;
  readonly identityHeader: string;
  /** What a client needs in its environment: this program, `DefaultAzureCredential`, and az. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const quotaReset = 'x-ms-user-quota-resets-after';

/** `hh:mm:ss`, as Resource Graph writes it. */
function scaleQuotaReset(headers: Readonly<Record<string, string>>, speed: number): Readonly<Record<string, string>> {
  const [, hours, minutes, seconds] = /^(\d\d):(\d\d):(\d\d)$/.exec(headers[quotaReset] ?? '') ?? [];
  if (seconds === undefined || speed === 1) return headers;
  const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return {
    ...headers,
    [quotaReset]: new Date(Math.max(1, Math.ceil(whole / speed)) * 1000).toISOString().slice(11, 19),
  };
}

/** Divides the waits that a client is told by the speed, to at least 1 s; `retry-after-ms` has the exact wait. */
export function scaleWaits(given: Readonly<Record<string, string>>, speed: number): Readonly<Record<string, string>> {
  const headers = scaleQuotaReset(given, speed);
  const seconds = Number(headers['retry-after']);
  if (headers['retry-after'] === undefined || speed === 1 || !Number.isFinite(seconds)) return headers;
  return {
    ...headers,
    'retry-after': String(Math.max(1, Math.ceil(seconds / speed))),
    'retry-after-ms': String(Math.max(1, Math.ceil((seconds * 1000) / speed))),
  };
}

function send(response: ServerResponse, answer: HttpResponse, speed: number): void {
  if (!response.headersSent) response.writeHead(answer.status, scaleWaits(answer.headers, speed));
  response.end(answer.body);
}

/** The name that the client asked for in its TLS greeting. */
function serverNameOf({ socket }: IncomingMessage): string {
  const name: unknown = 'servername' in socket ? socket.servername : '';
  return typeof name === 'string' ? name : '';
}

/** How long an answer is held back that has nothing to say yet, and how often that is looked at; real time. */
const longestHold = 30_000;
const holdStep = 20;

/**
 * A watch, or a log that is followed, is answered once there is something in it, and clients then ask again. They get the
 * headers at once: some cannot be stopped before they have them.
 */
async function untilNews(simulator: Simulator, request: HttpRequest, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  for (let held = 0; held < longestHold && !response.destroyed && simulator.isWaiting(request); held += holdStep)
    await pause(holdStep);
}

function environmentOf(
  armEndpoint: string,
  identityEndpoint: string,
  secret: string,
  caFile: string | undefined,
): Readonly<Record<string, string>> {
  return {
    AKS_LOCALDNS_ARM_ENDPOINT: armEndpoint,
    ...(caFile === undefined ? {} : { AKS_LOCALDNS_CA_FILE: caFile, REQUESTS_CA_BUNDLE: caFile }),
    IDENTITY_ENDPOINT: identityEndpoint,
    IDENTITY_HEADER: secret,
    MSI_ENDPOINT: identityEndpoint,
    MSI_SECRET: secret,
    APPSETTING_WEBSITE_SITE_NAME: 'aks-localdns-simulator',
  };
}

/**
 * Serves the simulator over HTTPS on loopback, with a CA made for this run, and a managed identity endpoint beside it.
 */
export async function serveSimulator(simulator: Simulator, options: ServeOptions = {}): Promise<ServedSimulator> {
  const { speed = 1, latencyMilliseconds = 0, onRequest } = options;
  const { caPem, keyPem, certPem } = await certificates();
  let reported = simulator.requests.length;

  const server = createServer({ key: keyPem, cert: certPem }, (message, response) => {
    void (async () => {
      const given = await readRequest(message, simulator.origin);
      const request = { ...given, url: simulator.urlFor(given.url, serverNameOf(message)) };
      if (latencyMilliseconds > 0) await pause(latencyMilliseconds);
      if (simulator.isWaiting(request)) await untilNews(simulator, request, response);
      try {
        send(response, await simulator.handle(request), speed);
      } finally {
        for (; reported < simulator.requests.length; reported += 1) {
          const entry = simulator.requests[reported];
          if (entry !== undefined) onRequest?.(entry);
        }
      }
      // A lost connection: the socket ends without an answer.
    })().catch(() => response.destroy());
  });
  const port = await listen(server, options.port ?? 0);
  const armEndpoint = `https://127.0.0.1:${String(port)}`;
  simulator.setOrigin(armEndpoint);
  simulator.setAuthority(caPem);
  simulator.setRunner(async (command, files, kubeconfig) =>
    runKubectl(options.kubectl ?? 'kubectl', command, files, kubeconfig),
  );

  // As hard to guess as the key of this run, without another source of randomness.
  const identityHeader = createHash('sha256').update(keyPem).digest('hex');
  const identity = createIdentityServer(simulator, identityHeader, speed);
  const identityPort = await listen(identity, 0);
  const identityEndpoint = `http://127.0.0.1:${String(identityPort)}/msi/token`;

  let kubeconfig: string | undefined;
  return {
    port,
    armEndpoint,
    caPem,
    // For a fleet it is long, and few ask for it.
    get kubeconfig() {
      kubeconfig ??= simulator.kubeconfig();
      return kubeconfig;
    },
    identityEndpoint,
    identityHeader,
    environment: environmentOf(armEndpoint, identityEndpoint, identityHeader, options.caFile),
    close: async () => {
      await Promise.all([closeServer(server), closeServer(identity)]);
    },
  };
}
