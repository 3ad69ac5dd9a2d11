import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * A pod, its node and the outside network in three network namespaces, connected as in AKS: the pod routes through the
 * node, LocalDNS listens on 169.254.10.10 and .11 of an interface of the node, and the upstream DNS servers are
 * behind the node's own interface.
 */
export interface NodeNetwork {
  readonly startLocalDns: () => Promise<void>;
  /** SIGKILL; the interface stays. */
  readonly killLocalDns: () => Promise<void>;
  /** As the unit stops it, which also removes the interface. */
  readonly stopLocalDns: () => Promise<void>;
  readonly startUpstreams: () => Promise<void>;
  /** From now on, drops queries to the upstream servers. */
  readonly loseUpstreams: () => void;
  /** Drops the pod's queries to LocalDNS, as a network policy would. */
  readonly block: (protocols: readonly ('udp' | 'tcp')[]) => void;
  readonly unblock: () => void;
  /** Runs a shell script in the pod, without privileges and with its own root folder. */
  readonly inPod: (pod: {
    readonly root: string;
    readonly script: string;
    readonly nameServer: string;
    readonly env: Readonly<Record<string, string>>;
  }) => Promise<string>;
  readonly remove: () => Promise<void>;
}

export interface NodeNetworkOptions {
  /** The path of CoreDNS. */
  readonly program: string;
  /** The effective Corefile of the node. */
  readonly corefile: string;
  readonly ipv6: boolean;
}

const azureDns = '168.63.129.16';
const clusterDns = '10.0.0.10';

/** The reason why such a network cannot be created; undefined if it can. */
export const nodeNetworkMissing: string | undefined = ((): string | undefined => {
  if (process.getuid?.() !== 0) return 'it needs root';
  const name = `aks-probe-${String(process.pid)}`;
  const made = spawnSync('ip', ['netns', 'add', name]).status === 0;
  if (made) spawnSync('ip', ['netns', 'del', name]);
  return made ? undefined : 'network namespaces cannot be made';
})();

