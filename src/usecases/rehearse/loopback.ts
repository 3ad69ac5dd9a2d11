import { loopback, type ListenerPorts, type StubUpstream } from '../../model/rehearsal.ts';
import { overrideMaps, type OverrideMap } from '../../model/profile.ts';
import { listeners } from '../../domain/localdns/render/index.ts';

/**
 * The node's Corefile with addresses and ports changed so that it runs on this machine. Everything uses one address,
 * because macOS has only one on loopback; the two listeners are two of its ports.
 */

interface Block {
  readonly zone: string;
  readonly maps: readonly OverrideMap[];
  readonly lines: readonly string[];
}

const head = /^(\S+):53 \{$/;
const bind = /^ {4}bind (.+)$/;
const forward = /^( {4}forward \. )(.+)( \{)$/;

function mapOf(address: string): OverrideMap {
  const map = overrideMaps.find((candidate) => listeners[candidate].address === address);
  if (map === undefined) throw new Error(`The Corefile binds ${address}, which is not a LocalDNS listener.`);
  return map;
}

/** Lines between blocks are comments. */
function blocksOf(corefile: string): readonly Block[] {
  const blocks: { zone: string; lines: string[] }[] = [];
  let open: { zone: string; lines: string[] } | undefined;
  for (const line of corefile.split('\n')) {
    const zone = head.exec(line)?.[1];
    if (open === undefined && zone !== undefined) open = { zone, lines: [] };
    else if (open !== undefined && line === '}') {
      blocks.push(open);
      open = undefined;
    } else open?.lines.push(line);
  }
  return blocks.map(({ zone, lines }) => ({
    zone,
    lines,
    maps: lines.flatMap((line) => bind.exec(line)?.[1]?.split(' ') ?? []).map(mapOf),
  }));
}

/** The upstreams of every block, each in the order of its `forward` line. */
export function upstreamsOf(corefile: string): readonly StubUpstream[] {
  return blocksOf(corefile).flatMap(({ zone, maps, lines }) =>
    lines.flatMap((line) => {
      const addresses = [...new Set(forward.exec(line)?.[2]?.split(' ') ?? [])];
      return maps.flatMap((map) => addresses.map((address) => ({ map, zone, address })));
    }),
  );
}

export interface Places {
  readonly ports: ListenerPorts;
  readonly upstreamPort: (upstream: StubUpstream) => number;
  /** The entries of the node's hosts file: names in lower case, each with an address. */
  readonly hosts: ReadonlyMap<string, string>;
}

/** Metrics and readiness get random ports, which nothing uses. */
export function onLoopback(corefile: string, places: Places): string {
  return blocksOf(corefile)
    .flatMap(({ zone, maps, lines }) => [
      `${maps.map((map) => `${zone}:${String(places.ports[map])}`).join(' ')} {`,
      ...lines.flatMap((line) => moved(line, zone, maps, places)),
      '}',
      '',
    ])
    .join('\n');
}

function moved(
  line: string,
  zone: string,
  maps: readonly OverrideMap[],
  { upstreamPort, hosts }: Places,
): readonly string[] {
  if (bind.test(line)) return [`    bind ${loopback}`];
  if (line.startsWith('    ready ')) return [`    ready ${loopback}:0`];
  if (line.startsWith('    prometheus ')) return [`    prometheus ${loopback}:0`];
  // The file does not exist; its entries are written inline.
  if (line === '    hosts /etc/localdns/hosts {')
    return ['    hosts no-file-of-a-rehearsal {', ...[...hosts].map(([name, address]) => `        ${address} ${name}`)];
  const [, before, addresses, after] = forward.exec(line) ?? [];
  if (before === undefined || addresses === undefined || after === undefined) return [line];
  const endpoints = maps.flatMap((map) =>
    addresses.split(' ').map((address) => `${loopback}:${String(upstreamPort({ map, zone, address }))}`),
  );
  return [`${before}${endpoints.join(' ')}${after}`];
}
