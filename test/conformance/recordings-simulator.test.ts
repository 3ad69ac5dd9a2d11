import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  asArray,
  asString,
  at,
  jsonDifferences,
  isJsonObject,
  own,
  parseJson,
  type JsonObject,
  type JsonValue,
} from '../../src/core/json.ts';
import { createSimulator, type Simulator } from '../../src/simulator/index.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { differences } from './recordings-simulator.differences.ts';

const folder = new URL('../../../shared/reference/azure-cli/recordings/', import.meta.url);
const files = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
  : [];

interface Interaction {
  readonly method: string;
  readonly url: string;
  readonly requestBody: JsonValue | undefined;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: JsonValue | undefined;
}

function read(file: string): readonly Interaction[] {
  return readFileSync(new URL(file, folder), 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const recorded = parseJson(line);
      const texts = (value: unknown): Readonly<Record<string, string>> =>
        isJsonObject(value)
          ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name.toLowerCase(), asString(text) ?? '']))
          : {};
      return {
        method: asString(own(recorded, 'method')) ?? '',
        url: asString(own(recorded, 'url')) ?? '',
        requestBody: own(recorded, 'requestBody') ?? undefined,
        requestHeaders: texts(own(recorded, 'requestHeaders')),
        status: Number(own(recorded, 'status')),
        responseHeaders: texts(own(recorded, 'responseHeaders')),
        responseBody: own(recorded, 'responseBody'),
      };
    });
}

function timeOf(interaction: Interaction): number {
  return Date.parse(interaction.responseHeaders['date'] ?? '');
}

const clusterPattern =
  /^(\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/microsoft\.containerservice\/managedclusters\/[^/?]+)/i;

/** The first state of each resource in a recording, before it changes: what must exist when the recording starts. */
function beginning(interactions: readonly Interaction[]): JsonValue {
  const loaded = new Map<string, JsonObject>();
  const touched = new Set<string>();
  for (const { method, url, status, responseBody } of interactions) {
    const path = new URL(url).pathname;
    const [clusterId] = clusterPattern.exec(path) ?? [];
    if (clusterId !== undefined && status !== 404) addCluster(loaded, clusterId);
    const bodies =
      method === 'GET' || /\/(?:un)?register$|upgradeNodeImageVersion$/i.test(path)
        ? [responseBody, ...asArray(own(responseBody, 'value'))]
        : [];
    for (const body of bodies) addFirst(loaded, touched, body, method);
    if (method === 'PUT') touched.add(path.toLowerCase());
    if (method === 'PUT' && path.includes('subscriptionFeatureRegistrations')) addRegistration(loaded, path);
  }
  return [...loaded.values()];
}

function addCluster(loaded: Map<string, JsonObject>, id: string): void {
  const key = id.toLowerCase();
  if (!loaded.has(key))
    loaded.set(key, {
      id,
      location: 'westus2',
      properties: { provisioningState: 'Succeeded', currentKubernetesVersion: '1.33.0', kubernetesVersion: '1.33.0' },
    });
}

/** The state before the recorded answer: an unregistering feature was registered, an upgrading pool had succeeded. */
const before: Readonly<Record<string, string>> = {
  Unregistering: 'Registered',
  UpgradingNodeImageVersion: 'Succeeded',
};

function addFirst(
  loaded: Map<string, JsonObject>,
  touched: ReadonlySet<string>,
  body: JsonValue | undefined,
  method: string,
): void {
  const id = asString(own(body, 'id'));
  if (!isJsonObject(body) || id === undefined || !id.startsWith('/subscriptions/')) return;
  if (
    loaded.has(id.toLowerCase()) ||
    touched.has(id.toLowerCase()) ||
    /maintenanceConfigurations|commandResults/i.test(id)
  )
    return;
  const properties = own(body, 'properties');
  const earlier = (state: JsonValue | undefined): JsonValue | undefined =>
    method === 'POST' ? (before[asString(state) ?? ''] ?? state) : state;
  if (!isJsonObject(properties)) loaded.set(id.toLowerCase(), body);
  else if (properties['state'] !== undefined)
    loaded.set(id.toLowerCase(), { ...body, properties: { ...properties, state: earlier(properties['state']) } });
  else
    loaded.set(id.toLowerCase(), {
      ...body,
      properties: { ...properties, provisioningState: earlier(properties['provisioningState']) },
    });
}

/** The recorded registration was Registered immediately, because the feature had been registered before. */
function addRegistration(loaded: Map<string, JsonObject>, path: string): void {
  const id = path.replace('featureProviders', 'providers').replace('subscriptionFeatureRegistrations', 'features');
  loaded.set(id.toLowerCase(), { id, properties: { state: 'Registered' } });
}

/** Members that are IDs or times, which always differ. */
const byNature = /(?:^|\.)(?:eTag|nextLink|startTime|endTime|registrationDate|startedAt|finishedAt)$/;
const mattering = [
  'azure-asyncoperation',
  'location',
  'x-ms-failure-cause',
  'content-type',
  'retry-after',
  'x-ms-operation-identifier',
  'x-ms-providerhub-traffic',
];
const maybeUnrecorded = new Set(['content-type', 'x-ms-operation-identifier']);

/** URLs without their IDs, tokens and API versions. */
function shape(header: string, value: string): string {
  if (header === 'x-ms-operation-identifier')
    return value.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '*').replace(/\/[a-z0-9]+\//, '/*/');
  if (!value.startsWith('https:')) return value;
  const url = new URL(value);
  return `${url.origin}${url.pathname.replace(/[0-9a-f]{8}-?[0-9a-f-]{23,27}$/, '*')}`;
}

