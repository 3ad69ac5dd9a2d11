import type { HttpRequest } from '../../../src/core/http.ts';
import { asString, isJsonObject, parseJson, type JsonObject, type JsonValue } from '../../../src/core/json.ts';
import { createSimulator, sample, type Simulator, type SimulatorOptions } from '../../../src/simulator/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';

interface Answer {
  readonly status: number;
  readonly body: JsonObject;
  readonly text: string;
}

/** A plain client of one cluster's Kubernetes API. */
export interface Api {
  readonly simulator: Simulator;
  send(method: string, path: string, body?: JsonValue, headers?: Record<string, string>): Promise<Answer>;
  get(path: string): Promise<Answer>;
  items(path: string): Promise<readonly JsonObject[]>;
  /** True if a server would delay the response to a GET. */
  isWaiting(path: string): boolean;
  advance(seconds: number): void;
  /** The same simulator, another cluster. */
  of(cluster: string): Api;
}

const audience = '6dae42f8-4368-4678-94ff-3960e28e3630';

export function apiOf(simulator: Simulator, clock: ManualClock, cluster: string = sample.cluster): Api {
  const base = `https://127.0.0.1/kubernetes/${sample.subscriptionId}/${sample.resourceGroup}/${cluster}`;
  const request = (method: string, path: string, body?: JsonValue): HttpRequest => {
    const { token } = simulator.issueToken({ resource: audience });
    return {
      method,
      url: `${base}${path}`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    };
  };
  const send: Api['send'] = async (method, path, body, headers = {}) => {
    const asked = request(method, path, body);
    const response = await simulator.handle({ ...asked, headers: { ...asked.headers, ...headers } });
    const parsed = parseJson(response.body);
    return { status: response.status, body: isJsonObject(parsed) ? parsed : {}, text: response.body };
  };
  const get = async (path: string): Promise<Answer> => send('GET', path);
  return {
    simulator,
    send,
    get,
    items: async (path) => {
      const { body } = await get(path);
      return (body['items'] ?? []) as readonly JsonObject[];
    },
    isWaiting: (path) => simulator.isWaiting(request('GET', path)),
    advance: (seconds) => {
      clock.advance(seconds * 1000);
    },
    of: (other) => apiOf(simulator, clock, other),
  };
}

export function api(options: Partial<SimulatorOptions> = {}, cluster?: string): Api {
  const clock = new ManualClock();
  return apiOf(createSimulator({ clock, ...options }), clock, cluster);
}

/** A pod that the program's probe script would run in, on the nodes that the selector names. */
export function probePod(name: string, nodeSelector: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels: { app: 'probe' } },
    spec: {
      restartPolicy: 'Never',
      nodeSelector,
      containers: [{ name: 'probe', image: 'busybox', env: [{ name: 'PROBE_NONCE', value: `nonce-${name}` }] }],
      ...more,
    },
  };
}

export function nameOf(object: JsonObject): string {
  const metadata = object['metadata'];
  return (isJsonObject(metadata) ? asString(metadata['name']) : undefined) ?? '';
}
