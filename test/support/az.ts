import { asNumber, asString, at, isJsonObject, own, parseJson, without, type JsonObject } from '../../src/core/json.ts';
import type { Rig } from './e2e.ts';
import { shellWords } from './az-lines.ts';

/*
 * A stand-in for az that runs the printed commands: it reads, changes and sends the same as azure-cli 2.91, and advances
 * the clock by the time that az would wait. scripts/real-az.mjs runs the real az.
 */

export interface AzRan {
  /** 0, or 1 if Azure refused. */
  readonly code: number;
  readonly body: JsonObject;
}

const apiVersion = '2026-06-01';
/** Longer than any operation. */
const wait = 4 * 3600;

class AzLine {
  readonly verb: string;
  readonly #words: readonly string[];

  constructor(line: string) {
    const words = shellWords(line);
    const first = words.findIndex((word) => word.startsWith('-'));
    this.verb = words.slice(0, first).join(' ');
    this.#words = words.slice(first);
  }

  option(name: string): string | undefined {
    const index = this.#words.indexOf(name);
    return index < 0 ? undefined : (this.#words[index + 1] ?? '');
  }

  /** All values of an option. */
  words(name: string): readonly string[] {
    const rest = this.#words.slice(this.#words.indexOf(name) + 1);
    const next = rest.findIndex((word) => word.startsWith('-'));
    return next < 0 ? rest : rest.slice(0, next);
  }

  has(name: string): boolean {
    return this.#words.includes(name);
  }

  get group(): string {
    return `/subscriptions/${this.option('--subscription') ?? ''}/resourceGroups/${this.option('-g') ?? ''}`;
  }

  /** The cluster or node pool with the given names. */
  get path(): string {
    const cluster = this.option('--cluster-name');
    const name = this.option('-n') ?? '';
    const pool = cluster === undefined || name === '' ? '' : `/agentPools/${name}`;
    return `${this.group}/providers/Microsoft.ContainerService/managedClusters/${cluster ?? name}${pool}`;
  }
}

class Az {
  readonly #azure: Rig;
  readonly line: AzLine;

  constructor(azure: Rig, line: string) {
    this.#azure = azure;
    this.line = new AzLine(line);
  }

  async send(method: string, path: string, body?: JsonObject, version = apiVersion): Promise<AzRan> {
    const { token } = this.#azure.simulator.issueToken({ caller: 'az' });
    const answer = await this.#azure.simulator.handle({
      method,
      url: `${this.#azure.simulator.origin}${path}?api-version=${version}`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const parsed = parseJson(answer.body);
    return { code: answer.status < 400 ? 0 : 1, body: isJsonObject(parsed) ? parsed : {} };
  }

  /** Advances the clock past the end of running operations. */
  pass(): void {
    this.#azure.pass(wait);
  }

  async read(rest = ''): Promise<AzRan> {
    return this.send('GET', `${this.line.path}${rest}`);
  }

  async change(change: (properties: JsonObject) => JsonObject): Promise<AzRan> {
    const { body } = await this.read();
    const properties = own(body, 'properties');
    const sent = { ...body, properties: change(isJsonObject(properties) ? properties : {}) };
    const ran = await this.send('PUT', this.line.path, sent);
    this.pass();
    return ran;
  }

