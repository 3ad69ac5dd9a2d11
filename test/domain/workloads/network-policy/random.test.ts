import fc from 'fast-check';
import { expect, test } from 'vitest';
import { engineBehaviour } from '../../../../src/domain/workloads/network-policy/engine.ts';
import { judgeNamespaces } from '../../../../src/domain/workloads/network-policy/judge.ts';
import { policyFacts } from '../../../../src/domain/workloads/network-policy/policies.ts';

/** NetworkPolicy as the API has it, for the parts that matter. */
interface Expression {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
}
interface Selector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly Expression[];
}
interface Peer {
  readonly ipBlock?: { readonly cidr: string; readonly except: readonly string[] };
  readonly podSelector?: object;
}
interface Port {
  readonly protocol?: 'TCP' | 'UDP';
  readonly port?: number | string;
  readonly endPort?: number;
}
interface Rule {
  readonly to?: readonly Peer[];
  readonly ports?: readonly Port[];
}
interface Spec {
  readonly podSelector: Selector;
  readonly policyTypes?: readonly ('Ingress' | 'Egress')[];
  readonly egress?: readonly Rule[];
}

/** As slow and obvious as the documentation of Kubernetes: every bit of every address, every rule of every policy. */
const bits = (address: string): string =>
  address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
function inRange(address: string, cidr: string): boolean {
  const [network = '', length = ''] = cidr.split('/');
  for (let i = 0; i < Number(length); i += 1) if (bits(address)[i] !== bits(network)[i]) return false;
  return true;
}
function selected(selector: Selector, labels: Readonly<Record<string, string>>): boolean {
  let all = true;
  for (const [key, value] of Object.entries(selector.matchLabels)) if (labels[key] !== value) all = false;
  for (const { key, operator, values } of selector.matchExpressions) {
    const has = key in labels;
    const inside = has && values.includes(labels[key] ?? '');
    if (operator === 'In' && !inside) all = false;
    if (operator === 'NotIn' && inside) all = false;
    if (operator === 'Exists' && !has) all = false;
    if (operator === 'DoesNotExist' && has) all = false;
  }
  return all;
}
function ruleAllows(rule: Rule, address: string, protocol: string): boolean {
  let peer = rule.to === undefined || rule.to.length === 0;
  for (const { ipBlock } of rule.to ?? []) {
    if (ipBlock === undefined || !inRange(address, ipBlock.cidr)) continue;
    let excepted = false;
    for (const range of ipBlock.except) if (inRange(address, range)) excepted = true;
    if (!excepted) peer = true;
  }
  let port = rule.ports === undefined || rule.ports.length === 0;
  for (const one of rule.ports ?? []) {
    if ((one.protocol ?? 'TCP') !== protocol) continue;
    if (one.port === undefined) port = true;
    else if (typeof one.port === 'number')
      for (let number = one.port; number <= (one.endPort ?? one.port); number += 1) if (number === 53) port = true;
  }
  return peer && port;
}
function expected(labels: Readonly<Record<string, string>>, policies: readonly Spec[]): string {
  const types = (spec: Spec): readonly string[] =>
    spec.policyTypes ?? ((spec.egress ?? []).length > 0 ? ['Ingress', 'Egress'] : ['Ingress']);
  const mine = policies.filter(({ podSelector }) => selected(podSelector, labels));
  const egress = mine.filter((spec) => types(spec).includes('Egress'));
  const ingress = mine.some((spec) => types(spec).includes('Ingress'));
  if (egress.length > 0)
    for (const address of ['169.254.10.10', '169.254.10.11'])
      for (const protocol of ['UDP', 'TCP'])
        if (!egress.some((spec) => (spec.egress ?? []).some((rule) => ruleAllows(rule, address, protocol))))
          return 'no';
  return ingress ? 'unknown' : 'yes';
}

const label = fc.constantFrom('web', 'db', 'api');
const labels = fc.dictionary(fc.constantFrom('app', 'tier'), label, { maxKeys: 2 });
const selector: fc.Arbitrary<Selector> = fc.record({
  matchLabels: fc.dictionary(fc.constantFrom('app', 'tier'), label, { maxKeys: 1 }),
  matchExpressions: fc.array(
    fc.record({
      key: fc.constantFrom('app', 'tier'),
      operator: fc.constantFrom('In' as const, 'NotIn' as const, 'Exists' as const, 'DoesNotExist' as const),
      values: fc.array(label, { minLength: 1, maxLength: 2 }),
    }),
    { maxLength: 1 },
  ),
});
const cidr = fc.constantFrom(
  '0.0.0.0/0',
  '169.254.0.0/16',
  '169.254.10.0/24',
  '169.254.10.10/32',
  '169.254.10.11/32',
  '169.254.10.10/31',
  '10.0.0.0/8',
  '168.63.129.16/32',
  '169.254.8.0/22',
  '128.0.0.0/1',
);
const peer: fc.Arbitrary<Peer> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ ipBlock: fc.record({ cidr, except: fc.array(cidr, { maxLength: 1 }) }) }) },
  { weight: 1, arbitrary: fc.constant({ podSelector: {} }) },
);
const port: fc.Arbitrary<Port> = fc.oneof(
  fc.record({ protocol: fc.constantFrom('TCP' as const, 'UDP' as const) }),
  fc.record(
    {
      protocol: fc.constantFrom('TCP' as const, 'UDP' as const),
      port: fc.constantFrom<number | string>(53, 443, 'dns'),
    },
    { requiredKeys: ['port'] },
  ),
  fc.record({
    protocol: fc.constantFrom('TCP' as const, 'UDP' as const),
    port: fc.constantFrom(1, 50, 53, 54),
    endPort: fc.constantFrom(54, 60),
  }),
);
const rule: fc.Arbitrary<Rule> = fc.record(
  { to: fc.array(peer, { maxLength: 2 }), ports: fc.array(port, { maxLength: 3 }) },
  { requiredKeys: [] },
);
const spec: fc.Arbitrary<Spec> = fc.record(
  {
    podSelector: selector,
    policyTypes: fc.constantFrom(['Egress' as const], ['Egress' as const, 'Ingress' as const], ['Ingress' as const]),
    egress: fc.array(rule, { maxLength: 3 }),
  },
  { requiredKeys: ['podSelector'] },
);

test('Random policies are judged as a slow reading of the Kubernetes documentation judges them', () => {
  const behaviour = engineBehaviour('calico', undefined);
  if (behaviour === undefined) throw new Error('No engine.');
  const seen = new Set<string>();
  fc.assert(
    fc.property(labels, fc.array(spec, { maxLength: 3 }), (podLabels, specs) => {
      const facts = policyFacts([
        { kind: 'Pod', metadata: { name: 'p', namespace: 'n', labels: podLabels }, spec: {} },
        ...specs.map((one, index) => ({
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: { name: `p${String(index)}`, namespace: 'n' },
          spec: JSON.parse(JSON.stringify(one)),
        })),
      ]);
      const reach = judgeNamespaces(facts, behaviour)[0]?.reach;
      seen.add(String(reach));
      expect(reach).toBe(expected(podLabels, specs));
    }),
    { numRuns: 3000 },
  );
  expect(seen).toEqual(new Set(['yes', 'no', 'unknown']));
});
