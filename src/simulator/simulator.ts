import { ConnectionLost, type HttpHandler, type HttpRequest, type HttpResponse } from '../core/http.ts';
import { parseJson, type JsonObject, type JsonValue } from '../core/json.ts';
import type { Clock } from '../core/ports.ts';
import { recordActivity } from './arm/activity-log.ts';
import { admit } from './arm/admission.ts';
import type { Caller, Exchange } from './arm/exchange.ts';
import { Faults } from './arm/faults.ts';
import { isKubernetesPath } from './arm/kubernetes-endpoint.ts';
import { clusterKey } from './arm/lookup.ts';
import { settle } from './arm/operations.ts';
import { gatewayError, type Reply } from './arm/reply.ts';
import { authenticate, issueToken, type TokenOptions } from './arm/token.ts';
import { answerKubernetes, isWaiting } from './kubernetes/handle.ts';
import { kubeconfigText, pathOfServerName } from './kubernetes/kubeconfig.ts';
import { createRandom } from './random.ts';
import { toResponse, type Answered } from './response.ts';
import { findRoute, type Match } from './routes.ts';
import { fillFleet, type Fleet } from './sample/fleet.ts';
import { fillFrom } from './sample/load.ts';
import { fillSample } from './sample/sample.ts';
import { scenarioNamed } from './scenarios/catalogue.ts';
import { defaultSettings } from './settings.ts';
import type { CommandOutcome, Pool, World } from './world.ts';

export interface SimulatorOptions {
  readonly clock: Pick<Clock, 'now'>;
  /**
   * The base of the absolute URLs that it hands out (operations, nextLink). Defaults to
   * `https://management.azure.com`.
   */
  readonly origin?: string;
  readonly scenario?: string | readonly string[];
  /** Generate a fleet of this many clusters in place of the sample. */
  readonly clusters?: number;
  /** The same seed gives the same fleet, ids and eTags. */
  readonly seed?: number;
  /** ARM resources in place of the sample. */
  readonly load?: JsonValue;
  /** What a run command answers. Defaults to exit code 0 and no output. */
  readonly runCommand?: (command: string) => CommandOutcome;
}

export interface RequestLogEntry {
  /** ISO 8601. */
  readonly time: string;
  readonly method: string;
  readonly path: string;
  /** Without `?`; signature values are hidden. */
  readonly query: string;
  /** 0 if the connection ended without an answer. */
  readonly status: number;
}

export interface Simulator {
  readonly handle: HttpHandler;
  /** Whether a server should hold the answer back: a watch without news, a log that is followed. */
  isWaiting(request: HttpRequest): boolean;
  /** The URL that is meant by a client that named a cluster by its TLS name alone. */
  urlFor(url: string, serverName: string): string;
  /** For kubectl: a context for each cluster. It holds a token. */
  kubeconfig(): string;
  /** A bearer token that it accepts; each `caller` is its own principal. `expiresOn`: seconds since the epoch. */
  issueToken(options?: TokenOptions): { token: string; expiresOn: number };
  readonly requests: readonly RequestLogEntry[];
  /** `METHOD path` of every request that no route answered. Tests assert that it is empty. */
  readonly unknownRoutes: readonly string[];
  readonly origin: string;
  setOrigin(origin: string): void;
  /** It is served over TLS, by a certificate of this CA: kubeconfigs then lead to its clusters. */
  setAuthority(caPem: string): void;
  /** What run commands do, if no option says what they answer. `kubeconfig` is the cluster's. */
  setRunner(run: (command: string, files: string, kubeconfig: string) => Promise<CommandOutcome>): void;
  now(): number;
  /** Adds a scenario to those in use. @throws UsageError if there is none of that name. */
  useScenario(name: string): void;
  /** The stored properties of a pool; `cluster` is a name, or `group/name`. */
  pool(cluster: string, pool: string): JsonObject | undefined;
  /** Changes a pool's stored properties as somebody else would; its eTag changes too. */
  changePool(cluster: string, pool: string, change: (properties: JsonObject) => JsonObject): void;
  /** The generated fleet, before scenarios and later changes; undefined for the sample and for what was loaded. */
  readonly fleet: Fleet | undefined;
  /** How many node reimages a pool has had. */
  reimagedNodes(cluster: string, pool: string): number;
}