function must(file: string, args: readonly string[], input = ''): void {
  const { status, stderr, error } = spawnSync(file, args, { encoding: 'utf8', input });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: ${error?.message ?? stderr}`);
}

const upstreamCorefile = (() => {
  const soa = (name: string): string => `${name} 60 IN SOA ns.test. hostmaster.test. 1 60 60 60 60`;
  const known = (name: string, address: string): string => `
  template IN A ${name} {
    match "^${name.replaceAll('.', '\\.')}\\.$"
    answer "{{ .Name }} 60 IN A ${address}"
    fallthrough
  }
  template IN AAAA ${name} {
    match "^${name.replaceAll('.', '\\.')}\\.$"
    rcode NOERROR
    authority "${soa(`${name}.`)}"
    fallthrough
  }`;
  const rest = `
  template ANY ANY . {
    rcode NXDOMAIN
    authority "${soa('.')}"
  }`;
  const external = known('mcr.microsoft.com', '20.60.1.2');
  const internal = known('kubernetes.default.svc.cluster.local', '10.0.0.1');
  return `.:53 {\n  bind ${azureDns}${external}${rest}\n}\n.:53 {\n  bind ${clusterDns}${internal}${external}${rest}\n}\n`;
})();

let made = 0;

export function nodeNetwork({ program, corefile, ipv6 }: NodeNetworkOptions): NodeNetwork {
  const id = `${String(process.pid)}-${String((made += 1))}`;
  const [node, pod, beyond] = [`node-${id}`, `pod-${id}`, `up-${id}`];
  const folder = mkdtempSync(path.join(tmpdir(), 'aks-localdns-node-'));
  writeFileSync(path.join(folder, 'Corefile'), corefile);
  writeFileSync(path.join(folder, 'upstreams'), upstreamCorefile);
  const ip = (namespace: string, ...args: string[]): void => must('ip', ['-n', namespace, ...args]);
  const run = (namespace: string, ...args: string[]): void => must('ip', ['netns', 'exec', namespace, ...args]);
  const nft = (namespace: string, rules: string): void =>
    must('ip', ['netns', 'exec', namespace, 'nft', '-f', '-'], rules);

  for (const name of [node, pod, beyond]) {
    must('ip', ['netns', 'add', name]);
    ip(name, 'link', 'set', 'lo', 'up');
    run(name, 'sysctl', '-qw', `net.ipv6.conf.all.disable_ipv6=${ipv6 ? '0' : '1'}`);
  }
  // The pod's interface; the node answers for its default gateway.
  ip(node, 'link', 'add', 'azv0', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', pod);
  ip(pod, 'addr', 'add', '10.244.0.5/32', 'dev', 'eth0');
  ip(pod, 'link', 'set', 'eth0', 'up');
  ip(pod, 'route', 'add', '169.254.1.1', 'dev', 'eth0', 'scope', 'link');
  ip(pod, 'route', 'add', 'default', 'via', '169.254.1.1', 'dev', 'eth0', 'onlink');
  ip(node, 'link', 'set', 'azv0', 'up');
  ip(node, 'addr', 'add', '169.254.1.1/32', 'dev', 'azv0');
  ip(node, 'route', 'add', '10.244.0.5', 'dev', 'azv0');
  run(node, 'sysctl', '-qw', 'net.ipv4.ip_forward=1', 'net.ipv4.conf.azv0.rp_filter=0');
  // The node's interface to the virtual network.
  ip(node, 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', beyond);
  ip(node, 'addr', 'add', '10.224.0.4/24', 'dev', 'eth0');
  ip(node, 'link', 'set', 'eth0', 'up');
  ip(node, 'route', 'add', 'default', 'via', '10.224.0.1');
  ip(beyond, 'addr', 'add', '10.224.0.1/24', 'dev', 'eth0');
  ip(beyond, 'link', 'set', 'eth0', 'up');
  for (const address of [azureDns, clusterDns]) ip(beyond, 'addr', 'add', `${address}/32`, 'dev', 'lo');
  ip(beyond, 'route', 'add', '10.244.0.0/24', 'via', '10.224.0.4');
  // A virtual network silently drops packets to unknown addresses.
  nft(
    beyond,
    'table inet vnet {\n chain forward { type filter hook forward priority 0; policy drop; }\n' +
      ' chain prerouting { type filter hook prerouting priority 0; fib daddr type local accept; drop; }\n' +
      ' chain input { type filter hook input priority 0; }\n}\n',
  );

  const children = new Map<'localdns' | 'upstreams', ChildProcess>();
  const start = (name: 'localdns' | 'upstreams', namespace: string, file: string): void => {
    children.set(
      name,
      spawn('ip', ['netns', 'exec', namespace, program, '-conf', path.join(folder, file)], { stdio: 'ignore' }),
    );
  };
  const end = async (name: 'localdns' | 'upstreams', signal: NodeJS.Signals): Promise<void> => {
    const child = children.get(name);
    children.delete(name);
    if (child === undefined || child.exitCode !== null) return;
    const gone = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill(signal);
    await gone;
  };
  /** Waits until a program listens there. */
  const listening = async (namespace: string, address: string): Promise<void> => {
    const isListening = (): boolean =>
      spawnSync('ip', ['netns', 'exec', namespace, 'ss', '-Hlnu', `src ${address}:53`], { encoding: 'utf8' }).stdout !==
      '';
    while (!isListening()) await delay(50);
  };

  return {
    startLocalDns: async () => {
      if (spawnSync('ip', ['-n', node, 'link', 'show', 'localdns']).status !== 0) {
        // Uses a bridge without ports if the kernel has no dummy interface.
        const dummy = spawnSync('ip', ['-n', node, 'link', 'add', 'localdns', 'type', 'dummy']).status === 0;
        if (!dummy) ip(node, 'link', 'add', 'localdns', 'type', 'bridge');
        for (const address of ['169.254.10.10', '169.254.10.11'])
          ip(node, 'addr', 'add', `${address}/32`, 'dev', 'localdns');
        ip(node, 'link', 'set', 'localdns', 'up');
      }
      start('localdns', node, 'Corefile');
      for (const address of ['169.254.10.10', '169.254.10.11']) await listening(node, address);
    },
    killLocalDns: async () => end('localdns', 'SIGKILL'),
    stopLocalDns: async () => {
      await end('localdns', 'SIGINT');
      ip(node, 'link', 'del', 'localdns');
    },
    startUpstreams: async () => {
      start('upstreams', beyond, 'upstreams');
      for (const address of [azureDns, clusterDns]) await listening(beyond, address);
    },
    loseUpstreams: () => {
      run(
        beyond,
        'nft',
        'add',
        'rule',
        'inet',
        'vnet',
        'input',
        'meta',
        'l4proto',
        '{ udp, tcp }',
        'th',
        'dport',
        '53',
        'drop',
      );
    },
    block: (protocols) => {
      const rules = protocols.map((proto) => `iifname "azv0" ip daddr 169.254.10.0/24 ${proto} dport 53 drop;`);
      nft(
        node,
        `table inet blocked {\n chain input { type filter hook input priority 0;\n ${rules.join('\n ')}\n }\n}\n`,
      );
    },
    unblock: () => run(node, 'nft', 'delete', 'table', 'inet', 'blocked'),
    inPod: async ({ root, script, nameServer, env }) => {
      const cluster = 'search default.svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5\n';
      writeFileSync(path.join(root, 'etc/resolv.conf'), `nameserver ${nameServer}\n${cluster}`);
      writeFileSync(path.join(root, 'tmp/script.sh'), script);
      const words = Object.entries(env).map(([name, value]) => `${name}=${value}`);
      const inside = 'root=$1; shift; mount -t proc proc "$root/proc" && exec /usr/bin/env -i PATH=/bin "$@"';
      const child = spawn(
        'ip',
        [
          'netns',
          'exec',
          pod,
          'unshare',
          '-m',
          '-p',
          '-i',
          '-u',
          '--fork',
          'sh',
          '-c',
          inside,
          'sh',
          root,
          ...words,
          '/usr/sbin/chroot',
          '--userspec=65534:65534',
          root,
          '/bin/sh',
          '/tmp/script.sh',
        ],
        { stdio: ['ignore', 'pipe', 'pipe'] },
      );
      let [out, error] = ['', ''];
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
      const status = await new Promise((done) => child.once('close', done));
      if (status !== 0) throw new Error(`The pod ended with ${String(status)}: ${error}`);
      return out;
    },
    remove: async () => {
      for (const name of ['localdns', 'upstreams'] as const) await end(name, 'SIGKILL');
      for (const name of [pod, node, beyond]) spawnSync('ip', ['netns', 'del', name]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
