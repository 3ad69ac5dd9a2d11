import { UsageError } from '../../core/errors.ts';
import { nearest, oneLine } from '../../core/text.ts';
import { atLeast, parseVersion } from '../../model/kubernetes-version.ts';
import { deepCheckIds } from '../../usecases/check/deep/namespace-rows.ts';
import type { CheckArguments } from '../options/check.ts';

const deepKeys = ['manifests', 'networkPolicy', 'ciliumVersion', 'kubernetesVersion', 'writePolicies'] as const;

/** What `check --deep --manifests` takes. */
const allowed: readonly string[] = ['_', 'deep', ...deepKeys, 'ignore', 'failOn', 'report', 'maskIds', 'force'];

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}

function optionOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Whether --deep is given. @throws UsageError for its options without it */
export function isDeep(args: CheckArguments): boolean {
  const stray = args.deep ? undefined : deepKeys.find((key) => isGiven(args[key]));
  if (stray !== undefined) throw new UsageError(`${optionOf(stray)} requires --deep.`);
  return args.deep;
}

/** @throws UsageError for options of a check that asks Azure; `defaultGroup` is a setting and no option */
export function requireManifests(args: CheckArguments, defaultGroup: string | undefined): void {
  if (args.manifests.length === 0)
    throw new UsageError('--deep requires --manifests DIR|FILE.', [
      'To write those of a cluster: kubectl get pods,namespaces,networkpolicies -A -o json > manifests.json',
    ]);
  const other = Object.entries(args).find(
    ([key, value]) => isGiven(value) && !allowed.includes(key) && !(key === 'resourceGroup' && value === defaultGroup),
  );
  if (other !== undefined)
    throw new UsageError(`${optionOf(other[0])}: not allowed with --manifests, for which nothing is asked of Azure.`);
}

/** The version of Cilium that AKS runs with a version of Kubernetes: 1.17 or later from 1.32 on. */
function ciliumOf(kubernetesVersion: string): string {
  const version = parseVersion(kubernetesVersion);
  if (version === undefined)
    throw new UsageError(`--kubernetes-version: '${oneLine(kubernetesVersion)}' is not a version, such as 1.33.`);
  return atLeast(version, 1, 32) ? '1.17' : '1.16';
}

/** The version that decides how the engine sees LocalDNS; undefined if it is not known or does not matter. */
export function engineVersionOf({
  networkPolicy,
  ciliumVersion,
  kubernetesVersion,
}: CheckArguments): string | undefined {
  if (networkPolicy !== 'cilium') {
    if (ciliumVersion !== undefined) throw new UsageError('--cilium-version requires --network-policy cilium.');
    return undefined;
  }
  if (ciliumVersion === undefined) return kubernetesVersion === undefined ? undefined : ciliumOf(kubernetesVersion);
  if (!/^v?1\.\d{1,3}(?:\.\d{1,3})?(?:[-+][\w.-]{1,40})?$/.test(ciliumVersion))
    throw new UsageError(`--cilium-version: '${oneLine(ciliumVersion)}' is not a version of Cilium, such as 1.17.`);
  return ciliumVersion;
}

/** @throws UsageError for an ID that the deep check does not have */
export function requireDeepIds(words: readonly string[]): readonly string[] {
  return words.map((word) => {
    const found = deepCheckIds.find((id) => id === word.trim().toLowerCase());
    if (found !== undefined) return found;
    const near = nearest(word, deepCheckIds);
    throw new UsageError(`--ignore: --deep has no check '${oneLine(word)}'.`, [
      near === undefined ? `Its checks: ${deepCheckIds.join(', ')}.` : `Did you mean '${near}'?`,
    ]);
  });
}