function headerProblems(recorded: Interaction, headers: Readonly<Record<string, string>>): readonly string[] {
  return mattering.flatMap((header) => {
    const [expected, actual] = [recorded.responseHeaders[header], headers[header]];
    if (expected === undefined && (actual === undefined || maybeUnrecorded.has(header))) return [];
    return expected !== undefined && actual !== undefined && shape(header, expected) === shape(header, actual)
      ? []
      : [`header:${header}`];
  });
}

function bodyProblems(recorded: JsonValue | undefined, text: string): readonly string[] {
  const actual = text === '' ? '' : parseJson(text);
  if (recorded === '' || !isJsonObject(recorded)) return actual === recorded ? [] : ['body'];
  const flat = (value: unknown): JsonObject =>
    Array.isArray(own(value, 'value'))
      ? {
          ...(value as JsonObject),
          value: Object.fromEntries(asArray(own(value, 'value')).map((item, index) => [String(index), item])),
        }
      : (value as JsonObject);
  return jsonDifferences(flat(recorded), flat(actual))
    .map(({ path }) => path)
    .filter((path) => !isNatural(path, flat(recorded), flat(actual)));
}

/**
 * An ID or a time always differs, but must exist on both sides; a name with an operation ID is recognized by its form.
 */
function isNatural(path: string, recorded: JsonObject, actual: JsonObject): boolean {
  const keys = path.split('.');
  const [left, right] = [at(recorded, ...keys), at(actual, ...keys)];
  // The ID of an operation or a run command, not of a resource.
  if (path === 'name' || path === 'id')
    return [left, right].every((value) => /^[0-9a-f]{8}-?[0-9a-f-]{23,27}$/.test(asString(value) ?? ''));
  return byNature.test(path) && left !== undefined && right !== undefined;
}

interface Played {
  readonly interaction: Interaction;
  readonly problems: readonly string[];
}

/** A group without the cluster, for a recorded 404. */
function nothingYet(clock: ManualClock, interaction: Interaction): Simulator {
  const [clusterId = ''] = clusterPattern.exec(new URL(interaction.url).pathname) ?? [];
  return createSimulator({ clock, load: [{ id: `${clusterId}-other`, location: 'westus2', properties: {} }] });
}

/** Plays a recording at its recorded times; URLs from the simulator replace the recorded ones. */
async function play(file: string): Promise<{ readonly played: readonly Played[]; readonly simulator: Simulator }> {
  const interactions = read(file);
  const [first] = interactions;
  const clock = new ManualClock(first === undefined ? 0 : timeOf(first));
  const simulator = createSimulator({
    clock,
    load: beginning(interactions),
    runCommand: () => ({ exitCode: 0, logs: recordedLogs(interactions) }),
  });
  const { token } = simulator.issueToken();
  const handedOut = new Map<string, string>();
  const played: Played[] = [];
  for (const interaction of interactions) {
    clock.advance(Math.max(0, timeOf(interaction) - clock.now()));
    const url = handedOut.get(normal(interaction.url)) ?? interaction.url;
    if (url === interaction.url && /\/locations\/[^/]+\/operations\//.test(url)) continue;
    const response = await (interaction.status === 404 ? nothingYet(clock, interaction) : simulator).handle({
      method: interaction.method,
      url,
      headers: { authorization: `Bearer ${token}`, ...interaction.requestHeaders },
      body: interaction.requestBody === undefined ? undefined : JSON.stringify(interaction.requestBody),
    });
    for (const header of ['azure-asyncoperation', 'location'])
      remember(handedOut, interaction.responseHeaders[header], response.headers[header]);
    remember(
      handedOut,
      asString(own(interaction.responseBody, 'nextLink')),
      asString(own(parseJson(response.body), 'nextLink')),
    );
    const status =
      response.status === interaction.status
        ? []
        : [`status ${String(response.status)} for ${String(interaction.status)}: ${response.body}`];
    played.push({
      interaction,
      problems: [
        ...status,
        ...headerProblems(interaction, response.headers),
        ...bodyProblems(interaction.responseBody, response.body),
      ],
    });
  }
  return { played, simulator };
}

function normal(url: string): string {
  return url.replaceAll('%24', '$').toLowerCase();
}

function remember(handedOut: Map<string, string>, recorded: string | undefined, actual: string | undefined): void {
  if (recorded !== undefined && actual !== undefined) handedOut.set(normal(recorded), actual);
}

function recordedLogs(interactions: readonly Interaction[]): string {
  return (
    interactions
      .map(({ responseBody }) => asString(at(responseBody, 'properties', 'logs')))
      .find((logs) => logs !== undefined) ?? ''
  );
}

const used = new Set<string>();

function unexplained(file: string, problems: readonly string[]): readonly string[] {
  return problems.filter((problem) => {
    const known = differences.find(
      (difference) => (difference.file === '*' || difference.file === file) && difference.path === problem,
    );
    if (known !== undefined) used.add(`${known.file} ${known.path}`);
    return known === undefined;
  });
}

// Skipped without the reference data next to the checkout.
describe.skipIf(files.length === 0)('recordings of real traffic, played against the simulator', () => {
  test.each(files)('%s: same status, headers and body', async (file) => {
    const { played, simulator } = await play(file);
    const problems = played.flatMap(({ interaction, problems: found }) => {
      const rest = unexplained(file, found);
      return rest.length === 0
        ? []
        : [`${interaction.method} ${interaction.url.slice(0, 220)}\n  ${rest.join('\n  ')}`];
    });
    expect(problems).toEqual([]);
    expect(played.length).toBeGreaterThan(0);
    expect(simulator.unknownRoutes).toEqual([]);
  });

  test('every listed difference occurs in a recording', () => {
    expect(
      differences.map((difference) => `${difference.file} ${difference.path}`).filter((name) => !used.has(name)),
    ).toEqual([]);
  });
});
