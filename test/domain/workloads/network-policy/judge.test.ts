import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../src/core/json.ts';
import { parseYaml } from '../../../../src/core/yaml.ts';
import { allowance } from '../../../../src/domain/workloads/network-policy/allowance.ts';
import { engineBehaviour, type EngineBehaviour } from '../../../../src/domain/workloads/network-policy/engine.ts';
import { judgeNamespaces, type Reach } from '../../../../src/domain/workloads/network-policy/judge.ts';
import { policyFacts } from '../../../../src/domain/workloads/network-policy/policies.ts';

const engine = (name: string, version?: string): EngineBehaviour => {
  const behaviour = engineBehaviour(name, version);
  if (behaviour === undefined) throw new Error(`No engine ${name}.`);
  return behaviour;
};
const engines = {
  none: engine('none'),
  azure: engine('azure'),
  calico: engine('calico'),
  'cilium 1.16': engine('cilium', '1.16.6'),
  'cilium 1.17': engine('cilium', '1.17.0'),
  'cilium of an unknown version': engine('cilium'),
} as const;
type EngineName = keyof typeof engines;

const pod = (labels: JsonObject = { app: 'web' }, more: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-1', namespace: 'shop', labels },
  spec: more,
});
const policy = (spec: JsonObject): JsonObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace: 'shop' },
  spec: { podSelector: {}, policyTypes: ['Egress'], ...spec },
});
const cilium = (spec: JsonObject, kind = 'CiliumNetworkPolicy'): JsonObject => ({
  apiVersion: 'cilium.io/v2',
  kind,
  metadata: { name: 'c', ...(kind === 'CiliumNetworkPolicy' ? { namespace: 'shop' } : {}) },
  spec: { endpointSelector: {}, ...spec },
});

const dns = [
  { protocol: 'UDP', port: 53 },
  { protocol: 'TCP', port: 53 },
];
const any53 = [{ ports: [{ port: '53', protocol: 'ANY' }] }];
const range = { ipBlock: { cidr: '169.254.10.0/24' } };

const reachOf = (resources: readonly JsonValue[], name: EngineName): Reach | undefined =>
  judgeNamespaces(policyFacts(resources), engines[name])[0]?.reach;

/** What the pods of the namespace reach, by engine; what is not named is as for `calico`. */
type Expected = Partial<Record<EngineName, Reach>>;
const unfiltered: Expected = { none: 'yes', azure: 'yes' };

const cases: readonly (readonly [title: string, resources: readonly JsonObject[], expected: Expected])[] = [
  [
    'no policy',
    [],
    { calico: 'yes', 'cilium 1.16': 'yes', 'cilium 1.17': 'yes', 'cilium of an unknown version': 'yes' },
  ],
  [
    'egress denied',
    [policy({})],
    { calico: 'no', 'cilium 1.16': 'no', 'cilium 1.17': 'no', 'cilium of an unknown version': 'unknown' },
  ],
  [
    'DNS to kube-dns by selectors, as most clusters have it',
    [
      policy({
        egress: [
          { to: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }], ports: dns },
        ],
      }),
    ],
    { calico: 'no', 'cilium 1.16': 'no', 'cilium 1.17': 'no' },
  ],
  [
    'a range and the ports',
    [policy({ egress: [{ to: [range], ports: dns }] })],
    { calico: 'yes', 'cilium 1.16': 'unknown', 'cilium 1.17': 'no' },
  ],
  [
    'ports alone',
    [policy({ egress: [{ ports: dns }] })],
    { calico: 'yes', 'cilium 1.16': 'yes', 'cilium 1.17': 'yes' },
  ],
  ['everything', [policy({ egress: [{}] })], { calico: 'yes', 'cilium 1.16': 'yes', 'cilium 1.17': 'yes' }],
  [
    'UDP alone',
    [policy({ egress: [{ ports: [{ protocol: 'UDP', port: 53 }] }] })],
    { calico: 'no', 'cilium 1.16': 'no', 'cilium 1.17': 'no' },
  ],
  [
    'a range of ports',
    [
      policy({
        egress: [
          {
            ports: [
              { protocol: 'UDP', port: 1, endPort: 60 },
              { protocol: 'TCP', port: 1, endPort: 52 },
            ],
          },
        ],
      }),
    ],
    { calico: 'no', 'cilium 1.17': 'no' },
  ],
  ['a port by its name', [policy({ egress: [{ ports: [{ protocol: 'UDP', port: 'dns' }] }] })], { calico: 'no' }],
  [
    'a range with the listener excepted',
    [policy({ egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } }] }] })],
    { calico: 'no', 'cilium 1.17': 'no' },
  ],
  [
    'a policy for other pods',
    [policy({ podSelector: { matchLabels: { app: 'db' } } })],
    { calico: 'yes', 'cilium 1.17': 'yes' },
  ],
  [
    'ingress rules alone',
    [policy({ policyTypes: ['Ingress'] })],
    { calico: 'unknown', 'cilium 1.16': 'yes', 'cilium 1.17': 'yes' },
  ],
  [
    'egress rules without policyTypes',
    [{ ...policy({}), spec: { podSelector: {}, egress: [{ to: [{ podSelector: {} }] }] } }],
    { calico: 'no', 'cilium 1.17': 'no' },
  ],
  [
    'the node for Cilium',
    [cilium({ egress: [{ toEntities: ['host'], toPorts: any53 }] })],
    { calico: 'yes', 'cilium 1.16': 'unknown', 'cilium 1.17': 'yes', 'cilium of an unknown version': 'unknown' },
  ],
  [
    'the addresses for Cilium',
    [cilium({ egress: [{ toCIDR: ['169.254.10.0/24'], toPorts: any53 }] })],
    { calico: 'yes', 'cilium 1.16': 'unknown', 'cilium 1.17': 'no' },
  ],
  [
    'both for Cilium',
    [cilium({ egress: [{ toEntities: ['host'], toPorts: any53 }, { toCIDRSet: [{ cidr: '169.254.10.0/24' }] }] })],
    { 'cilium 1.16': 'yes', 'cilium 1.17': 'yes' },
  ],
  [
    'a deny rule of Cilium over an allowed node',
    [cilium({ egress: [{ toEntities: ['host'] }], egressDeny: [{ toEntities: ['host'], toPorts: any53 }] })],
    { calico: 'yes', 'cilium 1.17': 'no' },
  ],
  [
    'an egress policy of Cilium that does not deny the rest',
    [cilium({ enableDefaultDeny: { egress: false }, egress: [{ toEndpoints: [{}] }] })],
    { 'cilium 1.17': 'yes' },
  ],
  [
    'a policy of the whole cluster',
    [cilium({ egress: [{ toEntities: ['world'] }] }, 'CiliumClusterwideNetworkPolicy')],
    { calico: 'yes', 'cilium 1.16': 'unknown', 'cilium 1.17': 'no' },
  ],
  [
    'a policy of the whole cluster for another namespace',
    [
      cilium(
        { endpointSelector: { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'other' } }, egress: [] },
        'CiliumClusterwideNetworkPolicy',
      ),
    ],
    { 'cilium 1.17': 'yes' },
  ],
  ['nodes by their labels', [cilium({ egress: [{ toNodes: [{}] }] })], { 'cilium 1.17': 'unknown' }],
  [
    'a policy of Calico',
    [{ apiVersion: 'crd.projectcalico.org/v1', kind: 'GlobalNetworkPolicy', metadata: { name: 'g' }, spec: {} }],
    { calico: 'unknown', 'cilium 1.17': 'yes' },
  ],
  [
    'an AdminNetworkPolicy',
    [{ apiVersion: 'policy.networking.k8s.io/v1alpha1', kind: 'AdminNetworkPolicy', metadata: { name: 'a' } }],
    { calico: 'unknown', 'cilium 1.17': 'unknown' },
  ],
  [
    'a selector of no known operator',
    [policy({ podSelector: { matchExpressions: [{ key: 'app', operator: 'Like', values: [] }] } })],
    { calico: 'unknown' },
  ],
];

