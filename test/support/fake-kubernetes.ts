import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RunResult } from '../../src/core/ports.ts';
import type { Kubectl } from '../../src/model/kubernetes.ts';

export interface FakeNode {
  readonly name: string;
  readonly pool?: string;
  /** `kubernetes.azure.com/localdns-state`; no label if it is absent. */
  readonly state?: string;
  readonly hostsPlugin?: boolean;
  readonly ready?: boolean;
  /** The answer of its kubelet; if absent, the kubelet does not answer. */
  readonly clusterDns?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly group?: string;
}

export interface FakeKubernetes {
  readonly subscriptionId: string;
  readonly nodeGroup: string;
  readonly context?: string;
  readonly server?: string;
  readonly nodes: readonly FakeNode[];
  /** `list nodes`, `get nodes/proxy`. */
  readonly denied?: readonly string[];
  /** The error of kubectl if it cannot reach the API server. */
  readonly unreachable?: string;
}

function done(stdout: string): RunResult {
  return { stdout, stderr: '', exitCode: 0 };
}

function failed(stderr: string, stdout = ''): RunResult {
  return { stdout, stderr, exitCode: 1 };
}

function nodeOf({ subscriptionId, nodeGroup }: FakeKubernetes, node: FakeNode): object {
  const { name, pool, state, hostsPlugin = false, ready = true, labels, group = nodeGroup } = node;
  return {
    metadata: {
      name,
      labels: {
        ...(pool === undefined ? {} : { agentpool: pool, 'kubernetes.azure.com/agentpool': pool }),
        ...(state === undefined ? {} : { 'kubernetes.azure.com/localdns-state': state }),
        ...labels,
      },
      annotations: hostsPlugin ? { 'kubernetes.azure.com/localdns-hosts-plugin': 'enabled' } : {},
    },
    spec: {
      providerID: `azure:///subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachineScaleSets/aks-${pool ?? 'x'}-vmss/virtualMachines/0`,
    },
    status: { conditions: [{ type: 'Ready', status: ready ? 'True' : 'Unknown' }] },
  };
}

function isSelected({ pool, labels = {} }: FakeNode, selector: string | null): boolean {
  if (selector === null) return true;
  const pools = /^kubernetes\.azure\.com\/agentpool in \((.*)\)$/.exec(selector)?.[1]?.split(',');
  if (pools !== undefined) return pool !== undefined && pools.includes(pool);
  const [key = '', value] = selector.split('=');
  return labels[key] === value;
}

function listOf(cluster: FakeKubernetes, query: URLSearchParams): RunResult {
  const selected = cluster.nodes.filter((node) => isSelected(node, query.get('labelSelector')));
  const from = Number(query.get('continue') ?? '0');
  const to = from + Number(query.get('limit'));
  const metadata = to < selected.length ? { continue: String(to) } : {};
  const items = selected.slice(from, to).map((node) => nodeOf(cluster, node));
  return done(JSON.stringify({ kind: 'NodeList', metadata, items }));
}

/** The answers of kubectl for such a cluster. */
export function answerOf(cluster: FakeKubernetes, args: readonly string[]): RunResult {
  const { context = 'aks-demo', server = 'https://127.0.0.1:6443', nodes, denied = [], unreachable } = cluster;
  const line = args.join(' ');
  if (line.startsWith('config view')) return done(`${context}\n${server}`);
  if (unreachable !== undefined) return failed(unreachable);
  if (line.startsWith('get --raw /version')) return done('{"major":"1","minor":"33"}');
  if (line.startsWith('auth can-i')) {
    const [, , verb = '', resource = '', more] = args;
    const isDenied = denied.includes(
      `${verb} ${resource}${more === undefined ? '' : `/${more.replace('--subresource=', '')}`}`,
    );
    return isDenied ? failed("Warning: resource 'nodes' is not namespace scoped\n", 'no\n') : done('yes\n');
  }
  const url = new URL(args[2] ?? '', 'https://api');
  if (url.pathname === '/api/v1/nodes')
    return denied.includes('list nodes')
      ? failed('Error from server (Forbidden): nodes is forbidden: User "a" cannot list resource "nodes"')
      : listOf(cluster, url.searchParams);
  const kubelet = nodes.find(({ name }) => url.pathname === `/api/v1/nodes/${name}/proxy/configz`);
  if (kubelet?.clusterDns !== undefined)
    return done(JSON.stringify({ kubeletconfig: { clusterDNS: kubelet.clusterDns } }));
  return failed('Error from server (ServiceUnavailable): the server is currently unable to handle the request');
}

export interface RecordingKubectl extends Kubectl {
  readonly calls: readonly (readonly string[])[];
}

export function fakeKubectl(cluster: FakeKubernetes, more: Partial<Kubectl> = {}): RecordingKubectl {
  const calls: (readonly string[])[] = [];
  return {
    via: 'kubectl',
    pageSize: 500,
    run: async (args) => {
      calls.push(args);
      return Promise.resolve(answerOf(cluster, args));
    },
    ...more,
    calls,
  };
}

export interface KubectlProgram {
  readonly path: string;
  /** The arguments and the KUBECONFIG of each call. */
  readonly calls: () => readonly { readonly args: readonly string[]; readonly kubeconfig?: string }[];
}

/** The behaviour of calls with these first arguments, instead of an answer. */
interface Misbehaviour {
  /** Prints its whole kubeconfig, and fails. */
  readonly leaks?: string;
  /** Never ends. */
  readonly hangs?: string;
}

/** A program that answers as kubectl does for such a cluster; lists come in one page. */
export function kubectlProgram(
  directory: string,
  cluster: FakeKubernetes,
  { leaks = '', hangs = '' }: Misbehaviour = {},
): KubectlProgram {
  const known = [
    ['config', 'view'],
    ['auth', 'can-i', 'list', 'nodes'],
    ['auth', 'can-i', 'get', 'nodes', '--subresource=proxy'],
    ['get', '--raw', '/version'],
    ['get', '--raw', '/api/v1/nodes?limit=500'],
    ...cluster.nodes.map(({ name }) => ['get', '--raw', `/api/v1/nodes/${name}/proxy/configz`]),
  ];
  const answers = known.map((args) => [args.join(' ').replace(/\?.*/, ''), answerOf(cluster, args)] as const);
  const log = path.join(directory, 'kubectl-calls');
  const file = path.join(directory, 'fake-kubectl');
  writeFileSync(
    file,
    `#!${process.execPath}
const fs = require('node:fs');
const args = process.argv.slice(2);
fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify({ args, kubeconfig: process.env.KUBECONFIG }) + '\\n');
if (/^--(context|cache-dir)=/.test(args[0])) args.shift();
const line = args.join(' ').replace(/\\?.*/, '');
const [, answer] = ${JSON.stringify(answers)}.find(([start]) => line === start || line.startsWith(start + ' ')) ?? [];
const does = (words) => words !== '' && line.startsWith(words);
if (does(${JSON.stringify(hangs)})) setInterval(() => {}, 1000);
else if (does(${JSON.stringify(leaks)})) {
  process.stderr.write('error: ' + fs.readFileSync(process.env.KUBECONFIG, 'utf8'));
  process.exitCode = 1;
} else if (answer === undefined) { process.stderr.write('unexpected: ' + line); process.exitCode = 99; }
else { process.stdout.write(answer.stdout); process.stderr.write(answer.stderr); process.exitCode = answer.exitCode; }
`,
    { mode: 0o755 },
  );
  return {
    path: file,
    calls: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as ReturnType<KubectlProgram['calls']>[number])
        : [],
  };
}
