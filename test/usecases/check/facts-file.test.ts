import { describe, expect, test } from 'vitest';
import { parseJson } from '../../../src/core/json.ts';
import { printable } from '../../../src/core/text.ts';
import type { ClusterFacts } from '../../../src/domain/checks/index.ts';
import { known, notKnown } from '../../../src/model/known.ts';
import { readFacts, checkClusters, type FactsSource, type CheckOptions } from '../../../src/usecases/check/index.ts';
import type { FactsPage } from '../../../src/usecases/check/facts-source.ts';
import { FactsLines } from '../../../src/usecases/check/facts-file/facts-lines.ts';
import { clusterRef, clusterWith, facts, goodPool, poolWith } from '../../domain/checks/facts.ts';

const id = clusterRef.subscriptionId;
const network = `/subscriptions/${id}/resourcegroups/rg-net/providers/microsoft.network`;
const subnet = `${network}/virtualnetworks/vnet/subnets/one`;
const group = `${network}/networksecuritygroups/nsg`;

const clusterFacts = (changes: Partial<ClusterFacts> = {}): ClusterFacts => {
  const { pool: _, named: __, isNew: ___, ...rest } = facts(changes);
  return { ...rest, config: undefined };
};

const pools = [
  { name: 'userpool', ...goodPool, vnetSubnetID: subnet },
  { name: 'small', ...goodPool, vmSize: 'Standard_D2s_v5', tags: { team: 'shop' } },
];
const whole = clusterFacts({
  cluster: known(
    clusterWith(
      {
        agentPoolProfiles: pools,
        linuxProfile: { ssh: { publicKeys: [{ keyData: 'ssh-rsa AAAA' }] } },
        windowsProfile: { adminPassword: 'hunter2' },
      },
      { tags: { team: 'web' } },
    ),
  ),
  usages: known([{ name: 'cores', current: 90, limit: 100 }]),
  network: {
    subnets: new Map([
      [subnet, known({ id: subnet, prefixes: ['10.0.0.0/28'], used: 9, networkSecurityGroupId: group })],
    ]),
    dns: {
      virtualNetworks: new Map([
        [`${network}/virtualnetworks/vnet`, known({ id: `${network}/virtualnetworks/vnet`, dnsServers: ['10.9.0.4'] })],
      ]),
      securityRules: new Map([
        [
          group,
          known([
            {
              name: 'deny',
              direction: 'Outbound',
              access: 'Deny',
              priority: 100,
              protocol: 'Tcp',
              sources: ['10.0.0.0/8'],
              destinations: ['10.9.0.4'],
              ports: ['53'],
            },
          ]),
        ],
        [`${group}-2`, notKnown('The right is missing.')],
      ]),
    },
  },
});
const unread = clusterFacts({
  clusterRef: { ...clusterRef, cluster: 'aks-other' },
  cluster: notKnown('The right is missing.'),
  vmSizes: notKnown('The region of the cluster is not known.'),
  usages: notKnown('The region of the cluster is not known.'),
  network: { subnets: new Map(), dns: { virtualNetworks: new Map(), securityRules: new Map() } },
});

const pages: readonly FactsPage[] = [
  {
    clusters: [{ facts: whole, pools: whole.cluster.known ? whole.cluster.value.pools : [], named: false }],
    problems: [],
    total: 3,
  },
  {
    clusters: [
      {
        facts: unread,
        pools: [{ ...poolWith({}, 'alone'), ref: { ...clusterRef, cluster: 'aks-other', pool: 'alone' } }],
        named: true,
      },
      { facts: { ...whole, clusterRef: { ...clusterRef, cluster: 'aks-third' } }, pools: [], named: false },
    ],
    problems: [
      {
        kind: 'cluster-gone',
        subscriptionId: id,
        resourceId: `/subscriptions/${id}/resourceGroups/a/providers/Microsoft.ContainerService/managedClusters/b`,
        why: 'It is gone.',
      },
    ],
    total: 3,
    from: 'graph',
  },
];

const source: FactsSource = {
  scope: 'all subscriptions',
  breadth: 'many',
  subscriptions: [{ id, name: 'Shop', tenantId: undefined, state: 'Enabled' }],
  gatheredAt: '2026-11-25T09:31:00Z',
  pages: async function* () {
    yield* pages;
  },
};

const options: CheckOptions = { ruleset: 'preview', forecast: { major: 1, minor: 37 }, groupBy: 'team' };
const nobody = (): void => {};

function linesOf(): readonly string[] {
  const lines = new FactsLines();
  return [
    ...lines.header(source, { capacity: true, network: true }),
    ...pages.flatMap((page) => lines.page(page)),
    ...lines.end(),
  ].map((line) => JSON.stringify(line));
}