  async post(action: string): Promise<AzRan> {
    const ran = await this.send('POST', `${this.line.path}/${action}`);
    this.pass();
    return ran;
  }
}

function poolsOf(properties: JsonObject): readonly JsonObject[] {
  return properties['agentPoolProfiles'] as readonly JsonObject[];
}

/** Like `az aks upgrade` without `--control-plane-only`: upgrades every pool too. */
function upgradedCluster(properties: JsonObject, version: string): JsonObject {
  const pools = poolsOf(properties).map((pool) => ({ ...pool, orchestratorVersion: version }));
  return { ...without(properties, ['servicePrincipalProfile']), kubernetesVersion: version, agentPoolProfiles: pools };
}

/** az sends the new type of the pools; the service chooses their sizes. */
function migratedCluster(properties: JsonObject): JsonObject {
  const pools = poolsOf(properties).map((pool) => ({
    ...without(pool, ['count', 'vmSize']),
    type: 'VirtualMachines',
  }));
  return { ...properties, agentPoolProfiles: pools };
}

function updatedPool(properties: JsonObject, line: AzLine): JsonObject {
  const settings = own(properties, 'upgradeSettings');
  const [surge, unavailable] = [line.option('--max-surge'), line.option('--max-unavailable')];
  const sku = line.option('--os-sku');
  const bounds = line.has('--update-cluster-autoscaler')
    ? { minCount: Number(line.option('--min-count')), maxCount: Number(line.option('--max-count')) }
    : {};
  return {
    ...properties,
    ...bounds,
    ...(sku === undefined ? {} : { osSKU: sku }),
    upgradeSettings: {
      ...(isJsonObject(settings) ? settings : {}),
      ...(surge === undefined ? {} : { maxSurge: surge }),
      ...(unavailable === undefined ? {} : { maxUnavailable: unavailable }),
    },
  };
}

/** az sends the new size in lower case. */
function resized(properties: JsonObject, line: AzLine): JsonObject {
  const manual = at(properties, 'virtualMachinesProfile', 'scale', 'manual') as readonly JsonObject[];
  const current = line.option('--current-vm-sizes')?.toLowerCase();
  const next = manual.map((entry) =>
    asString(entry['size'])?.toLowerCase() === current
      ? {
          ...entry,
          size: line.option('--vm-sizes')?.toLowerCase() ?? null,
          count: asNumber(Number(line.option('--node-count'))) ?? null,
        }
      : entry,
  );
  return { ...properties, virtualMachinesProfile: { scale: { manual: next } } };
}

/** One value is sent under the singular name, several under the plural. */
function rule(line: AzLine): JsonObject {
  const values = (option: string, single: string, plural: string): JsonObject => {
    const words = line.words(option);
    return words.length === 1 ? { [single]: words[0] } : { [plural]: words };
  };
  return {
    access: line.option('--access'),
    direction: line.option('--direction'),
    priority: Number(line.option('--priority')),
    protocol: line.option('--protocol'),
    sourceAddressPrefix: '*',
    sourcePortRange: '*',
    ...values('--destination-port-ranges', 'destinationPortRange', 'destinationPortRanges'),
    ...values('--destination-address-prefixes', 'destinationAddressPrefix', 'destinationAddressPrefixes'),
  };
}

function createRule(az: Az): Promise<AzRan> {
  const { line } = az;
  const name = line.option('-n') ?? '';
  const group = `${line.group}/providers/Microsoft.Network/networkSecurityGroups/${line.option('--nsg-name') ?? ''}`;
  const body = { name, properties: rule(line) };
  return az.send('PUT', `${group}/securityRules/${name}`, body, '2022-01-01');
}

const versionOf = (line: AzLine): string => line.option('--kubernetes-version') ?? '';

const runners: Readonly<Record<string, (az: Az) => Promise<AzRan>>> = {
  'az aks list': (az) =>
    az.send(
      'GET',
      `/subscriptions/${az.line.option('--subscription') ?? ''}/providers/Microsoft.ContainerService/managedClusters`,
    ),
  'az aks start': (az) => az.post('start'),
  'az aks update': (az) =>
    az.change((properties) => (az.line.has('--migrate-vmas-to-vms') ? migratedCluster(properties) : properties)),
  'az aks wait': async (az) => {
    az.pass();
    return az.read();
  },
  'az aks operation-abort': (az) => az.post('abort'),
  'az aks get-upgrades': (az) => az.read('/upgradeProfiles/default'),
  'az aks upgrade': (az) => az.change((properties) => upgradedCluster(properties, versionOf(az.line))),
  'az aks nodepool list': (az) => az.read('/agentPools'),
  'az aks nodepool start': (az) => az.change((properties) => ({ ...properties, powerState: { code: 'Running' } })),
  'az aks nodepool scale': (az) =>
    az.change((properties) => ({ ...properties, count: Number(az.line.option('--node-count')) })),
  'az aks nodepool update': (az) => az.change((properties) => updatedPool(properties, az.line)),
  'az aks nodepool upgrade': (az) =>
    az.change((properties) => ({ ...properties, orchestratorVersion: versionOf(az.line) })),
  'az aks nodepool manual-scale update': (az) => az.change((properties) => resized(properties, az.line)),
  'az lock list': (az) =>
    az.send('GET', `${az.line.group}/providers/Microsoft.Authorization/locks`, undefined, '2016-09-01'),
  'az network nsg rule create': createRule,
};

/** The verbs of this stand-in. */
export const runnable: readonly string[] = Object.keys(runners);

/** Runs a command, or several joined by `&&`, against the simulator; the first failure ends it. */
export async function runAz(azure: Rig, lines: string): Promise<AzRan> {
  let ran: AzRan = { code: 0, body: {} };
  for (const line of lines.split(' && ')) {
    const az = new Az(azure, line);
    const runner = runners[az.line.verb];
    if (runner === undefined) throw new Error(`This az does not know: ${line}`);
    ran = await runner(az);
    if (ran.code !== 0) return ran;
  }
  return ran;
}

/** Runs a command without waiting for the operation, like `--no-wait`. */
export async function startAz(azure: Rig, line: string): Promise<AzRan> {
  const still = Object.assign(Object.create(azure) as Rig, { pass: () => undefined });
  return runAz(still, line);
}
