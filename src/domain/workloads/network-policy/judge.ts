import { allowsEgress, appliesTo, deniesEgress, filtersNames, isolatesEgress } from './cilium.ts';
import { or } from './known.ts';
import type { EngineBehaviour } from './engine.ts';
import { allows, isolates, type Destination, type Protocol } from './kubernetes.ts';
import type { PodGroup, Policy, PolicyFacts } from './policies.ts';

/** Whether pods will reach LocalDNS on port 53 over UDP and TCP once it is on. */
export type Reach = 'yes' | 'no' | 'unknown';

export interface GroupJudgement {
  readonly group: PodGroup;
  readonly reach: Reach;
  /** Why it is not `yes`. */
  readonly why: string | undefined;
  /** Egress policies of the pods that do not let this traffic pass; empty if `reach` is `yes`. */
  readonly blocking: readonly Policy[];
}

export interface NamespaceJudgement {
  readonly namespace: string;
  readonly reach: Reach;
  readonly groups: readonly GroupJudgement[];
  /** Policies that filter DNS names, which AKS does not support with LocalDNS. */
  readonly nameFilters: readonly Policy[];
}

const addresses = ['169.254.10.10', '169.254.10.11'];
const protocols: readonly Protocol[] = ['UDP', 'TCP'];

/** Each way in which the engine may see the traffic; all must be allowed. */
function destinations(behaviour: EngineBehaviour): readonly Destination[] {
  const ways = behaviour.listener === 'either' ? [true, false] : [behaviour.listener === 'address'];
  return ways.flatMap((hasAddress) =>
    addresses.flatMap((address) => protocols.map((protocol) => ({ address, port: 53, protocol, hasAddress }))),
  );
}

/**
 * What a pod's egress policies say together; `isolated`: what no rule allows is denied. Undefined: a rule that is not
 * known decides. A deny rule overrules all others.
 */
function passes(policies: readonly Policy[], isolated: boolean, to: Destination): boolean | undefined {
  const cilium = policies.filter(({ kind }) => kind !== 'NetworkPolicy');
  const denied = or(cilium.map((policy) => deniesEgress(policy, to)));
  if (denied !== false) return denied === undefined ? undefined : false;
  return or([
    !isolated,
    ...policies.map((policy) => (policy.kind === 'NetworkPolicy' ? allows(policy, to) : allowsEgress(policy, to))),
  ]);
}

interface Applied {
  /** Egress policies that select the pods, whether or not they deny the rest. */
  readonly egress: readonly Policy[];
  /** Those that deny what no rule allows. */
  readonly isolating: readonly Policy[];
  readonly ingressIsolated: boolean;
  /** A selector is not one that we know. */
  readonly unclear: boolean;
}

function applied(facts: PolicyFacts, group: PodGroup, cilium: boolean): Applied {
  const found = { egress: [] as Policy[], isolating: [] as Policy[], ingressIsolated: false, unclear: false };
  const namespaceLabels = facts.namespaces.get(group.namespace) ?? {};
  for (const policy of facts.policies) {
    if (policy.kind === 'NetworkPolicy') {
      if (policy.namespace !== group.namespace) continue;
      const egress = isolates(policy, group.labels, 'Egress');
      if (isolates(policy, group.labels, 'Ingress') === true) found.ingressIsolated = true;
      if (egress === undefined) found.unclear = true;
      if (egress !== true) continue;
      found.egress.push(policy);
      found.isolating.push(policy);
    } else if (cilium) {
      const applies = appliesTo(policy, group.labels, group.namespace, namespaceLabels);
      if (applies === undefined) found.unclear = true;
      if (applies !== true) continue;
      found.egress.push(policy);
      if (isolatesEgress(policy) !== false) found.isolating.push(policy);
    }
  }
  return found;
}

function judgeGroup(facts: PolicyFacts, group: PodGroup, behaviour: EngineBehaviour): GroupJudgement {
  const judged = (reach: Reach, why?: string, blocking: readonly Policy[] = []): GroupJudgement => ({
    group,
    reach,
    why,
    blocking,
  });
  if (behaviour.listener === 'ignored') return judged('yes');
  const { egress, isolating, ingressIsolated, unclear } = applied(facts, group, behaviour.engine === 'cilium');
  const foreign = facts.unknown.find(
    ({ engine, namespace }) =>
      (engine ?? behaviour.engine) === behaviour.engine && (namespace ?? group.namespace) === group.namespace,
  );
  if (foreign !== undefined) return judged('unknown', `${foreign.kind} ${foreign.name} is not evaluated`);
  if (unclear) return judged('unknown', 'a selector has an operator that Kubernetes does not have');
  // Replies bypass connection tracking, so that ingress rules might see them. Source: kubernetes #98758.
  const answers = (): GroupJudgement =>
    behaviour.engine === 'calico' && ingressIsolated
      ? judged(
          'unknown',
          'their ingress is restricted, and failures of DNS on the node are reported for this with Calico',
        )
      : judged('yes');
  if (egress.length === 0) return answers();
  if (behaviour.listener === undefined)
    return judged('unknown', 'the version of Cilium is not known, and it decides how the traffic is seen');

  const results = destinations(behaviour).map((to) => ({
    to,
    passes: passes(egress, isolating.length > 0, to),
  }));
  if (results.some((result) => result.passes === undefined))
    return judged('unknown', 'a rule is of a kind that is not evaluated');
  const failed = results.filter((result) => result.passes === false);
  if (failed.length === 0) return answers();
  // Where either way may be taken, one that is open is no proof, and one that is closed no failure yet.
  const oneWay = [true, false].some((way) => failed.every(({ to }) => to.hasAddress === way));
  if (behaviour.listener === 'either' && oneWay)
    return judged(
      'unknown',
      'Cilium before 1.17 may see LocalDNS as an address or as the node, and only one is allowed',
      egress,
    );
  const blocked = [...new Set(failed.map(({ to }) => to.protocol))].join(' and ');
  return judged('no', `egress over ${blocked} to 169.254.10.10 and .11, port 53, is not allowed`, egress);
}

const worst = (reaches: readonly Reach[]): Reach =>
  reaches.includes('no') ? 'no' : reaches.includes('unknown') ? 'unknown' : 'yes';

/**
 * For each namespace with pods or policies, whether the pods will reach LocalDNS on their node. Policies of engines that the cluster
 * does not run have no effect.
 */
export function judgeNamespaces(facts: PolicyFacts, behaviour: EngineBehaviour): readonly NamespaceJudgement[] {
  const unseen = facts.policies.filter(
    ({ kind, namespace }) =>
      (behaviour.engine === 'cilium' || kind === 'NetworkPolicy') && !facts.hostNetworked.has(namespace ?? ''),
  );
  const named = [...facts.pods, ...unseen].map(({ namespace }) => namespace);
  const names = [...new Set(named)].filter((name) => name !== undefined).sort();
  return names.map((namespace) => {
    const groups = facts.pods
      .filter((group) => group.namespace === namespace)
      .map((group) => judgeGroup(facts, group, behaviour));
    const nameFilters = facts.policies.filter(
      (policy) =>
        behaviour.engine === 'cilium' &&
        policy.kind !== 'NetworkPolicy' &&
        (policy.namespace ?? namespace) === namespace &&
        filtersNames(policy),
    );
    // Policies alone do not say whom they select.
    const isUnseen = groups.length === 0 && behaviour.listener !== 'ignored';
    const reach = isUnseen ? 'unknown' : worst(groups.map((group) => group.reach));
    return { namespace, reach, groups, nameFilters };
  });
}