/** The parts of a signed operation URL: anybody who has them can read the operation. */
const secrets = new Set(['c', 's', 'h', 'sig']);

function hideSecrets(url: URL): string {
  const parts = url.search
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '');
  return parts
    .map((part) => {
      const [name = ''] = part.split('=');
      return secrets.has(name.toLowerCase()) ? `${name}=[hidden]` : part;
    })
    .join('&');
}

function logEntry(time: number, method: string, url: URL, status: number): RequestLogEntry {
  return { time: new Date(time).toISOString(), method, path: url.pathname, query: hideSecrets(url), status };
}

function emptyWorld({ clock, origin, runCommand, seed = 1 }: SimulatorOptions): World {
  return {
    now: () => clock.now(),
    settings: defaultSettings(),
    random: createRandom(seed),
    subscriptions: new Map(),
    operations: new Map(),
    running: new Set(),
    commands: new Map(),
    managementGroups: new Map(),
    networks: new Map(),
    securityGroups: new Map(),
    locks: new Map(),
    policies: new Map(),
    activity: [],
    quotas: new Map(),
    skus: [],
    buckets: new Map(),
    graph: { snapshots: new Map(), windows: new Map(), frozen: undefined },
    kubernetes: new Map(),
    signingKey: `aks-localdns-simulator-${String(seed)}`,
    origin: origin ?? 'https://management.azure.com',
    caPem: undefined,
    runCommand: runCommand ?? (() => ({ exitCode: 0, logs: '' })),
  };
}

/** Adds what is there at the start; returns the fleet if one was generated. */
function fill(world: World, { load, clusters }: SimulatorOptions): Fleet | undefined {
  if (load !== undefined) {
    fillFrom(world, load);
    // VM sizes alone are added to the sample: an Azure without a subscription shows nothing.
    if (world.subscriptions.size === 0 && world.skus.length > 0) fillSample(world);
  } else if (clusters !== undefined) return fillFleet(world, clusters);
  else fillSample(world);
  return undefined;
}

function exchangeOf(
  world: World,
  faults: Faults,
  request: HttpRequest,
  url: URL,
  { route, params }: Match,
  caller: Caller,
): Exchange {
  const query = new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  const exchange: Exchange = {
    world,
    now: world.now(),
    route,
    request,
    url,
    params,
    query,
    apiVersion: query.get('api-version') ?? '',
    caller,
    body: request.body === undefined || request.body === '' ? undefined : parseJson(request.body),
    faults: {
      operation: () => faults.trigger('operation', exchange)[0]?.shape,
      stored: (accepted, before) =>
        faults
          .trigger('store', exchange)
          .reduce<JsonObject>((properties, { store }) => store(properties, before), accepted),
    },
  };
  return exchange;
}

/** Carries the request out, with the faults that come before and after. */
function carryOut(exchange: Exchange, faults: Faults): Reply {
  for (const { change } of faults.trigger('change', exchange)) change(exchange);
  settle(exchange.world);
  const reply = exchange.route.handler(exchange);
  if (reply.status >= 300) return reply;
  if (faults.trigger('lose-answer', exchange).length > 0) {
    recordActivity(exchange, { status: reply.status, headers: reply.headers, body: '' });
    throw new ConnectionLost('socket hang up');
  }
  const [after] = faults.trigger('answer-after', exchange);
  return after?.answer(exchange) ?? reply;
}

const nobody: Caller = { objectId: '', tenantId: '' };