async function* given(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

const read = async (lines: readonly string[]) => readFacts('facts.ndjson', given(lines));
const judged = async (from: FactsSource, choice = options) => JSON.stringify(await checkClusters(from, choice, nobody));

describe('facts that were saved', () => {
  test('give the same bytes as a reading of Azure, repeatedly, and with other rules', async () => {
    const live = await judged(source);
    expect(await judged(await read(linesOf()))).toBe(live);
    expect(await judged(await read(linesOf()))).toBe(live);
    expect(parseJson(live)).toMatchObject({
      rows: expect.arrayContaining([expect.objectContaining({ id: 'dns-tcp-53', status: 'warn' })]),
    });
    expect(parseJson(live)).toMatchObject({
      clusters: 3,
      scope: 'all subscriptions',
      pools: [{ pool: 'alone' }, { pool: 'small', group: 'shop' }, { pool: 'userpool', group: 'web' }],
    });
    const other: CheckOptions = { ruleset: 'ga', only: ['vm-vcpus', 'dns-tcp-53', 'subnet-addresses'] };
    expect(await judged(await read(linesOf()), other)).toBe(await judged(source, other));
  });

  test('contain the time and source of gathering; those of earlier versions do not', async () => {
    const wanted: CheckOptions = { ...options, version: '0.3.0' };
    expect(JSON.parse(await judged(await read(linesOf()), wanted))).toMatchObject({
      gatheredAt: '2026-11-25T09:31:00Z',
      source: 'graph',
      generator: { version: '0.3.0' },
    });
    const older = linesOf().map((line) =>
      line.replace(',"gatheredAt":"2026-11-25T09:31:00Z"', '').replace(',"from":"graph"', ''),
    );
    const report: unknown = JSON.parse(await judged(await read(older), wanted));
    for (const name of ['gatheredAt', 'source']) expect(report).not.toHaveProperty(name);
  });

  test('contain what judging needs of a cluster and no secrets', () => {
    const text = linesOf().join('\n');
    for (const secret of ['ssh-rsa', 'hunter2']) expect(text).not.toContain(secret);
    expect(text.match(/"what":"subnet"/g)).toHaveLength(1);
  });

  test.each([
    ['an empty file', [], 'line 1: this is not a facts file'],
    ['another file', ['{"name":"x"}'], 'line 1: this is not a facts file'],
    ['text that is not JSON', ['nonsense'], 'line 1: this is neither a facts file nor JSON output'],
    [
      'a later version',
      [JSON.stringify({ kind: 'header', schemaVersion: '2.0' })],
      'line 1: the facts have version 2.0',
    ],
    ['a truncated file', linesOf().slice(0, -1), 'the file is truncated'],
    [
      'a file without one of its clusters',
      linesOf().filter((line) => !line.includes('aks-third')),
      'the file has 2 clusters',
    ],
    [
      'two files in one',
      [...linesOf(), ...linesOf()],
      `line ${String(linesOf().length + 1)}: unexpected content after the end line`,
    ],
    ['an empty line after the end', [...linesOf(), ''], `line ${String(linesOf().length + 1)}: unexpected content`],
    [
      'an end within a page',
      linesOf().filter((line, index, all) => !(line.includes('"kind":"page"') && index === all.length - 2)),
      'it ends within a page',
    ],
    [
      'facts of a day that does not exist',
      linesOf().map((line) => line.replace('2026-11-25T09', '2026-02-30T09')),
      "line 1: '2026-02-30T09:31:00Z' is not a valid time",
    ],
    [
      'a problem of an unknown kind',
      [...linesOf().slice(0, 1), JSON.stringify({ kind: 'trouble', trouble: 'boredom' })],
      'line 2: this problem is invalid',
    ],
    [
      'a cluster without a name',
      [...linesOf().slice(0, 1), JSON.stringify({ kind: 'cluster', subscriptionId: id })],
      'line 2: this cluster cannot be read',
    ],
    [
      'a fact without a key',
      [...linesOf().slice(0, 1), JSON.stringify({ kind: 'shared', what: 'sizes' })],
      'line 2: this fact cannot be read',
    ],
  ])('refuse %s by its line', async (_, lines, says) => {
    await expect(read(lines).then(async (from) => judged(from))).rejects.toMatchObject({
      code: 'facts-not-valid',
      message: expect.stringContaining(says),
    });
  });

  test('are untrusted: no control character in them reaches the report', async () => {
    const evil = '\\u001b[2J\\u202e';
    const lines = linesOf().map((line) =>
      line
        .replaceAll(id, `${id}${evil}`)
        .replaceAll('userpool', `user${evil}`)
        .replaceAll('rg-shop', `rg${evil}`)
        .replace('It is gone', evil),
    );
    const text = await judged(await read(lines));
    expect(text).toContain('u001b');
    const texts = (value: unknown): readonly string[] =>
      typeof value === 'string'
        ? [value]
        : typeof value === 'object' && value !== null
          ? Object.entries(value).flatMap(([key, member]) => [key, ...texts(member)])
          : [];
    expect(texts(JSON.parse(text)).filter((each) => printable(each) !== each)).toEqual([]);
  });

  test('skip unknown kinds of lines, and missing facts are unknown', async () => {
    const [header = '', ...rest] = linesOf();
    const without = rest.filter((line) => !line.includes('"what":"sizes"'));
    const found = JSON.parse(await judged(await read([header, '{"kind":"weather"}', ...without]))) as {
      readonly rows: readonly { readonly id: string; readonly status: string; readonly reason: string }[];
    };
    expect(found.rows.filter((row) => row.id === 'vm-vcpus').map((row) => row.status)).toContain('unknown');
    expect(found.rows.some((row) => row.reason.includes('The facts file does not contain it'))).toBe(true);
  });
});
