import { asString, isJsonObject, parseJson, type JsonObject, type JsonValue } from '../../src/core/json.ts';
import { createSimulator, sample, type Simulator, type SimulatorOptions } from '../../src/simulator/index.ts';
import { ManualClock } from '../support/manual-clock.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
  readonly text: string;
}

/** A plain HTTP client without retries. */
export interface Wire {
  readonly simulator: Simulator;
  readonly clock: ManualClock;
  send(
    method: string,
    pathOrUrl: string,
    options?: { body?: JsonValue; headers?: Record<string, string>; caller?: string },
  ): Promise<Answer>;
  get(pathOrUrl: string): Promise<Answer>;
  advance(seconds: number): void;
}

export const apiVersion = '2026-03-01';
const host = 'https://management.azure.com';

export function wire(options: Partial<SimulatorOptions> = {}): Wire {
  const clock = new ManualClock();
  const simulator = createSimulator({ clock, ...options });
  const send: Wire['send'] = async (method, pathOrUrl, { body, headers = {}, caller } = {}) => {
    const { token } = simulator.issueToken(caller === undefined ? {} : { caller });
    const response = await simulator.handle({
      method,
      url: pathOrUrl.startsWith('https:') ? pathOrUrl : `${host}${pathOrUrl}`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const parsed = parseJson(response.body);
    return {
      status: response.status,
      headers: response.headers,
      body: isJsonObject(parsed) ? parsed : {},
      text: response.body,
    };
  };
  return {
    simulator,
    clock,
    send,
    get: async (path) => send('GET', path),
    advance: (seconds) => {
      clock.advance(seconds * 1000);
    },
  };
}

export const subscriptionPath = `/subscriptions/${sample.subscriptionId}`;

export function clusterPath(cluster: string = sample.cluster): string {
  return `${subscriptionPath}/resourceGroups/${sample.resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${cluster}`;
}

export function poolPath(pool: string, cluster: string = sample.cluster, version = apiVersion): string {
  return `${clusterPath(cluster)}/agentPools/${pool}?api-version=${version}`;
}

export function propertiesOf(answer: Answer): JsonObject {
  const properties = answer.body['properties'];
  if (!isJsonObject(properties)) throw new Error(`No properties in ${answer.text}`);
  return properties;
}

const readOnly = ['eTag', 'provisioningState', 'currentOrchestratorVersion', 'nodeImageVersion', 'status'];

/** The body of a full update: everything that was read, without the read-only fields, with the change. */
export function faithful(properties: JsonObject, change: JsonObject): JsonObject {
  const kept = Object.entries(properties).filter(([key]) => !readOnly.includes(key));
  return { properties: { ...Object.fromEntries(kept), ...change } };
}

export const required: JsonObject = { localDNSProfile: { mode: 'Required' } };

/** Reads a pool, then sends it back with a change and its eTag. */
export async function update(
  on: Wire,
  pool: string,
  change: JsonObject = required,
  cluster: string = sample.cluster,
): Promise<Answer> {
  const properties = propertiesOf(await on.get(poolPath(pool, cluster)));
  return on.send('PUT', poolPath(pool, cluster), {
    body: faithful(properties, change),
    headers: { 'if-match': asString(properties['eTag']) ?? '' },
  });
}

export function code(answer: Answer): string | undefined {
  const error = isJsonObject(answer.body['error']) ? answer.body['error'] : answer.body;
  return asString(error['code']);
}
