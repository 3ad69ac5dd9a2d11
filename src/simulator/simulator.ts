import { ConnectionLost, type HttpHandler, type HttpRequest, type HttpResponse } from '../core/http.ts';
import { parseJson, type JsonObject } from '../core/json.ts';
import { createBuckets } from './arm/budgets.ts';
import type { Exchange } from './arm/exchange.ts';
import { gate } from './arm/gate.ts';
import { clusterKey } from './arm/lookup.ts';
import { settle } from './arm/operations.ts';
import { gatewayError, type Reply } from './arm/reply.ts';
import { createRouter, type Match } from './arm/router.ts';
import { routes } from './arm/routes.ts';
import { authenticate, issueToken } from './arm/token.ts';
import { createGraphState } from './graph/state.ts';
import { createLog } from './log.ts';
import type { Simulator, SimulatorOptions } from './options.ts';
import { createRandom } from './random.ts';
import { toResponse } from './response.ts';
import { fillFleet, type Fleet } from './sample/fleet.ts';
import { fillFrom } from './sample/load.ts';
import { fillSample } from './sample/sample.ts';
import { scenarioNamed } from './scenarios/catalogue.ts';
import { createFaults } from './scenarios/faults.ts';
import { defaultSettings } from './settings.ts';
import type { Cluster, World } from './world.ts';

const router = createRouter(routes);
const nobody = { objectId: '', tenantId: '' };

function createWorld(options: SimulatorOptions): World {
  const seed = options.seed ?? 1;
  const world: World = {
    now: () => options.clock.now(),
    settings: defaultSettings(),
    random: createRandom(seed),
    buckets: createBuckets(),
    faults: createFaults(),
    subscriptions: new Map(),
    operations: new Map(),
    running: new Set(),
    commands: new Map(),
    managementGroups: new Map(),
    graph: createGraphState(),
    networks: new Map(),
    securityGroups: new Map(),
    quotas: new Map(),
    signingKey: `aks-localdns-simulator-${String(seed)}`,
    origin: options.origin ?? 'https://management.azure.com',
    runCommand: options.runCommand ?? (() => ({ exitCode: 0, logs: '' })),
  };
  return world;
}

/** Fills the world with what there is at the start; answers the fleet if it is a generated one. */
function fill(world: World, { load, clusters }: SimulatorOptions): Fleet | undefined {
  if (load !== undefined) fillFrom(world, load);
  else if (clusters !== undefined) return fillFleet(world, clusters);
  else fillSample(world);
  return undefined;
}

function exchangeOf(world: World, request: HttpRequest, url: URL, match: Match): Exchange {
  const query = new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  return {
    world,
    now: world.now(),
    route: match.route,
    request,
    url,
    params: match.params,
    query,
    apiVersion: query.get('api-version') ?? '',
    caller: nobody,
    body: request.body === undefined || request.body === '' ? undefined : parseJson(request.body),
  };
}

/** What happens when the request is carried out, faults of the answer included. */
function carryOut(exchange: Exchange): Reply {
  const { world, route } = exchange;
  for (const fault of world.faults.strike('change', route.name, exchange)) fault.change(exchange);
  settle(world);
  const reply = route.handler(exchange);
  if (reply.status >= 300) return reply;
  if (world.faults.strike('lose-answer', route.name, exchange).length > 0) throw new ConnectionLost('socket hang up');
  const [after] = world.faults.strike('answer-after', route.name, exchange);
  return after?.answer(exchange) ?? reply;
}

function answer(
  world: World,
  request: HttpRequest,
  url: URL,
  match: Match,
): { readonly reply: Reply; readonly rateHeaders: Readonly<Record<string, string>>; readonly exchange: Exchange } {
  const anonymous = exchangeOf(world, request, url, match);
  const caller =
    match.route.anonymous === true ? nobody : authenticate(world, request.headers['authorization'], anonymous.now);
  if ('status' in caller) return { reply: caller, rateHeaders: {}, exchange: anonymous };
  const exchange = { ...anonymous, caller };
  const gated = gate(exchange);
  if ('status' in gated) return { reply: gated, rateHeaders: {}, exchange };
  return { reply: carryOut(exchange), rateHeaders: gated.rateHeaders, exchange };
}

function findCluster(world: World, name: string): Cluster | undefined {
  for (const subscription of world.subscriptions.values()) {
    for (const cluster of subscription.clusters.values()) {
      if (cluster.name === name || clusterKey(cluster.resourceGroup, cluster.name) === name.toLowerCase())
        return cluster;
    }
  }
  return undefined;
}

/** A simulated Azure under the given clock: one function from request to response, no sockets, no timers. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const world = createWorld(options);
  const fleet = fill(world, options);
  const log = createLog();

  const handle: HttpHandler = async (request) => {
    settle(world);
    const url = new URL(request.url);
    const match = router.find(request.method, url.pathname);
    const finish = (response: HttpResponse): HttpResponse => {
      log.add(world.now(), request.method, url, response.status);
      return response;
    };
    if (match === undefined) {
      log.unknown(request.method, url);
      const message = `The simulator does not know the route ${request.method} ${url.pathname}.`;
      return finish(toResponse(world, request, { reply: gatewayError(404, 'UnknownRoute', message), rateHeaders: {} }));
    }
    try {
      return finish(toResponse(world, request, answer(world, request, url, match)));
    } catch (error) {
      // 0 stands for a connection that ended without an answer.
      if (error instanceof ConnectionLost) log.add(world.now(), request.method, url, 0);
      throw error;
    }
  };

  const simulator: Simulator = {
    handle,
    issueToken: (tokenOptions) => issueToken(world, tokenOptions),
    requests: log.requests,
    unknownRoutes: log.unknownRoutes,
    now: () => world.now(),
    get origin() {
      return world.origin;
    },
    setOrigin(origin) {
      world.origin = origin;
    },
    useScenario(name) {
      const scenario = scenarioNamed(name);
      scenario.prepare?.(world);
      world.faults.add(scenario.faults ?? []);
    },
    pool(cluster, pool): JsonObject | undefined {
      settle(world);
      return findCluster(world, cluster)?.pools.get(pool.toLowerCase())?.properties;
    },
    changePool(cluster, pool, change) {
      settle(world);
      const found = findCluster(world, cluster)?.pools.get(pool.toLowerCase());
      if (found === undefined) throw new Error(`The simulator has no pool ${cluster}/${pool}.`);
      found.properties = { ...change(found.properties), eTag: world.random.guid() };
    },
    fleet,
    reimagedNodes(cluster, pool) {
      settle(world);
      return findCluster(world, cluster)?.pools.get(pool.toLowerCase())?.reimagedNodes ?? 0;
    },
  };
  const { scenario = [] } = options;
  for (const name of typeof scenario === 'string' ? [scenario] : scenario) simulator.useScenario(name);
  return simulator;
}
