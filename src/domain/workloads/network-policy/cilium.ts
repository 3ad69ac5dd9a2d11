import { asArray, asNumber, asString, at, isJsonObject, own, type JsonValue } from '../../../core/json.ts';
import { holds } from './cidr.ts';
import type { Destination } from './kubernetes.ts';
import { and, or, type Known } from './known.ts';
import { selects, type Labels } from './labels.ts';
import type { Policy } from './policies.ts';

const namespaceLabel = 'io.kubernetes.pod.namespace';

/** Cilium adds the namespace and its labels to those of a pod. */
function podLabels(labels: Labels, namespace: string, namespaceLabels: Labels): Labels {
  const added = Object.entries(namespaceLabels).map(
    ([key, value]) => [`io.cilium.k8s.namespace.labels.${key}`, value] as const,
  );
  return { ...labels, ...Object.fromEntries(added), [namespaceLabel]: namespace };
}

/** Whether the policy applies to a pod. A `nodeSelector` is about nodes. */
export function appliesTo(policy: Policy, labels: Labels, namespace: string, namespaceLabels: Labels): Known {
  const selector = own(policy.spec, 'endpointSelector');
  if (!isJsonObject(selector)) return false;
  if (policy.namespace !== undefined && policy.namespace !== namespace) return false;
  return selects(selector, podLabels(labels, namespace, namespaceLabels));
}

/** Whether a policy that applies to a pod denies all egress that no rule allows. */
export function isolatesEgress(policy: Policy): Known {
  const asked = at(policy.spec, 'enableDefaultDeny', 'egress');
  if (typeof asked === 'boolean') return asked;
  const has = (key: string): boolean => Array.isArray(own(policy.spec, key));
  return has('egress') || has('egressDeny');
}

/** Entities that hold the node itself. Source: Cilium documentation, Layer 3 policies, Entities based. */
const hostEntities = ['all', 'cluster', 'host'];
const addressEntities = ['all', 'world', 'world-ipv4'];

const peerKeys = [
  'toEntities',
  'toCIDR',
  'toCIDRSet',
  'toEndpoints',
  'toServices',
  'toFQDNs',
  'toGroups',
  'toNodes',
  'toRequires',
];

function cidrMatches(rule: JsonValue, { address, hasAddress }: Destination): boolean {
  if (!hasAddress) return false;
  const ranges = asArray(own(rule, 'toCIDR')).some((range) => holds(asString(range) ?? '', address) === true);
  const sets = asArray(own(rule, 'toCIDRSet')).some(
    (set) =>
      holds(asString(own(set, 'cidr')) ?? '', address) === true &&
      !asArray(own(set, 'except')).some((range) => holds(asString(range) ?? '', address) === true),
  );
  return ranges || sets;
}

function peersMatch(rule: JsonValue, destination: Destination): Known {
  const named = peerKeys.filter((key) => own(rule, key) !== undefined);
  // A rule with ports alone is about every destination; one with nothing allows nothing.
  if (named.length === 0) return own(rule, 'toPorts') !== undefined;
  const entities = destination.hasAddress ? addressEntities : hostEntities;
  return or([
    asArray(own(rule, 'toEntities')).some((entity) => entities.includes(asString(entity) ?? '')),
    cidrMatches(rule, destination),
    // These can hold the node or its addresses by ways that the policy does not show.
    named.includes('toNodes') || named.includes('toGroups') ? undefined : false,
    own(rule, 'toCIDRSet') !== undefined &&
    asArray(own(rule, 'toCIDRSet')).some((set) => own(set, 'cidrGroupRef') !== undefined)
      ? undefined
      : false,
    asArray(own(rule, 'toEndpoints')).some((selector) => JSON.stringify(selector).includes('reserved'))
      ? undefined
      : false,
  ]);
}

function portMatches(entry: JsonValue, { port, protocol }: Destination): Known {
  const ports = asArray(own(entry, 'ports'));
  return or(
    ports.map((one) => {
      const named = (asString(own(one, 'protocol')) ?? 'ANY').toUpperCase();
      if (named !== 'ANY' && named !== protocol) return false;
      const text = asString(own(one, 'port')) ?? '';
      const from = /^\d+$/.test(text) ? Number(text) : undefined;
      if (from === undefined) return text === '';
      if (from === 0) return true;
      return port >= from && port <= (asNumber(own(one, 'endPort')) ?? from);
    }),
  );
}

function ruleMatches(rule: JsonValue, destination: Destination): Known {
  const ports = own(rule, 'toPorts');
  return and([
    peersMatch(rule, destination),
    ports === undefined ? true : or(asArray(ports).map((entry) => portMatches(entry, destination))),
    own(rule, 'icmps') === undefined,
  ]);
}

/** Whether an egress rule of the policy allows the destination. */
export function allowsEgress(policy: Policy, destination: Destination): Known {
  return or(asArray(own(policy.spec, 'egress')).map((rule) => ruleMatches(rule, destination)));
}

/** Whether a deny rule forbids it, which no other rule overrules. */
export function deniesEgress(policy: Policy, destination: Destination): Known {
  return or(asArray(own(policy.spec, 'egressDeny')).map((rule) => ruleMatches(rule, destination)));
}

/** Whether the policy filters names of DNS, which AKS does not support with LocalDNS. Source: Azure/AKS #5864. */
export function filtersNames(policy: Policy): boolean {
  return asArray(own(policy.spec, 'egress')).some(
    (rule) =>
      own(rule, 'toFQDNs') !== undefined ||
      asArray(own(rule, 'toPorts')).some((entry) => at(entry, 'rules', 'dns') !== undefined),
  );
}
