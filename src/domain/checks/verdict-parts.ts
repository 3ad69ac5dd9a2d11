import { clip, oneLine, shellLine } from '../../core/text.ts';
import type { Verdict } from '../../model/check.ts';
import { refArguments, type ClusterRef, type PoolRef } from '../../model/ids.ts';
import type { PoolFacts } from './facts.ts';

const defaultMaxLength = 200;

/** A text from outside, made safe and short enough for one line of a report. */
export function shown(text: string | undefined, missing = 'not set', maxLength = defaultMaxLength): string {
  return clip(oneLine(text ?? ''), maxLength) || missing;
}

export function unknown(required: string, why: string, fix?: string, observed = 'unknown'): Verdict {
  return { status: 'unknown', observed, required, reason: why, ...(fix === undefined ? {} : { fix }) };
}

function line(words: readonly string[]): string {
  return shellLine(words.map((word) => oneLine(word)));
}

/** `az aks VERB… -g … -n CLUSTER …` */
export function azCluster(ref: ClusterRef, verb: readonly string[], rest: readonly string[] = []): string {
  return line([
    'az',
    'aks',
    ...verb,
    '-g',
    ref.resourceGroup,
    '-n',
    ref.cluster,
    '--subscription',
    ref.subscriptionId,
    ...rest,
  ]);
}

/** `az aks nodepool VERB … -n POOL …` */
export function azPool(ref: PoolRef, verb: string | readonly string[], rest: readonly string[] = []): string {
  return line(['az', 'aks', 'nodepool', verb, ...refArguments(ref), ...rest].flat());
}

/** `aks-localdns VERB… …`, for a cluster or a pool. */
export function ownCommand(
  verb: readonly string[],
  ref: ClusterRef & { readonly pool?: string },
  rest: readonly string[] = [],
): string {
  return line(['aks-localdns', ...verb, ...refArguments(ref), ...rest]);
}

export function ownSubscriptionCommand(
  verb: readonly string[],
  subscriptionId: string,
  rest: readonly string[] = [],
): string {
  return line(['aks-localdns', ...verb, '--subscription', subscriptionId, ...rest]);
}

/** A free name for a pool that replaces this one: `userpool2`, or the next free digit. */
function freeName(facts: PoolFacts): string {
  const taken = new Set(facts.cluster.known ? facts.cluster.value.pools.map((pool) => pool.ref.pool) : []);
  const stem = facts.pool.ref.pool.slice(0, 11);
  const digit = [2, 3, 4, 5, 6, 7, 8, 9].find((candidate) => !taken.has(`${stem}${String(candidate)}`)) ?? 2;
  return `${stem}${String(digit)}`;
}

/**
 * The property that an option of `nodepool add` sets. `--set` overrides it, so the same property must not be repeated
 * there.
 */
const setBy: Readonly<Record<string, string>> = {
  '--node-vm-size': 'vmSize',
  '--os-sku': 'osSKU',
  '--kubernetes-version': 'orchestratorVersion',
};

/** The given options, without those that `options` replaces. */
function keptOptions(given: readonly (readonly string[])[], options: readonly string[]): readonly string[] {
  const named = new Set(options.filter((word) => word.startsWith('--') && word !== '--set'));
  const paths = new Set([
    ...[...named].map((name) => setBy[name]),
    ...options.flatMap((word, index) => (options[index - 1] === '--set' ? [word.split('=')[0]] : [])),
  ]);
  return given.flatMap(([name = '', ...values]) => {
    if (named.has(name)) return [];
    if (name !== '--set') return [name, ...values];
    const kept = values.filter((value) => !paths.has(value.split('=')[0]));
    return kept.length === 0 ? [] : [name, ...kept];
  });
}

/**
 * The command that adds a pool to replace one whose property cannot be changed; for a new pool, the given command with
 * the changed option.
 */
export function replacement(facts: PoolFacts, options: readonly string[]): string {
  const { isNew, pool, given = [] } = facts;
  const name = isNew ? pool.ref.pool : freeName(facts);
  return ownCommand(['nodepool', 'add'], { ...pool.ref, pool: name }, [...keptOptions(given, options), ...options]);
}