describe('Whether pods reach LocalDNS', () => {
  const rows = cases.flatMap(([title, resources, expected]) =>
    Object.entries({ ...unfiltered, ...expected }).map(
      ([name, reach]) => [title, name as EngineName, reach, resources] as const,
    ),
  );
  test.each(rows)('with %s, on %s: %s', (_, name, reach, resources) => {
    expect(reachOf([pod(), ...resources], name)).toBe(reach);
  });

  test('pods on the network of the node are not judged', () => {
    expect(judgeNamespaces(policyFacts([pod({}, { hostNetwork: true }), policy({})]), engines.calico)).toEqual([]);
  });

  test('pods are told apart by their labels, and workloads stand for theirs', () => {
    const workload = (name: string, labels: JsonObject): JsonObject => ({
      kind: 'Deployment',
      metadata: { name, namespace: 'shop' },
      spec: { template: { metadata: { labels } } },
    });
    const facts = policyFacts([
      { kind: 'List', items: [workload('web', { app: 'web' }), workload('db', { app: 'db' })] },
      policy({ podSelector: { matchLabels: { app: 'db' } } }),
    ]);
    const [shop] = judgeNamespaces(facts, engines.calico);
    expect(shop?.groups.map(({ group, reach }) => [group.example, reach])).toEqual([
      ['web', 'yes'],
      ['db', 'no'],
    ]);
  });

  test('policies that filter names are found', () => {
    const [shop] = judgeNamespaces(
      policyFacts([pod(), cilium({ egress: [{ toFQDNs: [{ matchName: 'a.example' }] }] })]),
      engines['cilium 1.17'],
    );
    expect(shop?.nameFilters).toHaveLength(1);
  });
});

describe('The policy to add', () => {
  const blocked = cases.flatMap(([title, resources, expected]) =>
    Object.entries(expected)
      .filter(([, reach]) => reach === 'no')
      .map(([name]) => [title, name as EngineName, resources] as const),
  );
  const isDenied = ([, , resources]: (typeof blocked)[number]): boolean =>
    JSON.stringify(resources).includes('egressDeny');
  test.each(blocked.filter(isDenied))('is none with %s, on %s: nothing overrules a deny rule', (_, name, resources) => {
    const judged = judgeNamespaces(policyFacts([pod(), ...resources]), engines[name]);
    expect(
      allowance(
        judged.flatMap(({ groups }) => groups),
        engines[name],
      ),
    ).toBeUndefined();
  });

  test.each(blocked.filter((one) => !isDenied(one)))(
    'opens the way with %s, on %s, and isolates no other pod',
    (_, name, resources) => {
      const other = pod({ app: 'untouched' });
      const all = [pod(), other, ...resources];
      const before = judgeNamespaces(policyFacts(all), engines[name]);
      const yaml = allowance(
        before.flatMap(({ groups }) => groups),
        engines[name],
      );
      const added = (yaml ?? '').split('---\n').map((text) => parseYaml(text, 'policy'));
      const after = judgeNamespaces(policyFacts([...all, ...added]), engines[name]);
      // Without policyTypes the policy restricts ingress as well, which no added policy opens.
      const open = name === 'calico' && !JSON.stringify(resources).includes('policyTypes') ? 'unknown' : 'yes';
      expect(after.flatMap(({ groups }) => groups.map(({ reach }) => reach))).toEqual([open, open]);
    },
  );
});