function answer(world: World, faults: Faults, request: HttpRequest, url: URL, match: Match): Answered {
  const caller =
    match.route.anonymous === true ? nobody : authenticate(world, request.headers['authorization'], world.now());
  const refused = 'status' in caller ? caller : undefined;
  const exchange = exchangeOf(world, faults, request, url, match, 'status' in caller ? nobody : caller);
  if (refused !== undefined) return { reply: refused, rateHeaders: {}, exchange };
  const admitted = admit(exchange, faults);
  if ('status' in admitted) return { reply: admitted, rateHeaders: {}, exchange };
  return { reply: carryOut(exchange, faults), rateHeaders: admitted.rateHeaders, exchange };
}

function findPool(world: World, clusterName: string, pool: string): Pool | undefined {
  settle(world);
  for (const { clusters } of world.subscriptions.values()) {
    for (const { name, resourceGroup, pools } of clusters.values()) {
      if (name === clusterName || clusterKey(resourceGroup, name) === clusterName.toLowerCase())
        return pools.get(pool.toLowerCase());
    }
  }
  return undefined;
}

/** A simulated Azure under the given clock: one function from request to response, no sockets, no timers. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const world = emptyWorld(options);
  const fleet = fill(world, options);
  const faults = new Faults();
  const requests: RequestLogEntry[] = [];
  const unknownRoutes: string[] = [];

  const answered = (request: HttpRequest, url: URL): Answered => {
    const match = findRoute(request.method, url.pathname);
    if (match !== undefined) return answer(world, faults, request, url, match);
    unknownRoutes.push(`${request.method} ${url.pathname}`);
    const message = `The simulator does not know the route ${request.method} ${url.pathname}.`;
    return { reply: gatewayError(404, 'UnknownRoute', message), rateHeaders: {} };
  };

  const simulator: Simulator = {
    handle: async (request) => {
      settle(world);
      const url = new URL(request.url);
      const log = (status: number): void => void requests.push(logEntry(world.now(), request.method, url, status));
      try {
        if (isKubernetesPath(url.pathname)) {
          const response = answerKubernetes(world, request);
          log(response.status);
          return response;
        }
        const result = answered(request, url);
        const response: HttpResponse = toResponse(world, request, result);
        log(response.status);
        if (result.exchange !== undefined) recordActivity(result.exchange, response);
        return response;
      } catch (error) {
        if (error instanceof ConnectionLost) log(0);
        throw error;
      }
    },
    isWaiting: (request) => {
      settle(world);
      return isKubernetesPath(new URL(request.url).pathname) && isWaiting(world, request);
    },
    urlFor: (given, serverName) => {
      const url = new URL(given);
      const base = isKubernetesPath(url.pathname) ? undefined : pathOfServerName(world, serverName);
      return base === undefined ? given : `${url.origin}${base}${url.pathname}${url.search}`;
    },
    kubeconfig: () => kubeconfigText(world),
    issueToken: (tokenOptions) => issueToken(world, tokenOptions),
    requests,
    unknownRoutes,
    now: () => world.now(),
    get origin() {
      return world.origin;
    },
    setOrigin(origin) {
      world.origin = origin;
    },
    setAuthority(caPem) {
      world.caPem = caPem;
    },
    setRunner(run) {
      if (options.runCommand !== undefined) return;
      world.runCommand = async (command, files, cluster) => run(command, files, kubeconfigText(world, cluster));
    },
    useScenario(name) {
      const scenario = scenarioNamed(name);
      scenario.prepare?.(world);
      faults.add(scenario.faults ?? []);
    },
    pool: (cluster, pool) => findPool(world, cluster, pool)?.properties,
    changePool(cluster, pool, change) {
      const found = findPool(world, cluster, pool);
      if (found === undefined) throw new Error(`The simulator has no pool ${cluster}/${pool}.`);
      found.properties = { ...change(found.properties), eTag: world.random.guid() };
    },
    fleet,
    reimagedNodes: (cluster, pool) => findPool(world, cluster, pool)?.reimagedNodes ?? 0,
  };
  const { scenario = [] } = options;
  for (const name of typeof scenario === 'string' ? [scenario] : scenario) simulator.useScenario(name);
  return simulator;
}
